"""填报期间: in which periods a duty that runs through the year reports its progress, and how they stand on a day.

The notice asks for 全年 and 持续推进 without naming a period; the product reports these quarterly. A duty with a
frequency of its own (每月, 每季度, 每半年) reports in that frequency.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.ledger.models import Assignment, CheckIn, Plan, Recurrence, State

GRACE = timedelta(days=10)  # a period may be reported until this long after its end
REMINDED = timedelta(days=3)  # before the end of a period


class Standing(StrEnum):
    """How a period stands on a day."""

    UPCOMING = "upcoming"
    OPEN = "open"  # running; may be reported already
    DUE = "due"  # ended, still in time
    MISSED = "missed"
    REPORTED = "reported"

    @property
    def label(self) -> str:
        return {
            Standing.UPCOMING: _("未开始"),
            Standing.OPEN: _("可填报"),
            Standing.DUE: _("应填报"),
            Standing.MISSED: _("漏报"),
            Standing.REPORTED: _("已填报"),
        }[self]


@dataclass(frozen=True, slots=True)
class Period:
    """期间: from `start` to `end`, both included."""

    key: str
    start: date
    end: date

    @property
    def last_day(self) -> date:
        """The last day on which a report is in time."""
        return self.end + GRACE

    @property
    def label(self) -> str:
        """In words: 2023年第1季度, 2023年5月, 2023年上半年."""
        year, part = self.key[:4], self.key[4:]
        if part.startswith("Q"):
            return _("%(year)s年第%(part)s季度") % {"year": year, "part": part[1:]}
        if part.startswith("H"):
            return _("%s年上半年") % year if part == "H1" else _("%s年下半年") % year
        return _("%(year)s年%(part)s月") % {"year": year, "part": int(part[1:])}

    def standing(self, today: date, reported: bool = False) -> Standing:
        if reported:
            return Standing.REPORTED
        if today < self.start:
            return Standing.UPCOMING
        if today <= self.end:
            return Standing.OPEN
        return Standing.DUE if today <= self.last_day else Standing.MISSED


class Frequency(StrEnum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"

    @property
    def months(self) -> int:
        return {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6}[self]

    def periods(self, year: int) -> tuple[Period, ...]:
        """The periods of a year, in order."""
        return _periods(self, year)

    def among(self, prefix: str, year: int) -> Q:
        """The obligations that report in this frequency, as a condition; `prefix` leads to the obligation."""
        own = Q(**{f"{prefix}recurrence": self.value})
        if self is not Frequency.QUARTERLY:
            return own
        all_year = Q(**{f"{prefix}recurrence": Recurrence.NONE, f"{prefix}due": date(year, 12, 31)})
        return own | all_year | Q(**{f"{prefix}recurrence": Recurrence.CONTINUOUS})


@lru_cache(maxsize=256)
def _periods(frequency: Frequency, year: int) -> tuple[Period, ...]:
    mark = {Frequency.MONTHLY: "-{:02}", Frequency.QUARTERLY: "Q{}", Frequency.HALF_YEARLY: "H{}"}[frequency]
    made = []
    for index, month in enumerate(range(1, 13, frequency.months), start=1):
        after = month + frequency.months
        end = date(year + after // 13, (after - 1) % 12 + 1, 1) - timedelta(days=1)
        made.append(Period(f"{year}{mark.format(index)}", date(year, month, 1), end))
    return tuple(made)


def frequency_of(recurrence: str, due: date | None, year: int) -> Frequency | None:
    """In what periods a duty of the plan of `year` reports; None: it is done once, without reports."""
    if recurrence in (Recurrence.MONTHLY, Recurrence.QUARTERLY, Recurrence.HALF_YEARLY):
        return Frequency(recurrence)
    all_year = recurrence == Recurrence.NONE and due == date(year, 12, 31)
    return Frequency.QUARTERLY if all_year or recurrence == Recurrence.CONTINUOUS else None


def period_of(frequency: Frequency, year: int, key: str) -> Period | None:
    """The period of this key."""
    return next((period for period in frequency.periods(year) if period.key == key), None)


def owed(assignment: Assignment) -> tuple[Period, ...]:
    """The periods on which the body must report: those that end after it got the duty.

    Needs `plan` and `obligation`.
    """
    frequency = frequency_of(assignment.obligation.recurrence, assignment.obligation.due, assignment.plan.year)
    if frequency is None or assignment.withdrawn:
        return ()
    begin = assignment.since or opening(assignment.plan)
    return tuple(period for period in frequency.periods(assignment.plan.year) if period.end >= begin)


def standings(assignment: Assignment, today: date, reported: Collection[str]) -> list[tuple[Period, Standing]]:
    """Every owed period and how it stands. What was closed owes no further reports."""
    closed = assignment.state == State.ACCEPTED
    rows = [(period, period.standing(today, period.key in reported)) for period in owed(assignment)]
    return [row for row in rows if row[1] is Standing.REPORTED] if closed else rows


def missed(assignment: Assignment, today: date, reported: Collection[str]) -> list[Period]:
    """The periods that should have been reported by now and were not."""
    return [period for period, standing in standings(assignment, today, reported) if standing is Standing.MISSED]


def opening(plan: Plan) -> date:
    """The day from which the plan's duties bind."""
    return timezone.localdate(plan.opened_at)


def unreported(plan: Plan, periods: Iterable[tuple[Frequency, Period]]) -> Q:
    """The condition on assignments of `plan` that have not reported one of `periods` although they owe it."""
    condition = Q(pk__in=[])
    for frequency, period in periods:
        since = Q(since__isnull=True) if period.end >= opening(plan) else Q(pk__in=[])
        owing = since | Q(since__lte=period.end)
        done = Exists(CheckIn.objects.filter(assignment=OuterRef("pk"), period=period.key))
        condition |= frequency.among("obligation__", plan.year) & owing & ~Q(done)
    return Q(plan=plan, withdrawn=False) & ~Q(state=State.ACCEPTED) & condition


def all_periods(year: int) -> list[tuple[Frequency, Period]]:
    """Every period of every frequency in a year."""
    return [(frequency, period) for frequency in Frequency for period in frequency.periods(year)]


def missing_reports(plan: Plan, today: date) -> Q:
    """The condition on assignments of `plan` that have missed a report."""
    rows = [row for row in all_periods(plan.year) if row[1].standing(today) is Standing.MISSED]
    return unreported(plan, rows)


def with_reports(assignments: models.QuerySet[Assignment]) -> models.QuerySet[Assignment]:
    """With the keys of the reported periods at hand (`reported_keys`)."""
    return assignments.prefetch_related("check_ins")


def reported_keys(assignment: Assignment) -> set[str]:
    return {entry.period for entry in assignment.check_ins.all()}
