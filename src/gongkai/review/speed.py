"""审查用时: how long each step takes, by step and by body, counted over what was decided in a span of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q
from django.utils.timezone import make_aware

from gongkai.bodies.models import Body
from gongkai.foundation.access import STAFF, Rights, Role
from gongkai.review.models import State, Step, StepKind


@dataclass(frozen=True, slots=True)
class Row:
    """One body and one step: how many were taken, the mean time, how many too late, how many wait now."""

    body: Body
    kind: StepKind
    taken: int
    mean: timedelta | None
    late: int
    waiting: int


def speed(rights: Rights, since: date) -> list[Row]:
    """The rows the person may see, for steps decided since that day; waiting ones whenever they began."""
    start = make_aware(datetime.combine(since, time()))
    steps = Step.objects.exclude(kind=StepKind.MACHINE).filter(opened_at__isnull=False)
    reached = rights.bodies(*(role for role in Role if role in STAFF))
    if reached is not None:
        steps = steps.filter(reviewer_body__in=reached)
    decided = Q(decided_at__gte=start)
    took = ExpressionWrapper(F("decided_at") - F("opened_at"), DurationField())
    rows = (
        steps.values("reviewer_body", "kind")
        .annotate(
            taken=Count("pk", filter=decided),
            mean=Avg(took, filter=decided),
            late=Count("pk", filter=decided & Q(decided_at__gt=F("due_at"))),
            waiting=Count("pk", filter=Q(outcome="", release__state=State.WAITING)),
        )
        .order_by()
    )
    bodies = Body.objects.in_bulk({row["reviewer_body"] for row in rows})
    found = [
        Row(bodies[row["reviewer_body"]], StepKind(row["kind"]), row["taken"], row["mean"], row["late"], row["waiting"])
        for row in rows
    ]
    order = list(StepKind)
    return sorted(found, key=lambda row: (row.body.order, row.body.pk, order.index(row.kind)))


def by_step(rows: list[Row]) -> list[tuple[StepKind, int, timedelta]]:
    """Over all bodies: how many were taken in each step, and the mean time."""
    found = []
    for kind in StepKind:
        mine = [row for row in rows if row.kind == kind and row.taken]
        taken = sum(row.taken for row in mine)
        total = sum((row.mean * row.taken for row in mine if row.mean is not None), timedelta())
        if mine:
            found.append((kind, taken, total / taken))
    return found
