"""The rows of the export: what the notice prints, with its merged cells, and how each item stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from gongkai.core.notices.enumerators import to_han
from gongkai.ledger.models import Item, Plan, State
from gongkai.ledger.models.assignment import AssignmentQuerySet


@dataclass(frozen=True, slots=True)
class Row:
    """One item. `group` and `task` are merged over the rows that share them."""

    number: str
    group: str
    task: str
    text: str
    bodies: str
    deadline: str
    progress: str
    state: str
    overdue: str

    def cells(self) -> tuple[str, ...]:
        return (
            self.number,
            self.group,
            self.task,
            self.text,
            self.bodies,
            self.deadline,
            self.progress,
            self.state,
            self.overdue,
        )


@dataclass(frozen=True, slots=True)
class Merge:
    """A column (from 0) merged over rows `first` to `last` (from 0, both in)."""

    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...]


def layout(plan: Plan, assignments: AssignmentQuerySet, today: date) -> Sheet:
    """The sheet of a plan, for those items only that one of `assignments` belongs to."""
    stands = _stands(assignments, today)
    items = plan.items.filter(pk__in=stands).select_related("group", "task").order_by("order", "id")
    rows = tuple(_row(item, stands[item.pk]) for item in items)
    number = f"（{plan.document_number}）" if plan.document_number else ""
    note = _("%(issuer)s%(number)s　办理情况截至 %(day)s") % {"issuer": plan.issuer, "number": number, "day": today}
    return Sheet(plan.title, note, _head(), rows, tuple(_merges(rows)))


def _head() -> tuple[str, ...]:
    """任务名称 stands over the group and the task, as in the notice."""
    return (
        _("序号"),
        _("任务名称"),
        "",
        _("具体内容"),
        _("责任单位"),
        _("完成时限"),
        _("办理进度"),
        _("状态"),
        _("逾期"),
    )


@dataclass(slots=True)
class _Standing:
    done: int = 0
    total: int = 0
    late: int = 0
    states: dict[str, int] | None = None


def _stands(assignments: AssignmentQuerySet, today: date) -> dict[int, _Standing]:
    late = Count("pk", filter=Q(due__lt=today) & ~Q(state=State.ACCEPTED))
    counted = assignments.order_by().values_list("item_id", "state").annotate(number=Count("pk"), late=late)
    found: dict[int, _Standing] = defaultdict(_Standing)
    for item_id, state, number, overdue in counted:
        standing = found[item_id]
        standing.states = {**(standing.states or {}), state: number}
        standing.total += number
        standing.late += overdue
        standing.done += number if state == State.ACCEPTED else 0
    return dict(found)


def _row(item: Item, standing: _Standing) -> Row:
    states = standing.states or {}
    words = [f"{state.label} {states[state]}" for state in State if state in states]
    only = len(words) == 1
    return Row(
        number=str(item.task.number or "") if item.task else "",
        group=_titled(item.group.number, item.group.name) if item.group else "",
        task=item.task.name if item.task else "",
        text=f"（{item.key}）{item.text}",
        bodies=item.assignees_text,
        deadline=item.deadline_text or (f"{item.due:%Y-%m-%d}" if item.due else ""),
        progress=f"{standing.done}/{standing.total}",
        state=str(State(next(iter(states))).label) if only else "、".join(words),
        overdue=str(standing.late) if standing.late else "—",
    )


def _titled(number: int | None, name: str) -> str:
    return f"{to_han(number)}、{name}" if number and number < 100 else name


def _merges(rows: tuple[Row, ...]) -> Iterator[Merge]:
    yield from _runs(1, (row.group for row in rows))
    for column in (0, 2):
        yield from _runs(column, ((row.group, row.number, row.task) for row in rows))


def _runs(column: int, keys: Iterable[object]) -> Iterator[Merge]:
    first = 0
    for _key, run in groupby(keys):
        last = first + len(list(run)) - 1
        if last > first:
            yield Merge(column, first, last)
        first = last + 1
