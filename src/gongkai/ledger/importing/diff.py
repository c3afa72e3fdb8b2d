"""A corrected notice against the ledger there is: which row corrects which item, and what changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from django.utils.translation import gettext as _

from gongkai.core.notices.folding import bare
from gongkai.ledger.importing.entries import Entry
from gongkai.ledger.importing.proposal import Proposal
from gongkai.ledger.models import Assignment, Item, Origin, Recurrence, Role

SAME_DUTY = 0.6  # similarity from which two texts are one duty, reworded
SAME_NUMBER = 0.3  # enough when the number is the same as well


class Status(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        return {"new": _("新增"), "changed": _("变更"), "same": _("未变"), "removed": _("取消")}[self.value]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an item, before and after, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row beside the item it corrects; one of the two is missing where an item is new or removed."""

    status: Status
    entry: Entry | None
    item: Item | None
    changes: tuple[Change, ...] = ()


def compare(proposal: Proposal, items: Sequence[Item]) -> list[Line]:
    """Every row to be imported, in order, then the items that the corrected notice no longer has.

    items: the live items of the plan, with `task`, `group` and live `assignments` (with `body`) at hand.
    """
    pairs = match(proposal.kept, items)
    lines = []
    for row in proposal.kept:
        item = pairs.get(row.key)
        changes = _changes(proposal, row, item) if item else ()
        status = Status.NEW if item is None else Status.CHANGED if changes else Status.SAME
        lines.append(Line(status, row, item, changes))
    kept = {item.pk for item in pairs.values()}
    return lines + [Line(Status.REMOVED, None, item) for item in items if item.pk not in kept]


def match(rows: Sequence[Entry], items: Sequence[Item]) -> dict[str, Item]:
    """Row key -> the item it corrects. The same text wins, then the same number, then the nearest text.

    A row whose `separate` was said is new whatever it resembles; kinds never mix.
    """
    rows = [row for row in rows if not row.separate]
    texts = {row.key: bare(row.printed) for row in rows} | {f"#{item.pk}": bare(item.text) for item in items}
    settled = {row.key: bare(row.text) for row in rows}
    pairs: dict[str, Item] = {}

    def take(fits: Callable[[Entry, Item], bool]) -> None:
        taken = {item.pk for item in pairs.values()}
        for row in rows:
            if row.key not in pairs:
                free = (item for item in items if item.pk not in taken and item.kind == row.kind and fits(row, item))
                if found := next(free, None):
                    pairs[row.key] = found
                    taken.add(found.pk)

    def same_text(row: Entry, item: Item) -> bool:
        return texts[f"#{item.pk}"] in (texts[row.key], settled[row.key])

    def likeness(row: Entry, item: Item) -> float:
        return _likeness(settled[row.key], texts[f"#{item.pk}"])

    take(lambda row, item: item.key == row.key and same_text(row, item))
    take(same_text)
    take(lambda row, item: item.key == row.key and likeness(row, item) >= SAME_DUTY)
    _take_nearest(rows, items, pairs, likeness)
    take(lambda row, item: item.key == row.key and likeness(row, item) >= SAME_NUMBER)
    return pairs


def _take_nearest(
    rows: Sequence[Entry], items: Sequence[Item], pairs: dict[str, Item], likeness: Callable[[Entry, Item], float]
) -> None:
    """Pair what is left by likeness, the likest first."""
    taken = {item.pk for item in pairs.values()}
    candidates = sorted(
        (
            (likeness(row, item), row.key, item)
            for row in rows
            if row.key not in pairs
            for item in items
            if item.pk not in taken and item.kind == row.kind
        ),
        key=lambda each: -each[0],
    )
    for score, key, item in candidates:
        if score >= SAME_DUTY and key not in pairs and item.pk not in taken:
            pairs[key] = item
            taken.add(item.pk)


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= SAME_NUMBER else 0.0


def bodies_now(item: Item) -> dict[int, Assignment]:
    """The bodies that have the item now, each with one of its live assignments."""
    return {each.body_id: each for each in item.assignments.all() if not each.withdrawn}


def _changes(proposal: Proposal, row: Entry, item: Item) -> tuple[Change, ...]:
    found = [
        Change(_("编号"), item.key, row.key),
        Change(_("分组"), item.group.name if item.group else "", row.group),
        Change(_("任务名称"), item.task.name if item.task else "", row.task),
        Change(_("具体内容"), item.text, row.text),
        Change(_("到期日"), str(item.due or _("未规定")), str(row.due or _("未规定"))),
        Change(_("频次"), *(str(Recurrence(value).label) for value in (item.recurrence, row.recurrence))),
        _bodies(proposal, row, item),
    ]
    return tuple(change for change in found if change.before != change.after)


def _bodies(proposal: Proposal, row: Entry, item: Item) -> Change:
    """What the row adds to and takes from the item's bodies, and roles that differ."""
    now = bodies_now(item)
    given = {each.body.pk: each for each in proposal.expansions[row.key].given}
    gone = [each.body.label for pk, each in now.items() if pk not in given and each.origin != Origin.ADDED]
    come = [each.body.label for pk, each in given.items() if pk not in now]
    both = [pk for pk in now if pk in given and now[pk].origin != Origin.ADDED and now[pk].role != given[pk].role]
    before = gone + [f"{now[pk].body.label}（{now[pk].get_role_display()}）" for pk in both]
    after = come + [f"{given[pk].body.label}（{Role(given[pk].role).label}）" for pk in both]
    return Change(_("责任单位"), "、".join(before), "、".join(after))
