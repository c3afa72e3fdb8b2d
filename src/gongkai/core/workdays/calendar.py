"""Working days (工作日): Monday to Friday, less the days off and plus the make-up days of the yearly notices.

The day of the event is day 0; the first working day after it is day 1. Every answer can show its working.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import accumulate

from gongkai.core.workdays.yearfile import CalendarError, Mark, Notice, official_years, read_year, statutory_days

ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """Why a day is worked or not."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make-up"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Override:
    """A local decision (an emergency, a regional holiday) that a day is worked or not; it goes before all else."""

    date: date
    working: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day judged. `name` is the holiday or the override's reason; `provisional` when its year has no notice."""

    date: date
    working: bool
    kind: DayKind
    name: str = ""
    notice: Notice | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """The working of a count: `workdays` lie after `start` up to and including `end` (before `start` when negative).

    `days` are the days looked at, in order; all else is derived from them.
    """

    start: date
    end: date
    workdays: int
    days: tuple[Day, ...]
    notices: tuple[Notice, ...]

    @property
    def skipped(self) -> tuple[Day, ...]:
        """Days passed over: weekends, holidays, overrides."""
        return tuple(day for day in self.days if not day.working)

    @property
    def made_up(self) -> tuple[Day, ...]:
        """Weekend days that counted because they are worked."""
        return tuple(day for day in self.days if day.kind is DayKind.MAKE_UP)

    @property
    def provisional_years(self) -> tuple[int, ...]:
        """Years looked at that have no notice yet: only weekends and statutory days are known for them."""
        return tuple(sorted({day.date.year for day in self.days if day.provisional}))

    @property
    def provisional(self) -> bool:
        """Whether the answer may change when a notice appears (暂定)."""
        return bool(self.provisional_years)


class Calendar:
    """The working days of one place: the national year files and local overrides.

    Answers 1999–2099; outside raises `CalendarError`. Years without a notice are answered provisionally.
    """

    def __init__(self, overrides: Iterable[Override] = ()) -> None:
        self._overrides: dict[date, Override] = {}
        for override in overrides:
            if override.date in self._overrides:
                raise CalendarError(f"{override.date} 有两条本地调整")
            self._overrides[override.date] = override
        self._marks: dict[int, dict[date, Mark]] = {}
        self._runnings: dict[int, list[int]] = {}

    def is_provisional(self, year: int) -> bool:
        """Whether no notice is known for `year`."""
        return year not in official_years()

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked."""
        if override := self._overrides.get(day):
            return override.working
        if mark := self._marks_of(day.year).get(day):
            return not mark.off
        return day.weekday() < 5

    def day(self, day: date) -> Day:
        """`day` with the reason for the judgement."""
        provisional = self.is_provisional(day.year)
        mark = self._marks_of(day.year).get(day)
        if override := self._overrides.get(day):
            return Day(day, override.working, DayKind.OVERRIDE, override.reason)
        if mark:
            kind = DayKind.HOLIDAY if mark.off else DayKind.MAKE_UP
            return Day(day, not mark.off, kind, mark.name, mark.notice, provisional)
        weekend = day.weekday() >= 5
        return Day(day, not weekend, DayKind.WEEKEND if weekend else DayKind.WORKDAY, provisional=provisional)

    def add_workdays(self, start: date, n: int) -> date:
        """The `n`-th working day after `start` (before it when negative; `start` itself, worked or not, when 0)."""
        return self._walk(start, n)

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
        if end == start:
            return 0
        if end < start:
            return -self._worked(end, start - ONE_DAY)
        return self._worked(start + ONE_DAY, end)

    def explain_add(self, start: date, n: int) -> Count:
        """`add_workdays` with its working."""
        return self._count(start, self._walk(start, n), n)

    def explain_between(self, start: date, end: date) -> Count:
        """`workdays_between` with its working."""
        return self._count(start, end, self.workdays_between(start, end))

    def notices(self, *years: int) -> tuple[Notice, ...]:
        """The notices known for `years`, in order."""
        known = sorted(set(years) & official_years())
        return tuple(notice for year in known for notice in read_year(year).notices)

    def _worked(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both counted, at a cost that does not grow with the days between."""
        whole_years = sum(self._running(year)[-1] for year in range(first.year, last.year))
        until_last, until_first = (self._running(day.year)[_day_of_year(day)] for day in (last, first))
        return whole_years + until_last - until_first + self.is_workday(first)

    def _running(self, year: int) -> list[int]:
        """How many days of `year` up to its 1st, 2nd, … day are worked."""
        if year not in self._runnings:
            first, last = date(year, 1, 1), date(year, 12, 31)
            days = (first, *_after(first, last))
            self._runnings[year] = list(accumulate(self.is_workday(day) for day in days))
        return self._runnings[year]

    def _walk(self, start: date, n: int) -> date:
        step, left, day = (ONE_DAY if n > 0 else -ONE_DAY), abs(n), start
        while left:
            if day in (date.min, date.max):  # beyond them Python knows no days
                raise CalendarError(f"{day} 之后或之前没有日历")
            day += step
            left -= self.is_workday(day)
        return day

    def _count(self, start: date, end: date, workdays: int) -> Count:
        days = tuple(self.day(day) for day in (_after(start, end) if start != end else [end]))
        used = [day.notice for day in days if day.notice and day.notice.origin != "statute"]
        # A stretch without any moved day still rests on its year's notice: that is what says nothing was moved.
        main = [notice for year in dict.fromkeys(day.date.year for day in days) for notice in self.notices(year)[:1]]
        ordered = sorted(dict.fromkeys([*main, *used]), key=lambda notice: notice.issued or date.max)
        return Count(start, end, workdays, days, tuple(ordered))

    def _marks_of(self, year: int) -> dict[date, Mark]:
        if year not in self._marks:
            self._marks[year] = _collect(year)
        return self._marks[year]


def _collect(year: int) -> dict[date, Mark]:
    """The marks that fall in `year`: its own file (or the statute) and the December part of the next year's file."""
    marks = dict(read_year(year).marks if year in official_years() else statutory_days(year))
    if year + 1 in official_years():
        marks |= read_year(year + 1).marks
    return {day: mark for day, mark in marks.items() if day.year == year}


def _day_of_year(day: date) -> int:
    """From 0."""
    return day.timetuple().tm_yday - 1


def _after(start: date, end: date) -> Iterator[date]:
    """The days from `start` to `end` without `start`, walking in either direction."""
    step = 1 if end >= start else -1
    for i in range(1, abs((end - start).days) + 1):
        yield start + timedelta(days=i * step)


@cache
def national() -> Calendar:
    """The calendar without overrides, shared by the process."""
    return Calendar()
