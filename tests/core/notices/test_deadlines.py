"""The expressions of time, in cells and in sentences."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.notices import Recurrence
from gongkai.core.notices.deadlines import is_deadline, mentions_in, read_cell, read_sentence
from gongkai.core.notices.enumerators import to_han


def day(month: int, number: int = 0, year: int = 2023) -> date:
    return date(year, month, number or monthrange(year, month)[1])


@pytest.mark.parametrize(
    ("text", "due", "recurrence"),
    [
        ("全年", day(12), None),
        ("8月底前", day(8), None),
        ("8月底前完成", day(8), None),
        ("2023年底前", day(12), None),
        ("年底前", day(12), None),
        ("今年底前", day(12), None),
        ("年内", day(12), None),
        ("10月底", day(10), None),
        ("10月", day(10), None),
        ("8月前", day(7), None),
        ("上半年", day(6), None),
        ("年中", day(6), None),
        ("12月31日前", day(12, 31), None),
        ("6月15日前", day(6, 15), None),
        ("6月中旬", day(6, 20), None),
        ("第一季度末", day(3), None),
        ("三季度", day(9), None),
        ("2023年3月至10月", day(10), None),
        ("3-10月", day(10), None),
        ("2023年1月至2023年11月", day(11), None),
        ("6月启动，11月底前完成", day(11), None),
        ("2024年2月底", date(2024, 2, 29), None),
        ("次年1月31日前", date(2024, 1, 31), None),
        ("2023-11-30", day(11, 30), None),
        ("2023.11.30前", day(11, 30), None),
        ("十一月底前", day(11), None),
        ("二〇二三年十月底前", day(10), None),
        ("2023年", day(12), None),
        ("每季度", None, Recurrence.QUARTERLY),
        ("每季度末月25日前", None, Recurrence.QUARTERLY),
        ("每月10日前", None, Recurrence.MONTHLY),
        ("按月", None, Recurrence.MONTHLY),
        ("每半年", None, Recurrence.HALF_YEARLY),
        ("每年6月底前", day(6), Recurrence.YEARLY),
        ("每年底前", day(12), Recurrence.YEARLY),
        ("长期坚持", None, Recurrence.CONTINUOUS),
        ("持续推进", None, Recurrence.CONTINUOUS),
        ("常态化开展", None, Recurrence.CONTINUOUS),
        ("常抓不懈", None, Recurrence.CONTINUOUS),
        ("全年，持续推进", day(12), Recurrence.CONTINUOUS),
        ("1个月内", None, None),
        ("—", None, None),
        ("", None, None),
    ],
)
def test_cells(text: str, due: date | None, recurrence: Recurrence | None) -> None:
    deadline, _ = read_cell(text, 2023)
    assert (deadline.due, deadline.recurrence) == (due, recurrence)
    assert deadline.text == ("" if text == "—" else text)


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_month_ends_of_any_year(year: int, month: int) -> None:
    last = day(month, year=year)
    for text in (
        f"{month}月底前",
        f"{month}月底",
        f"{month}月末前",
        f"{year}年{month}月底前完成",
        f"{to_han(month)}月底前",
    ):
        assert read_cell(text, year)[0].due == last, text
    assert read_cell(f"{year}年{month}月底前", 1999)[0].due == last
    assert read_cell(f"{month}月底前", None)[0].due is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_days_of_any_year(on: date) -> None:
    for text in (f"{on.month}月{on.day}日前", f"{on.year}年{on.month}月{on.day}日之前", f"{on:%Y-%m-%d}"):
        assert read_cell(text, on.year)[0].due == on
        assert is_deadline(text)
    sentence = f"各单位要于{on.month}月{on.day}日前完成自查，形成报告"
    assert [mention.due for mention in read_sentence(sentence, on.year)] == [on]


@given(st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True))
def test_the_strictest_of_several_counts(months: list[int]) -> None:
    text = "，".join(f"{month}月底前" for month in months)
    assert read_cell(text, 2023)[0].due == day(min(months))


@pytest.mark.parametrize("text", ["2月30日前", "13月底前", "4月31日前", "2023年0月底前"])
def test_days_that_no_calendar_has(text: str) -> None:
    deadline, mentions = read_cell(text, 2023)
    assert deadline.due is None
    assert [mention.valid for mention in mentions] == [False]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("于2023年8月底前对照目录完善内容", ["2023年8月底前"]),
        ("升级“一窗通”,9月底前,实现开办全流程", ["9月底前"]),
        ("年内建成统一平台", ["年内"]),
        ("上半年完成清理", ["上半年"]),
        ("明确专人,每季度研究解决问题", ["每季度"]),
        ("按月公开全市财政收支", ["按月"]),
        ("8月31日前反馈，10月15日前公布", ["8月31日前", "10月15日前"]),
        ("1个月内发布意见采纳情况", []),
        ("对2020年底前出台的文件进行清理", []),
        ("梳理6月底前印发实施的文件", []),
        ("2023年，全县政务公开工作坚持", []),
        ("持续推进信息公开", []),
        ("12345政务服务便民热线", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert [mention.text for mention in read_sentence(text, 2023)] == found


@pytest.mark.parametrize(
    "text", ["全年", "8月底前完成", "持续推进", "长期坚持", "每季度末月25日前", "20个工作日内", "2023年12月31日前"]
)
def test_what_is_a_deadline(text: str) -> None:
    assert is_deadline(text)


@pytest.mark.parametrize(
    "text", ["县教育局", "持续推进信息公开工作", "县财政局，年底前", "1", "", "—", "2023年全县政务公开工作要点任务"]
)
def test_what_is_none(text: str) -> None:
    assert not is_deadline(text)


@given(
    st.text("0123456789年月日底前每季度全上半至-—持续，。县教育局", max_size=30), st.none() | st.integers(2000, 2030)
)
def test_any_text_is_read_without_a_fault(text: str, year: int | None) -> None:
    for mention in mentions_in(text, year):
        assert text[mention.start : mention.end]
    read_cell(text, year)
    read_sentence(text, year)
