"""Reading the record: the history of one thing, and what it was on a past day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from gongkai.foundation.events.models import Event, EventQuerySet


def history(subject: models.Model) -> EventQuerySet:
    """The events of one record, newest first, with their actors."""
    return Event.objects.about(subject).select_related("actor").order_by("-effective_at", "-id")


def state_on(subject: models.Model, day: date, *, known_by: datetime | None = None) -> dict[str, Any] | None:
    """The audited fields of `subject` at the end of `day`; None when it did not exist yet.

    known_by: leave out what was recorded later, to see what could be known then.
    """
    midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    events = Event.objects.about(subject).filter(effective_at__lt=midnight)
    if known_by is not None:
        events = events.filter(recorded_at__lte=known_by)
    state: dict[str, Any] = {}
    seen = False
    for after in events.values_list("after", flat=True):
        seen = True
        state |= after
    return state if seen else None
