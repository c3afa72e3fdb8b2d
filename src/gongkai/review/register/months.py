"""月度汇总: how much was put forward in each month of a year, by body, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear

from gongkai.bodies.models import Body
from gongkai.review.models import Release, State

MONTHS = range(1, 13)
# What is public or was: signed, and later replaced, withdrawn after signing or over.
SIGNED = Q(decided_at__isnull=False) & ~Q(state=State.RETURNED)
SENT_BACK = Q(state__in=[State.RETURNED, State.STOPPED])


@dataclass(slots=True)
class Count3:
    """How many were put forward, of these signed, and sent back or stopped."""

    total: int = 0
    signed: int = 0
    sent_back: int = 0

    def add(self, other: Count3) -> None:
        self.total, self.signed = self.total + other.total, self.signed + other.signed
        self.sent_back += other.sent_back

    @property
    def rest(self) -> int:
        return self.total - self.signed - self.sent_back


@dataclass(slots=True)
class Row:
    """One body (None: all together): its months by number, and the year."""

    body: Body | None
    months: dict[int, Count3] = field(default_factory=lambda: {month: Count3() for month in MONTHS})
    whole: Count3 = field(default_factory=Count3)

    def add(self, month: int, counted: Count3) -> None:
        self.months[month].add(counted)
        self.whole.add(counted)


def months_of(releases: QuerySet[Release], year: int) -> tuple[list[Row], Row]:
    """A row for each body that put something forward in the year, and all of them together; two queries."""
    counted = (
        releases.filter(requested_at__year=year)
        .order_by()
        .annotate(month=ExtractMonth("requested_at"))
        .values("month", "body_id")
        .annotate(total=Count("pk"), signed=Count("pk", filter=SIGNED), back=Count("pk", filter=SENT_BACK))
    )
    found = list(counted)
    bodies = Body.objects.in_bulk({one["body_id"] for one in found})
    rows, whole = {pk: Row(body) for pk, body in bodies.items()}, Row(None)
    for one in found:
        amount = Count3(one["total"], one["signed"], one["back"])
        rows[one["body_id"]].add(one["month"], amount)
        whole.add(one["month"], amount)
    return sorted(rows.values(), key=lambda row: (row.body.order, row.body.pk) if row.body else (0, 0)), whole


def years_of(releases: QuerySet[Release]) -> list[int]:
    """The years in which anything was put forward, newest first."""
    years = releases.order_by().annotate(year=ExtractYear("requested_at")).values_list("year", flat=True)
    return sorted(set(years.distinct()), reverse=True)


def span_of(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)
