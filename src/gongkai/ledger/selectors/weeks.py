"""What happened to assignments in one week, Monday to Sunday, by the record of events."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef

from gongkai.foundation.events.models import Event
from gongkai.ledger.models import Assignment
from gongkai.ledger.reconstruct import midnight_after

ACTS = {"submitted": "ledger.submit", "closed": "ledger.close", "returned": "ledger.return"}


def happened(act: str, week: date) -> Exists:
    """The condition that `act` was done to an assignment at least once in the week that begins on that day."""
    return Exists(
        Event.objects.filter(
            content_type=ContentType.objects.get_for_model(Assignment),
            object_id=OuterRef("pk"),
            verb=ACTS[act],
            effective_at__gte=midnight_after(week - timedelta(days=1)),
            effective_at__lt=midnight_after(week + timedelta(days=6)),
        )
    )
