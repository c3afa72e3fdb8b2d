"""What is found, what is left alone, and what every answer keeps to."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.screening import Category, Screener, Severity

SCREENER = Screener.standard()
ID = "11010519491231002X"  # the example of GB 11643-1999


def rules(text):
    return {finding.rule for finding in SCREENER.screen(text)}


@pytest.mark.parametrize(
    "written",
    [
        ID,
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002x",
        "110105\u200b19491231\u200b002X",
        "110105\n19491231002X",
    ],
)
def test_a_resident_id_in_every_disguise(written):
    """GB 11643-1999; full width, spaces, hyphens, zero width, a line break inside."""
    text = f"申请人身份证号：{written}。"
    found = [finding for finding in SCREENER.screen(text) if finding.rule == "resident-id"]
    assert len(found) == 1
    assert text[found[0].start : found[0].end] == written
    assert found[0].severity is Severity.BLOCK
    assert ID not in found[0].masked and "19491231" not in found[0].masked


@pytest.mark.parametrize(
    "written", ["机密★5年", "秘密★1年", "绝密★长期", "机 密 ★ 5年", "机密★会议开始前", "绝密☆30年"]
)
def test_marks_of_state_secrets(written):
    """Law on Guarding State Secrets 22; the mark is level, star and term."""
    assert Category.STATE_SECRET in {finding.category for finding in SCREENER.screen(f"{written}\n关于会议的通知")}


@pytest.mark.parametrize(
    "text",
    [
        "严格保守国家秘密，保护商业秘密和个人隐私。",
        "根据《中华人民共和国保守国家秘密法》第三十五条",
        "索引号：113717030032497338/202012-00094",
        "网站标识码：1304000000",
        "公安备案号 35012899001-19002",
        "清政办发〔2026〕12号",
        "安排资金13800001234.00元",
    ],
)
def test_what_only_looks_like_it(text):
    assert not [finding for finding in SCREENER.screen(text) if finding.severity is not Severity.HINT]


def test_the_former_name_of_a_body_is_right_where_it_is_said_to_be_one():
    found = {finding.rule for finding in Screener.standard().screen("报县环境保护局")}
    assert found == {"lexicon:bodies"}
    assert Screener.standard().screen("原县环境保护局、原国土资源局的职责整合；环保局势向好") == []


def test_the_vectors(shared):
    path = shared / "samples/texts/id_vectors.tsv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) >= 22
    for row in rows:
        found = rules(f"号码 {row['vector']} 。")
        is_id = bool(found & {"resident-id", "resident-id-15", "residence-permit"})
        if row["expected"].startswith("valid"):
            assert found, row
        if row["expected"].startswith("not_pii"):
            assert not found, row
        if row["expected"].startswith("invalid"):
            assert not is_id, row


@given(
    st.text(alphabet="0123456789xX★机秘密绝年 \n\u200b１２张三身份证号电话村组元", max_size=120) | st.text(max_size=80)
)
def test_any_text(text):
    """Never raises; offsets stand inside the text, in order."""
    found = SCREENER.screen(text)
    assert [finding.start for finding in found] == sorted(finding.start for finding in found)
    assert all(0 <= finding.start <= finding.end <= len(text) for finding in found)
