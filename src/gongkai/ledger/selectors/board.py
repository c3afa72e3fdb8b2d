"""看板: bodies × items as a heat map, thirty bodies a page, totals for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.ledger.models import Item, Plan
from gongkai.ledger.selectors.counting import RANK, Look, Totals, count_by, look_of, of_plan, sum_of
from gongkai.ledger.selectors.filters import Filters

PAGE = 30


class Cell(NamedTuple):
    """What a body owes for an item: the most urgent look, how many duties, and the one assignment when it is one."""

    look: Look
    number: int
    due: date | None
    assignment_id: int


@dataclass(frozen=True, slots=True)
class Row:
    """One body; `cells` stand in the order of the board's items, None where nothing is owed."""

    body: Body
    cells: tuple[Cell | None, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Board:
    """One page of the matrix. `item_totals` and `totals` count all bodies, not only those of the page."""

    plan: Plan
    items: tuple[Item, ...]
    rows: tuple[Row, ...]
    item_totals: tuple[Totals, ...]
    totals: Totals
    page: int
    pages: int
    bodies: int


def board(
    plan: Plan,
    page: int = 1,
    filters: Filters | None = None,
    *,
    within: frozenset[int] | None = None,
    today: date | None = None,
) -> Board:
    """The page (from 1) of the matrix of `plan`; five queries, whatever its size."""
    today, filters = today or clock.today(), filters or Filters()
    chosen = of_plan(plan, filters, today, within)
    by_body, by_item = count_by(chosen, today, "body_id"), count_by(chosen, today, "item_id")
    ordered = ordered_bodies(by_body)
    pages = max(1, -(-len(ordered) // PAGE))
    page = min(max(page, 1), pages)
    shown = ordered[(page - 1) * PAGE : page * PAGE]
    items = items_of(plan, by_item)
    bodies = Body.objects.in_bulk(shown)
    cells = _cells(plan, filters, today, shown)
    return Board(
        plan=plan,
        items=tuple(items),
        rows=tuple(Row(bodies[pk], tuple(cells.get((pk, item.pk)) for item in items), by_body[pk]) for pk in shown),
        item_totals=tuple(by_item[item.pk] for item in items),
        totals=sum_of(by_body.values()),
        page=page,
        pages=pages,
        bodies=len(ordered),
    )


def ordered_bodies(ids: Iterable[int]) -> list[int]:
    """The ids in the register's order."""
    return list(Body.objects.filter(pk__in=list(ids)).order_by("order", "id").values_list("pk", flat=True))


def items_of(plan: Plan, counted: dict[int, Totals]) -> list[Item]:
    """The items that were counted, in the notice's order, with group and task."""
    items = Item.objects.filter(plan=plan).select_related("group", "task").order_by("order", "id")
    return [item for item in items if item.pk in counted]


def _cells(plan: Plan, filters: Filters, today: date, bodies: list[int]) -> dict[tuple[int, int], Cell]:
    chosen = of_plan(plan, filters, today, frozenset(bodies))
    found: dict[tuple[int, int], Cell] = {}
    for body_id, item_id, state, due, pk in chosen.values_list("body_id", "item_id", "state", "due", "pk"):
        look = look_of(state, due, today)
        known = found.get((body_id, item_id))
        if known is None:
            found[body_id, item_id] = Cell(look, 1, due, pk)
        elif RANK[look] < RANK[known.look]:
            found[body_id, item_id] = Cell(look, known.number + 1, due, pk)
        else:
            found[body_id, item_id] = known._replace(number=known.number + 1)
    return found
