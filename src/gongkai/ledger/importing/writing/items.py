"""Items and their targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongkai.ledger.importing.diff import Line, Status
from gongkai.ledger.importing.entries import Entry
from gongkai.ledger.importing.guards import demand_fits
from gongkai.ledger.importing.writing.recorder import Recorder
from gongkai.ledger.importing.writing.structure import Structure
from gongkai.ledger.models import Item, Plan, Target

_FIELDS = (
    "key",
    "number",
    "group",
    "task",
    "text",
    "assignees_text",
    "selectors",
    "open_ended",
    "deadline_text",
    "due",
    "recurrence",
    "order",
)


@dataclass(frozen=True, slots=True)
class Written:
    """A row and its item as it now is; the other fields say what the item was, None for a new one."""

    row: Entry
    item: Item
    text_before: str | None = None
    due_before: date | None = None
    bodies_before: tuple[str, list[str]] | None = None

    @property
    def bodies_reprinted(self) -> bool:
        """Whether the notice states the bodies anew, so that those withdrawn before come back."""
        return self.bodies_before != (self.item.assignees_text, self.item.selectors)


def remove_items(lines: Sequence[Line], recorder: Recorder) -> list[Item]:
    """Mark as removed what the corrected notice no longer has; its number becomes free."""
    items = [line.item for line in lines if line.status is Status.REMOVED and line.item]
    recorder.watch(items)
    for item in items:
        item.removed = True
    Item.objects.bulk_update(items, ["removed"])
    recorder.note(items, _("更正后的通知不再包含本事项"))
    return items


def write_items(plan: Plan, lines: Sequence[Line], structure: Structure, recorder: Recorder) -> list[Written]:
    """Create and change items so that they are the rows, in their order."""
    rows = [(line.entry, line.item) for line in lines if line.entry]
    old = [item for _row, item in rows if item]
    recorder.watch(old)
    _free_keys([item for row, item in rows if item and item.key != row.key])
    written = [_written(plan, row, item) for row, item in rows]
    for order, each in enumerate(written):
        _fill(each.item, each.row, structure, order)
    targets = [Target(item=each.item, **target) for each in written for target in each.row.targets]
    demand_fits([*(each.item for each in written), *targets])
    Item.objects.bulk_create(each.item for each in written if each.item.pk is None)
    Item.objects.bulk_update(old, _FIELDS)
    recorder.note(each.item for each in written)
    Target.objects.filter(item__in=old).delete()
    Target.objects.bulk_create(targets)
    return written


def _written(plan: Plan, row: Entry, item: Item | None) -> Written:
    if item is None:
        return Written(row, Item(plan=plan, kind=row.kind))
    return Written(row, item, item.text, item.due, (item.assignees_text, list(item.selectors)))


def _free_keys(items: Sequence[Item]) -> None:
    """Set numbers that move aside first: two items may swap theirs."""
    for item in items:
        Item.objects.filter(pk=item.pk).update(key=f"~{item.pk}")


def _fill(item: Item, row: Entry, structure: Structure, order: int) -> None:
    item.key, item.number, item.order = row.key, row.number, order
    item.group, item.task = structure.group(row), structure.task(row)
    item.text, item.assignees_text, item.selectors = row.text, row.assignees_text, row.selectors
    item.open_ended, item.deadline_text = row.open_ended, row.deadline_text
    item.due, item.recurrence = row.due, row.recurrence
