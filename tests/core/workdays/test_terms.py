"""Terms and calendar months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.workdays import Term, Unit, add_months, chinese

D = date.fromisoformat


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2023-08-31", 1, "2023-09-30"),  # no 31 September
        ("2023-09-30", 1, "2023-10-30"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2023-12-15", 1, "2024-01-15"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2023-05-31", 12, "2024-05-31"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(start, months, end):
    assert add_months(D(start), months) == D(end)


@given(start=st.dates(date(1999, 1, 1), date(2090, 1, 1)), months=st.integers(0, 100))
def test_the_month_is_always_the_one_asked_for(start, months):
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (Term.working_days(20), "20个工作日"),
        (Term.calendar_days(60), "60日"),
        (Term.calendar_months(1), "1个月"),
        (Term.until(date(2023, 9, 30)), "至2023年9月30日"),
    ],
)
def test_in_words(term, words):
    assert str(term) == words


@pytest.mark.parametrize("number", [0, -1])
def test_a_term_is_positive(number):
    with pytest.raises(ValueError, match="期限须为正数"):
        Term.working_days(number)


def test_a_fixed_date_needs_a_date_and_nothing_else_has_one():
    with pytest.raises(ValueError, match="固定日期"):
        Term(Unit.FIXED_DATE)
    with pytest.raises(ValueError, match="固定日期"):
        Term(Unit.CALENDAR_DAYS, 3, fixed=date(2023, 1, 1))


def test_dates_in_sentences_carry_no_zeros():
    assert chinese(date(2023, 9, 3)) == "2023年9月3日"
