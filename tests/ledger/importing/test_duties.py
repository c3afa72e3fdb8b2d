"""The prose sections of a notice, cut into single duties."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.importing.readings import SECTIONS

from gongkai.core.notices.folding import squeeze
from gongkai.ledger.importing.duties import read_duties
from gongkai.ledger.importing.splitting import clauses, duties_of, sentences

DUTIES = {duty.key: duty for duty in read_duties(SECTIONS, 2023)}


def test_every_section_gives_its_single_duties():
    assert list(DUTIES) == [
        "P1.1",
        *("P2.1", "P2.2", "P2.3", "P2.4", "P2.5"),
        *("P3.1", "P3.2", "P3.3"),
        *("P4.1", "P4.2", "P4.3"),
    ]


def test_only_the_section_that_invokes_principles_is_no_duty():
    assert [key for key, duty in DUTIES.items() if duty.principle] == ["P1.1"]


def test_a_short_opening_clause_belongs_to_the_duty_after_it():
    assert DUTIES["P2.2"].text == "在公开工作中增强规范意识，完善保密审查制度，严格执行公开前审查程序"
    assert DUTIES["P3.1"].text == "各单位要对照任务分解表，建立健全社会监督机制"


def test_joining_words_are_left_out():
    assert DUTIES["P3.3"].text == "将落实情况纳入年度报告"
    assert DUTIES["P4.3"].text == "确保不被通报"


def test_a_run_of_该_clauses_is_one_duty():
    assert DUTIES["P4.2"].text == "该更新的栏目及时更新，该删除的链接及时删除"


@pytest.mark.parametrize(
    ("key", "who"),
    [("P2.1", "各单位"), ("P2.5", "保密行政管理部门"), ("P3.2", "各单位"), ("P4.1", "县级部门"), ("P4.3", "县级部门")],
)
def test_the_subject_is_printed_or_that_of_the_sections_first_sentence(key, who):
    assert DUTIES[key].who == who


def test_frequency_and_quantity_are_read():
    inspection = DUTIES["P2.5"]
    assert (inspection.recurrence, inspection.due) == ("yearly", "2023-12-31")
    assert [(target["operator"], target["value"]) for target in inspection.targets] == [(">=", 1)]
    assert DUTIES["P3.2"].recurrence == "continuous"
    assert DUTIES["P2.1"].due is None


def test_the_real_notice_gives_the_eighteen_duties_of_its_four_sections(shared):
    text = (shared / "seed" / "notice.txt").read_text()
    found = re.findall(r"^([一二三四五])、(.+)\n(.+)$", text.partition("附件：")[0], re.MULTILINE)
    sections = [{"number": n, "heading": h, "text": t} for n, (_, h, t) in enumerate(found, 1)]
    duties = read_duties(sections, 2023)
    keys = [duty.key for duty in duties if not duty.principle]
    expected = {2: 6, 3: 5, 4: 2, 5: 5}
    assert keys == [f"P{section}.{n}" for section, count in expected.items() for n in range(1, count + 1)]
    texts = {duty.key: duty.text for duty in duties}
    assert texts["P2.6"].endswith("每年至少开展1次专项检查")
    assert texts["P3.4"] == "加强公开后信息管理，定期清理已经过时、失效的内容"
    assert texts["P5.5"] == "确保不被省市通报"
    assert {duty.key: duty.who for duty in duties}["P4.2"] == "县级部门"


@given(
    st.lists(
        st.sampled_from(["完善制度", "公开结果", "，", "。", "；", "（甲；乙）", "“上，下”", "同时，", "各单位要"])
    )
)
def test_nothing_of_a_text_is_lost_and_nothing_invented(parts):
    text = "".join(parts)
    assert "".join(sentences(text)) == text
    assert "".join(clauses(text)) == text
    duties = read_duties([{"number": 1, "heading": "", "text": text}], 2023)
    kept = squeeze("".join(duty.text for duty in duties))
    dropped = re.sub(r"[，。；]|同时", "", text)
    assert re.sub(r"[，。；]|同时", "", kept) == dropped


def test_two_sentences_or_a_semicolon_make_two_duties():
    assert duties_of("公布抽查事项清单；公开行政处罚决定") == ["公布抽查事项清单", "公开行政处罚决定"]
    assert duties_of("正确引导社会舆论。严格落实主体责任。") == ["正确引导社会舆论", "严格落实主体责任"]


@pytest.mark.parametrize("text", ["公布抽查事项清单。", "公开（清单；结果）和目录", "公开清单；及结果", "", "。；"])
def test_one_duty_is_not_cut(text):
    assert duties_of(text) == []


@given(st.text("公开结果。；（）“”，、 ", max_size=60))
def test_duties_cover_the_text(text):
    duties = duties_of(text)
    assert len(duties) != 1
    assert all(duty in text and len(duty) >= 6 for duty in duties)
