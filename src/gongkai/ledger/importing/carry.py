"""What was settled for the notice before it is corrected stays settled, where the corrected one says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.ledger.importing.decisions import empty
from gongkai.ledger.importing.entries import Entry, entries_of
from gongkai.ledger.models import Draft, DraftState


def carried(reading: Mapping[str, Any], draft: Draft) -> dict[str, Any]:
    """The decisions of the draft that last made this year's ledger, as far as they fit `reading`."""
    last = Draft.objects.filter(county=draft.county, year=draft.year, state=DraftState.COMMITTED).first()
    if last is None:
        return empty()
    decisions = empty() | last.decisions
    before = {row.key: row for row in entries_of(last.reading, {}, last.year)}
    edits = {}
    for row in entries_of(reading, {}, draft.year):
        old, edit = before.get(row.key), decisions["items"].get(row.key)
        if old and edit:
            edits[row.key] = {name: value for name, value in edit.items() if _stands(name, old, row)}
    return {
        "findings": decisions["findings"],
        "names": decisions["names"],
        "items": {key: edit for key, edit in edits.items() if edit},
    }


def _stands(name: str, old: Entry, new: Entry) -> bool:
    """Whether what the person saw when changing the field is printed again."""
    if name in ("due", "recurrence"):
        return (old.printed, old.deadline_text) == (new.printed, new.deadline_text)
    if name in ("assignees", "selectors", "added", "complete"):
        return (old.printed, old.assignees_text) == (new.printed, new.assignees_text)
    return name != "separate" and old.printed == new.printed
