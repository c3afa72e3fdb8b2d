"""How long something may take: so many working days, calendar days, calendar months, or until a fixed date."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working-days"
    CALENDAR_DAYS = "calendar-days"
    CALENDAR_MONTHS = "calendar-months"
    FIXED_DATE = "fixed-date"

    @property
    def label(self) -> str:
        """The unit in words, as it stands after a number."""
        return _LABELS[self]


_LABELS = {
    Unit.WORKING_DAYS: "个工作日",
    Unit.CALENDAR_DAYS: "日",
    Unit.CALENDAR_MONTHS: "个月",
    Unit.FIXED_DATE: "固定日期",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time (期限); build it with one of the class methods.

    `rolls`: a last day that is not worked moves to the next working day, as in reconsideration and litigation
    (行政复议法, 行政诉讼法); without it the stricter date stands.
    """

    unit: Unit
    number: int = 0
    fixed: date | None = None
    rolls: bool = False

    def __post_init__(self) -> None:
        if (self.unit is Unit.FIXED_DATE) != (self.fixed is not None):
            raise ValueError("固定日期的期限须有日期，其他期限不得有")
        if self.fixed is None and self.number < 1:
            raise ValueError(f"期限须为正数：{self.number}")

    @classmethod
    def working_days(cls, number: int) -> Term:
        """`number` working days (工作日)."""
        return cls(Unit.WORKING_DAYS, number)

    @classmethod
    def calendar_days(cls, number: int, *, rolls: bool = False) -> Term:
        """`number` days, holidays included (日)."""
        return cls(Unit.CALENDAR_DAYS, number, rolls=rolls)

    @classmethod
    def calendar_months(cls, number: int, *, rolls: bool = False) -> Term:
        """`number` months: the same day of the month, or its last day where there is none (民法典 art. 202)."""
        return cls(Unit.CALENDAR_MONTHS, number, rolls=rolls)

    @classmethod
    def until(cls, day: date, *, rolls: bool = False) -> Term:
        """Up to and including `day`."""
        return cls(Unit.FIXED_DATE, fixed=day, rolls=rolls)

    def __str__(self) -> str:
        return f"至{chinese(self.fixed)}" if self.fixed else f"{self.number}{self.unit.label}"


def add_months(start: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it has none (31 August + 1 = 30 September)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def chinese(day: date) -> str:
    """A date as it stands in a sentence: 2023年9月30日."""
    return f"{day.year}年{day.month}月{day.day}日"
