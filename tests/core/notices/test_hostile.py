"""Whatever the text, reading ends in a plan or in NoPlan with one line."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.core.documents import Document, read_bytes
from gongkai.core.documents.model import Cell, Paragraph, Place, Table
from gongkai.core.notices import NoPlan, Plan, read_plan

PIECES = [
    "一、", "（一）", "1.", "（2）", "①", "序号", "工作任务", "具体内容", "责任单位", "牵头单位", "完成时限", "县教育局", "县财政局", "各乡镇人民政府",
    "等县级部门", "牵头", "配合", "：", "（", "）", "、", "，", "；", "。", "|", "\t", " ", "全年", "8月底前", "2月30日前", "50%", "不低于", "公开预算",
    "《", "》", "2024年", "关于印发", "的通知", "附件", "会同", "—", "無", "責任單位", "kāi", "(kāi)", "\u3000", "3", "云政发〔2024〕3号",
]  # fmt: skip
lines = st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=25)
cells = st.one_of(st.sampled_from(PIECES), st.lists(st.sampled_from(PIECES), max_size=5).map("".join))
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def attempt(document: Document) -> Plan | None:
    try:
        plan = read_plan(document)
    except NoPlan as error:
        if "\n" in str(error):
            raise
        return None
    assert plan.items
    assert Plan.from_dict(plan.to_dict()) == plan
    return plan


def of_lines(texts: list[str]) -> Document:
    return Document("txt", "\n".join(texts), tuple(Paragraph(text, 0, Place()) for text in texts))


@relaxed
@given(lines)
def test_lines_of_the_grammar_in_any_order(texts: list[str]) -> None:
    attempt(of_lines(texts))


@relaxed
@given(st.lists(st.text(max_size=40), max_size=10))
def test_any_lines(texts: list[str]) -> None:
    attempt(of_lines(texts))


@relaxed
@given(st.lists(st.lists(cells, min_size=1, max_size=6), min_size=1, max_size=8), st.booleans())
def test_any_table(rows: list[list[str]], headed: bool) -> None:
    rows = [["序号", "任务名称", "具体内容", "责任单位", "完成时限"], *rows] if headed else rows
    table = Table(
        tuple(
            Cell(row, column, text, 0, Place()) for row, texts in enumerate(rows) for column, text in enumerate(texts)
        ),
        len(rows),
        max(map(len, rows)),
        Place(table=1),
    )
    attempt(Document("docx", "", (table,)))


@relaxed
@given(lines)
def test_a_headed_stream_of_any_cells(texts: list[str]) -> None:
    attempt(of_lines(["序号", "任务名称", "具体内容", "责任单位", "完成时限", *texts]))


@relaxed
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_a_headed_run_of_anything(text: str) -> None:
    attempt(of_lines([f"序号任务名称具体内容责任单位完成时限{text}"]))


HEADER = "序号工作任务责任单位完成时限"


@pytest.mark.parametrize(
    "texts",
    [
        ["啊" * 50_000],
        ["一、甲（" + "负责" * 10_000 + "）", "二、乙（县财政局）"],
        ["1.甲（县财政局" + "积极" * 10_000 + "）", "2.乙（县财政局）"],
        ["（" * 20_000],
        ["一、" * 10_000],
        ["1." + "预算、" * 7_000 + "等3个", "2.乙（县财政局）"],
        [HEADER + "1.公开" + "县教育局" * 5_000 + "全年2.公开县财政局全年"],
        [HEADER + "1.公开" + "全年" * 2_000 + "2.公开县财政局全年"],
        ["关于" * 10_000],
    ],
)
def test_text_made_to_take_long_does_not(texts: list[str]) -> None:
    """Seconds of processor time; what tries every way to read these would never come to an end."""
    attempt(of_lines(texts))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("一、公开。" + "县教育局" * 300_000, "超过100万字"),
        ("工作任务,责任单位,完成时限\n" + "公开,县财政局,全年\n" * 6_000, "超过5000行"),
    ],
)
def test_what_is_far_larger_than_a_notice_is_refused(content: str, message: str) -> None:
    with pytest.raises(NoPlan, match=message):
        read_plan(read_bytes(content.encode()))


@pytest.mark.slow
def test_ten_thousand_numbered_lines() -> None:
    """Seconds; what grew with the square of the items or of a text would take minutes."""
    lines = [f"{at}. 做好第{at}件事。（县教育局负责）" for at in range(1, 10_001)]
    plan = attempt(read_bytes("\n".join(lines).encode()))
    assert plan
    assert len(plan.items) == 999  # numbers have three digits at most; what follows is text


@pytest.mark.slow
def test_a_long_notice_is_read_in_linear_time() -> None:
    """2,000 items; what grew with the square of them would take minutes."""
    rows = [
        f"{at}\t（{at}）公开第{at}类信息，9月底前完成\t县财政局、县审计局等县级部门；各乡镇人民政府\t全年"
        for at in range(1, 2001)
    ]
    head = ["云溪县2024年政务公开任务分解表", "", "序号\t工作任务\t责任单位\t完成时限"]
    plan = attempt(read_bytes("\n".join([*head, *rows]).encode()))
    assert plan
    assert len(plan.items) == 2000
