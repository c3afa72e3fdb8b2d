"""What recurs (每月, 每季度, 每半年, 每年) by the calendar: until when it is due, and what is in time."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from gongkai.core.catalogues.clauses import Clause, Due, Period
from gongkai.core.workdays import add_months, national

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}

_EVERY = (
    ("week", r"每个?(?:周|星期)|按周|逐周"),
    ("month", r"每个?月|按月|逐月|次月|下月"),
    ("quarter", r"每个?季度?|按季度?|[次下]季度?"),
    ("half-year", r"每半年|半年一次"),
    ("year", r"每年|按年|年度|[次下翌]一?年"),
)
_NAMED = {"月": "month", "季": "quarter", "半": "half-year", "年": "year"}
_ENDED = re.compile(
    r"(月|季度?|半年|年度?)(?:终了|结束|终结|届满|期满|[末终底])(?:之日)?(?:起|以后|之后|后)"
    r"(?P<length>[\d一二三四五六七八九十两]{1,3}个?(?:工作日|自然日|月|日|天)(?:以内|之内|内)?)"
)
_BY_YEAR = re.compile(r"年度?(\d{1,2})月(?:(\d{1,2})[日号]|(?:份?[底末]))(?:之?以?前)?")
_BY_QUARTER_OF_YEAR = re.compile(r"年度?(?:的?第)?([一二三四1-4])季度")
_BY_QUARTER = re.compile(r"季度?(?:的?)(?:首月|首个月|第一个?月)(\d{1,2})[日号]")
_BY_MONTH = re.compile(r"[每次下]个?月的?(\d{1,2})[日号]")


def every_in(text: str) -> str:
    """How often the words say it recurs; "" when they do not."""
    return next((key for key, words in _EVERY if re.search(words, text)), "")


def ended_in(text: str) -> re.Match[str] | None:
    """A length after the end of a period (季度终了后15日内); its group `length` is the length in words."""
    return _ENDED.search(text)


def every_ended(found: re.Match[str]) -> str:
    return _NAMED[found[1][0]]


def due_in(text: str, every: str) -> Due | None:
    """The day of each period by which the words want it (每年3月底前, 每月10日前)."""
    if every == "year" and (found := _BY_YEAR.search(text)):
        return _due(every, int(found[1]), int(found[2] or 31))
    if every == "year" and (found := _BY_QUARTER_OF_YEAR.search(text)):
        return _due(every, 3 * ("一二三四".find(found[1]) + 1 or int(found[1])), 31)
    if every == "quarter" and (found := _BY_QUARTER.search(text)):
        return _due(every, 1, int(found[1]))
    if every == "month" and (found := _BY_MONTH.search(text)):
        return _due(every, 1, int(found[1]))
    return None


def _due(every: str, month: int, day: int) -> Due | None:
    return Due(month, day) if 1 <= month <= MONTHS[every] and 1 <= day <= 31 else None


def in_time_since(clause: Clause, today: date) -> date:
    """The first day from which on the newest item must be, today: that of this period once its day is past, else of the
    one before.
    """
    start = period_start(today, clause.every)
    if today > _last_day(clause, start):
        return start
    return period_start(start - timedelta(days=1), clause.every)


def period_start(day: date, every: str) -> date:
    """The first day of the calendar's week, month, quarter, half-year or year."""
    if every == "week":
        return day - timedelta(days=day.weekday())
    months = MONTHS[every]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _last_day(clause: Clause, start: date) -> date:
    """Until when something of this period must be there; without a day of its own until its end."""
    if clause.after_end is not None:
        return end_of(start - timedelta(days=1), clause.after_end)
    if clause.due is not None:
        month = add_months(start, clause.due.month - 1)
        return month.replace(day=min(clause.due.day, monthrange(month.year, month.month)[1]))
    if clause.every == "week":
        return start + timedelta(days=6)
    return add_months(start, MONTHS[clause.every]) - timedelta(days=1)


def end_of(start: date, period: Period) -> date:
    """The last day of a period that begins on the day after `start`."""
    if period.unit == "workday":
        return national().add_workdays(start, period.n)
    if period.unit in ("month", "year"):
        return add_months(start, period.n * (12 if period.unit == "year" else 1))
    return start + timedelta(days=period.n if period.unit == "day" else 1)
