"""The clock of a record (公开时限): Article 26's twenty working days from formation, or the kind's own."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from gongkai.core.workdays import Clock
from gongkai.disclosure.declaring import Kind


def clock_of(kind: Kind, formed_on: date) -> Clock:
    """The deadline of what was formed on the day, with its working (`steps`)."""
    return Clock(kind.limit.term, formed_on)


def posting_ends(kind: Kind, published_on: date) -> datetime | None:
    """公示期满: the end of the last day of the posting; None for a kind without one."""
    if kind.posting is None:
        return None
    last = Clock(kind.posting.term, published_on).due
    return timezone.make_aware(datetime.combine(last, time(23, 59))) if last else None
