"""A row of the draft: one line of the notice, or one duty of its prose sections, before it becomes an item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.ledger.importing.duties import Duty, read_duties
from gongkai.ledger.importing.splitting import duties_of
from gongkai.ledger.models import ItemKind

REQUIREMENTS = "工作要求"  # the group under which the duties of the prose sections stand


@dataclass(slots=True)
class Entry:
    """As read, with what people settled applied. `printed` is the text of the notice, whatever was settled.

    proposed: the duties it could be split into; parts: those it will be split into, empty for one.
    """

    key: str
    kind: ItemKind
    number: int | None
    group_number: int | None
    group: str
    task_number: int | None
    task: str
    text: str
    printed: str
    assignees: list[tuple[str, str]]
    selectors: list[str]
    open_ended: bool
    assignees_text: str
    deadline_text: str
    due: date | None
    recurrence: str
    targets: list[dict[str, Any]]
    proposed: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    complete: bool = False
    dropped: bool = False
    separate: bool = False
    edited: frozenset[str] = frozenset()

    @property
    def duties(self) -> list[tuple[str, str]]:
        """Key and text of each obligation: 19a and 19b of a split item, else the item itself."""
        if not self.parts:
            return [(self.key, self.text)]
        return [(f"{self.key}{suffix(at)}", part) for at, part in enumerate(self.parts)]

    @property
    def undecided_split(self) -> bool:
        return bool(self.proposed) and not self.parts and "parts" not in self.edited

    @property
    def lacks_bodies(self) -> bool:
        """The printed list ends in 等, and nobody has completed it or said that it is complete."""
        return self.open_ended and not self.added and not self.complete


def suffix(at: int) -> str:
    """a … z, then aa, ab …"""
    letter = chr(ord("a") + at % 26)
    return letter if at < 26 else suffix(at // 26 - 1) + letter


def entries_of(reading: Mapping[str, Any], edits: Mapping[str, Mapping[str, Any]], year: int) -> list[Entry]:
    """Every row of a reading, table first, with the edits applied."""
    rows = [_row(item, key) for item, key in zip(reading["items"], item_keys(reading["items"]), strict=True)]
    taken = {row.key for row in rows}
    rows += [_requirement(duty) for duty in read_duties(reading["requirements"], year) if duty.key not in taken]
    for row in rows:
        if edit := edits.get(row.key):
            _apply(row, edit)
    return rows


def item_keys(items: Sequence[Mapping[str, Any]]) -> list[str]:
    """The key of each item: its printed number; a number printed twice becomes 12 and 12-2. Own keys win."""
    seen: Counter[str] = Counter()
    keys = []
    for item in items:
        key = str(item.get("key") or item["number"])
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return keys


def _row(item: Mapping[str, Any], key: str) -> Entry:
    deadline = item["deadline"]
    return Entry(
        key=key,
        kind=ItemKind(item.get("kind", ItemKind.TABLE)),
        number=item["number"],
        group_number=item["group_number"],
        group=item["group"],
        task_number=item["task_number"],
        task=item["task"],
        text=item["text"],
        printed=item["text"],
        assignees=[(each["name"], each["role"]) for each in item["assignees"]],
        selectors=list(item["selectors"]),
        open_ended=item["open_ended"],
        assignees_text=item["assignees_text"],
        deadline_text=deadline["text"],
        due=date.fromisoformat(deadline["due"]) if deadline["due"] else None,
        recurrence=deadline["recurrence"] or "",
        targets=[dict(target) for target in item["targets"]],
        proposed=duties_of(item["text"]),
    )


def _requirement(duty: Duty) -> Entry:
    return Entry(
        key=duty.key,
        kind=ItemKind.REQUIREMENT,
        number=None,
        group_number=None,
        group=REQUIREMENTS,
        task_number=duty.section,
        task=duty.heading,
        text=duty.text,
        printed=duty.text,
        assignees=[],
        selectors=[duty.who],
        open_ended=False,
        assignees_text=duty.who,
        deadline_text="",
        due=date.fromisoformat(duty.due) if duty.due else None,
        recurrence=duty.recurrence,
        targets=list(duty.targets),
        dropped=duty.principle,
    )


def _apply(row: Entry, edit: Mapping[str, Any]) -> None:
    row.edited = frozenset(edit)
    if "assignees" in edit:
        row.assignees = [(named["name"], named["role"]) for named in edit["assignees"]]
    if "due" in edit:
        row.due = date.fromisoformat(edit["due"]) if edit["due"] else None
    for name in ("text", "selectors", "recurrence", "added", "complete", "parts", "dropped", "separate"):
        if name in edit:
            setattr(row, name, edit[name])
