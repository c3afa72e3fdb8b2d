"""Obligations: one for an item, several where it is split; a corrected notice keeps those that there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from gongkai.core.notices.folding import bare
from gongkai.ledger.importing.entries import suffix
from gongkai.ledger.importing.writing.items import Written
from gongkai.ledger.importing.writing.recorder import Recorder
from gongkai.ledger.models import Obligation

_FIELDS = ("key", "text", "due", "recurrence", "order", "removed")


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation as it now is, and the day it was due before."""

    obligation: Obligation
    due_before: date | None


def write_obligations(written: Sequence[Written], recorder: Recorder) -> dict[int, list[Duty]]:
    """Item id -> its live obligations, after creating, changing and removing what the rows demand."""
    there: dict[int, list[Obligation]] = defaultdict(list)
    old = list(Obligation.objects.filter(item__in=[each.item for each in written], removed=False))
    for obligation in old:
        there[obligation.item_id].append(obligation)
    recorder.watch(old)
    duties = {each.item.pk: _reconcile(each, there[each.item.pk]) for each in written}
    live = [duty.obligation for item_duties in duties.values() for duty in item_duties]
    _free_keys(old)
    Obligation.objects.bulk_create(obligation for obligation in live if obligation.pk is None)
    Obligation.objects.bulk_update(old, _FIELDS)
    recorder.note({id(each): each for each in [*old, *live]}.values())
    return duties


def _reconcile(each: Written, there: list[Obligation]) -> list[Duty]:
    texts = _texts(each, there)
    duties = []
    for order, (text, obligation) in enumerate(zip_longest(texts, there)):
        if text is None:
            obligation.removed = True
            continue
        new = obligation is None
        obligation = obligation or Obligation()
        obligation.item = each.item
        due_before = each.item.due if new else obligation.due
        # A day set for the obligation alone, by a person, stands.
        if new or obligation.due == each.due_before:
            obligation.due = each.item.due
        obligation.key = each.item.key + (suffix(order) if len(texts) > 1 else "")
        obligation.text, obligation.recurrence, obligation.order = text, each.item.recurrence, order
        duties.append(Duty(obligation, due_before))
    return duties


def _texts(each: Written, there: list[Obligation]) -> list[str]:
    """The texts of the obligations: as the person split the row, else as the ledger has them while the text stands."""
    texts = [text for _key, text in each.row.duties]
    if "parts" in each.row.edited or len(there) < 2 or each.text_before is None:
        return texts
    if bare(each.text_before) == bare(each.row.text):
        return [obligation.text for obligation in there]
    return each.row.proposed if len(each.row.proposed) == len(there) else texts


def _free_keys(obligations: Sequence[Obligation]) -> None:
    """Set keys that move aside first, so that 19a and 19b may follow their item to 20a and 20b in any order."""
    kept = dict(Obligation.objects.filter(pk__in=[each.pk for each in obligations]).values_list("pk", "key"))
    for each in obligations:
        if kept[each.pk] != each.key:
            Obligation.objects.filter(pk=each.pk).update(key=f"~{each.pk}")
