"""Days and moments as people and spreadsheets write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foundation.written import read_day, read_moment


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026/3/5",
        "2026.3.5",
        "2026年3月5日",
        "2026 年 3 月 5 日",
        "２０２６年３月５日",
        "20260305",
        "二〇二六年三月五日",
        "46086",
        "2026-03-05 00:00:00",
        "2026-03-05T08:30",
        "2026-03-05 08:30:00.000",
    ],
)
def test_one_day_in_many_ways(text):
    assert read_day(text) == date(2026, 3, 5)


def test_chinese_numbers_beyond_ten():
    assert read_day("二〇二五年十二月三十一日") == date(2025, 12, 31)
    assert read_day("二零二五年十月二十日") == date(2025, 10, 20)


@pytest.mark.parametrize(
    "text", ["", "2026年3月", "3月5日", "2026-02-30", "20261305", "4608", "146086", "2026-03-05之前", "不久前"]
)
def test_what_is_no_day(text):
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-06-10 08:30", datetime(2026, 6, 10, 8, 30)),
        ("2026/6/10 8:30:00", datetime(2026, 6, 10, 8, 30)),
        ("2026年6月10日8时30分", datetime(2026, 6, 10, 8, 30)),
        ("2026年6月10日8时", datetime(2026, 6, 10, 8)),
        ("2026年6月10日8时整", datetime(2026, 6, 10, 8)),
        ("2026年6月10日上午8点", datetime(2026, 6, 10, 8)),
        ("2026年6月10日下午3时15分", datetime(2026, 6, 10, 15, 15)),
        ("2026年6月10日24时", datetime(2026, 6, 11)),
        ("46183.3541666667", datetime(2026, 6, 10, 8, 30)),
    ],
)
def test_moments(text, moment):
    assert read_moment(text) == moment


@pytest.mark.parametrize("text", ["", "2026-06-10", "46183", "2026-06-10 25:00", "2026-06-10 08:75", "早上八点"])
def test_what_is_no_moment(text):
    assert read_moment(text) is None


@given(st.dates(date(1960, 1, 1), date(2090, 1, 1)))
def test_a_day_is_read_as_excel_counts_it(day):
    assert read_day(str((day - date(1899, 12, 30)) // timedelta(days=1))) == day
