"""Counting assignments by how they stand, in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from gongkai.ledger.models import Assignment, Plan, State
from gongkai.ledger.models.assignment import WITH_BODY, AssignmentQuerySet
from gongkai.ledger.selectors.filters import AT_RISK, Filters


class Look(StrEnum):
    """How an assignment appears: 已逾期 or 有风险 where it is, else its state. In the order of urgency."""

    OVERDUE = "overdue"
    AT_RISK = "at-risk"
    RETURNED = "returned"
    TO_ACCEPT = "to-accept"
    IN_PROGRESS = "in-progress"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        computed = {Look.OVERDUE: _("已逾期"), Look.AT_RISK: _("有风险")}
        return computed.get(self) or str(State(self.value).label)


RANK = {look: rank for rank, look in enumerate(Look)}
_BY_VALUE = {look.value: look for look in Look}


def look_of(state: str, due: date | None, today: date) -> Look:
    """How an assignment in this state with this due date appears on the day."""
    if state != State.ACCEPTED and due is not None:
        if due < today:
            return Look.OVERDUE
        if due <= today + AT_RISK and state in WITH_BODY:
            return Look.AT_RISK
    return _BY_VALUE[state]


@dataclass(slots=True)
class Totals:
    """How many assignments appear in which way."""

    counts: dict[Look, int] = field(default_factory=dict)

    def add(self, look: Look, number: int) -> None:
        if number:
            self.counts[look] = self.counts.get(look, 0) + number

    def take(self, other: Totals) -> None:
        for look, number in other.counts.items():
            self.add(look, number)

    def of(self, look: str) -> int:
        return self.counts.get(Look(look), 0)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def accepted(self) -> int:
        return self.counts.get(Look.ACCEPTED, 0)

    @property
    def overdue(self) -> int:
        return self.counts.get(Look.OVERDUE, 0)

    @property
    def share(self) -> float | None:
        """Part that is closed, 0 to 1; None when there is nothing to do."""
        return self.accepted / self.total if self.total else None

    @property
    def percent(self) -> str:
        """The share in words; empty when there is nothing to do, and 100 % only for the whole."""
        share = self.share
        if share is None:
            return ""
        return f"{99 if 0.99 < share < 1 else round(share * 100)}%"


def of_plan(plan: Plan, filters: Filters, today: date, within: frozenset[int] | None = None) -> AssignmentQuerySet:
    """The live assignments of a plan that pass the filters, of the bodies `within` (None: all), in no order."""
    assignments = Assignment.objects.live().filter(plan=plan).of_bodies(within)
    return filters.apply(assignments, today).order_by()


def count_by(assignments: AssignmentQuerySet, today: date, *keys: str) -> dict[Any, Totals]:
    """The totals for each value of `keys` (a tuple of values when there are several)."""
    rows = assignments.values_list(*keys, "state").annotate(
        number=Count("*"),
        late=Count("due", filter=Q(due__lt=today)),
        near=Count("due", filter=Q(due__gte=today, due__lte=today + AT_RISK)),
    )
    found: dict[Hashable, Totals] = defaultdict(Totals)
    for *values, state, number, late, near in rows:
        totals = found[values[0] if len(values) == 1 else tuple(values)]
        if state == State.ACCEPTED:
            totals.add(Look.ACCEPTED, number)
        else:
            near = near if state in WITH_BODY else 0
            totals.add(Look.OVERDUE, late)
            totals.add(Look.AT_RISK, near)
            totals.add(_BY_VALUE[state], number - late - near)
    return dict(found)


def sum_of(parts: Iterable[Totals]) -> Totals:
    whole = Totals()
    for part in parts:
        whole.take(part)
    return whole
