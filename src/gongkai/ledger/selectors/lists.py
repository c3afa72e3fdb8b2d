"""The same assignments by item, by body and by deadline."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.ledger.models import Item, Plan
from gongkai.ledger.selectors.board import items_of
from gongkai.ledger.selectors.counting import Totals, count_by, of_plan, sum_of
from gongkai.ledger.selectors.filters import Filters


@dataclass(frozen=True, slots=True)
class DueDay:
    """One deadline: what falls due on it. `due` None: the notice sets no day."""

    due: date | None
    totals: Totals
    items: list[tuple[Item, Totals]]

    def days(self, today: date) -> int | None:
        """Days until it; negative when past."""
        return None if self.due is None else (self.due - today).days


def by_item(
    plan: Plan, filters: Filters | None = None, *, within: frozenset[int] | None = None, today: date | None = None
) -> list[tuple[Item, Totals]]:
    """Every item with its totals, in the notice's order; two queries."""
    today = today or clock.today()
    counted = count_by(of_plan(plan, filters or Filters(), today, within), today, "item_id")
    return [(item, counted[item.pk]) for item in items_of(plan, counted)]


def by_body(
    plan: Plan, filters: Filters | None = None, *, within: frozenset[int] | None = None, today: date | None = None
) -> list[tuple[Body, Totals]]:
    """Every body with its totals, in the register's order; two queries."""
    today = today or clock.today()
    counted = count_by(of_plan(plan, filters or Filters(), today, within), today, "body_id")
    return [(body, counted[body.pk]) for body in Body.objects.filter(pk__in=counted).order_by("order", "id")]


def timeline(
    plan: Plan, filters: Filters | None = None, *, within: frozenset[int] | None = None, today: date | None = None
) -> list[DueDay]:
    """Deadlines in order, each with its items; those without a day come last. Two queries."""
    today = today or clock.today()
    counted = count_by(of_plan(plan, filters or Filters(), today, within), today, "due", "item_id")
    days: dict[date | None, dict[int, Totals]] = defaultdict(dict)
    for (due, item_id), totals in counted.items():
        days[due][item_id] = totals
    items = items_of(plan, {item_id: totals for (_, item_id), totals in counted.items()})
    return [
        DueDay(due, sum_of(days[due].values()), [(item, days[due][item.pk]) for item in items if item.pk in days[due]])
        for due in sorted(days, key=lambda due: due or date.max)
    ]
