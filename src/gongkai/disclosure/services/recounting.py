"""The kept due dates, counted anew: a new holiday notice, or a changed declaration, moves them."""

from __future__ import annotations

from gongkai.disclosure.clocks import clock_of
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.models import RecordPage


def recount() -> int:
    """Correct `due_on` of what is not public yet; how many moved. Nothing the public sees is touched."""
    moved = 0
    waiting = RecordPage.objects.filter(first_published_at__isnull=True, formed_on__isnull=False, kind__in=kinds())
    for record in waiting.only("kind", "formed_on", "due_on").iterator(chunk_size=500):
        due = clock_of(kinds()[record.kind], record.formed_on).due if record.formed_on else None
        if due != record.due_on:
            moved += RecordPage.objects.filter(pk=record.pk).update(due_on=due)
    return moved
