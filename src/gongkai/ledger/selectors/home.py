"""首页数据: how a plan stands, by group and by body, what needs attention, and how the weeks went."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.events.models import Event
from gongkai.ledger.models import Assignment, Group, Item, Plan
from gongkai.ledger.periods import missing_reports
from gongkai.ledger.reconstruct import midnight_after
from gongkai.ledger.selectors.counting import Totals, count_by, of_plan, sum_of
from gongkai.ledger.selectors.filters import Filters
from gongkai.ledger.selectors.weeks import ACTS

SOON = timedelta(days=30)
WEEKS = 12


@dataclass(frozen=True, slots=True)
class Week:
    """One week of work, Monday to Sunday: how many tasks were submitted, closed and returned in it."""

    start: date
    submitted: int
    closed: int
    returned: int


@dataclass(frozen=True, slots=True)
class HomeFigures:
    plan: Plan
    totals: Totals
    by_group: list[tuple[Group | None, Totals]]
    by_body: list[tuple[Body, Totals]]  # least complete first
    due_soon: int
    missed_check_ins: int
    trend: list[Week]


def home_figures(
    plan: Plan, filters: Filters | None = None, *, within: frozenset[int] | None = None, today: date | None = None
) -> HomeFigures:
    """How `plan` stands on the day; eight queries, whatever its size."""
    today, filters = today or clock.today(), filters or Filters()
    chosen = of_plan(plan, filters, today, within)
    by_body = count_by(chosen, today, "body_id")
    return HomeFigures(
        plan=plan,
        totals=sum_of(by_body.values()),
        by_group=_by_group(plan, count_by(chosen, today, "item_id")),
        by_body=_by_body(by_body),
        due_soon=chosen.undone().filter(due__gte=today, due__lte=today + SOON).count(),
        missed_check_ins=chosen.filter(missing_reports(plan, today)).count(),
        trend=trend(plan, today, within),
    )


def trend(plan: Plan, today: date, within: frozenset[int] | None = None) -> list[Week]:
    """The last twelve weeks, the present one included, from the record of events."""
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=age) for age in range(WEEKS - 1, -1, -1)]
    edges = [midnight_after(start - timedelta(days=1)) for start in [*starts, monday + timedelta(weeks=1)]]
    weeks: dict[str, Any] = {
        f"week{index}": Count(
            "object_id", distinct=True, filter=Q(effective_at__gte=edges[index], effective_at__lt=edges[index + 1])
        )
        for index in range(WEEKS)
    }
    assignments = Assignment.objects.live().filter(plan=plan).of_bodies(within)
    events = Event.objects.filter(
        content_type=ContentType.objects.get_for_model(Assignment),
        object_id__in=assignments.order_by().values("pk"),
        verb__in=ACTS.values(),
        effective_at__gte=edges[0],
    )
    rows = {row[0]: row[1:] for row in events.order_by().values_list("verb").annotate(**weeks)}
    nothing = (0,) * WEEKS
    return [
        Week(start, *(rows.get(verb, nothing)[index] for verb in ACTS.values())) for index, start in enumerate(starts)
    ]


def _by_group(plan: Plan, by_item: dict[int, Totals]) -> list[tuple[Group | None, Totals]]:
    counted: dict[int | None, Totals] = defaultdict(Totals)
    for item_id, group_id in Item.objects.filter(plan=plan).values_list("pk", "group_id"):
        counted[group_id].take(by_item.get(item_id, Totals()))
    groups: list[Group | None] = [*Group.objects.filter(plan=plan), None]
    rows = [(group, counted.get(group.pk if group else None, Totals())) for group in groups]
    return [row for row in rows if row[1].total]


def _by_body(counted: dict[int, Totals]) -> list[tuple[Body, Totals]]:
    bodies = Body.objects.filter(pk__in=counted).order_by("order", "id")
    return sorted(((body, counted[body.pk]) for body in bodies), key=lambda row: row[1].share or 0)
