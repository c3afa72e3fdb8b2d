"""How bodies stand by their catalogues, in numbers: by field, by body, by what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import descendants
from gongkai.foundation.access import Rights
from gongkai.standards.models import GAPS, Fault, Row, RowQuerySet, State
from gongkai.standards.selectors.reach import in_order, rows_for, strays_for

IN_STEP = (State.OK, State.NONE, State.STALE, State.WRONG)  # rows that pass C1 and C2


@dataclass(slots=True)
class Totals:
    """Numbers of rows. due: owe a page; covered: pass C1 and C2; good: nothing is wrong with them."""

    rows: int = 0
    due: int = 0
    states: dict[str, int] = field(default_factory=dict)

    def take(self, other: Totals) -> None:
        self.rows += other.rows
        self.due += other.due
        for state, count in other.states.items():
            self.states[state] = self.states.get(state, 0) + count

    def of(self, *states: str) -> int:
        return sum(self.states.get(state, 0) for state in states)

    @property
    def covered(self) -> int:
        return self.of(*IN_STEP)

    @property
    def gaps(self) -> int:
        return self.of(*GAPS)

    @property
    def rate(self) -> float | None:
        """The share of rows in step (两张皮 rate is what is missing to 1); None when nothing is due."""
        return self.covered / self.due if self.due else None

    @property
    def percent(self) -> str:
        """Never 100 % while something is missing."""
        if self.rate is None:
            return "—"
        return f"{int(self.rate * 100)}%"


@dataclass(slots=True)
class Line:
    """One body of the board: its totals by field and as a whole, and content without a row."""

    body: Body
    cells: dict[str, Totals]
    totals: Totals
    strays: int = 0


@dataclass(slots=True)
class Matrix:
    fields: list[tuple[str, str]]  # key, name
    lines: list[Line]
    totals: Totals
    by_field: dict[str, Totals]


def matrix(rights: Rights, field_key: str = "", body: int | None = None) -> Matrix:
    """How every body stands in every field, bodies in the register's order; three queries."""
    rows = _narrowed(rows_for(rights), field_key, body)
    counted = (
        rows.select_related(None)
        .order_by()
        .values("catalogue__body_id", "catalogue__field_key", "needs_page", "exempt", state=F("check_result__state"))
        .annotate(count=Count("pk"), name=F("catalogue__field_name"))
    )
    cells: dict[int, dict[str, Totals]] = {}
    names: dict[str, str] = {}
    for one in counted:
        names.setdefault(one["catalogue__field_key"], one["name"])
        cell = cells.setdefault(one["catalogue__body_id"], {}).setdefault(one["catalogue__field_key"], Totals())
        cell.take(_totals(one))
    strays = dict(strays_for(rights).order_by().values_list("catalogue__body_id").annotate(Count("pk")))
    bodies = Body.objects.filter(pk__in=cells).order_by("order", "pk")
    lines = [_line(one, cells[one.pk], strays.get(one.pk, 0)) for one in bodies]
    return _matrix(in_order(names), lines)


def fault_counts(rights: Rights, field_key: str = "", body: int | None = None) -> dict[str, int]:
    """Kind of fault -> how many rows have it; a row with several counts in each."""
    rows = _narrowed(rows_for(rights), field_key, body)
    counted = Fault.objects.filter(Exists(rows.filter(pk=OuterRef("row")))).order_by()  # few faults, many rows
    return dict(counted.values_list("state").annotate(Count("pk")))


def _narrowed(rows: RowQuerySet, field_key: str, body: int | None) -> RowQuerySet:
    if field_key:
        rows = rows.filter(catalogue__field_key=field_key)
    return rows if body is None else rows.filter(catalogue__body_id=body)


def _totals(one: Any) -> Totals:
    due = one["count"] if one["needs_page"] and not one["exempt"] else 0
    return Totals(one["count"], due, {one["state"] or State.UNSEEN.value: one["count"]})


def _line(body: Body, cells: dict[str, Totals], strays: int) -> Line:
    totals = Totals()
    for cell in cells.values():
        totals.take(cell)
    return Line(body, cells, totals, strays)


def _matrix(fields: list[tuple[str, str]], lines: list[Line]) -> Matrix:
    whole, by_field = Totals(), {key: Totals() for key, _name in fields}
    for line in lines:
        whole.take(line.totals)
        for key, cell in line.cells.items():
            by_field[key].take(cell)
    return Matrix(fields, lines, whole, by_field)


def totals_of(body: Body | None) -> Totals:
    """The numbers of a body and of everything below it; of all for None."""
    rows = Row.objects.owed()
    if body is not None:
        reached = [body.pk, *(one.pk for one in descendants(body))]
        rows = rows.filter(Q(catalogue__body_id__in=reached) | Q(owner_id__in=reached))
    counted = rows.order_by().values("needs_page", "exempt", state=F("check_result__state")).annotate(count=Count("pk"))
    whole = Totals()
    for one in counted:
        whole.take(_totals(one))
    return whole
