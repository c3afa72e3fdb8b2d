"""Writing events. Every service that changes a record does so inside `change`, or calls `record`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.models import Audited, Event

_collected: ContextVar[list[Event] | None] = ContextVar("collected events", default=None)


@contextmanager
def collecting() -> Iterator[list[Event]]:
    """The events recorded inside the block, in order; used to answer “what did this act record”."""
    events: list[Event] = []
    token = _collected.set(events)
    try:
        yield events
    finally:
        _collected.reset(token)


def build(
    verb: str,
    subject: models.Model | None,
    *,
    actor: User | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    effective_at: datetime | None = None,
    body_id: int | None = None,
) -> Event:
    """An event not yet written, for `record_many`. `actor` None means the system itself."""
    now = clock.now()
    if body_id is None and isinstance(subject, Audited):
        body_id = subject.event_body_id()
    return Event(
        verb=verb,
        actor=actor,
        content_type=ContentType.objects.get_for_model(subject) if subject is not None else None,
        object_id=subject.pk if subject is not None else None,
        body_id=body_id,
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
        details=dict(details or {}),
        effective_at=effective_at or now,
        recorded_at=now,
    )


def record(verb: str, subject: models.Model | None, *, actor: User | None, **facts: Any) -> Event:
    """Write one event; `facts` as in `build`."""
    return record_many([build(verb, subject, actor=actor, **facts)])[0]


def record_many(events: Iterable[Event]) -> list[Event]:
    """Write many events at once."""
    written = list(events)
    if len(written) == 1:
        written[0].save()
    else:
        Event.objects.bulk_create(written, batch_size=500)
    collected = _collected.get()
    if collected is not None:
        collected.extend(written)
    return written


@contextmanager
def change(
    subject: Audited,
    verb: str,
    *,
    actor: User | None,
    reason: str = "",
    effective_at: datetime | None = None,
    details: Mapping[str, Any] | None = None,
) -> Iterator[None]:
    """Save `subject` as the block leaves it and record what changed, both or neither.

    “From” is what the database holds, not what the caller's copy held: the record must add up to the real state.
    """
    with transaction.atomic():
        stored = type(subject)._base_manager.select_for_update().filter(pk=subject.pk).first() if subject.pk else None
        before = stored.audited_state() if stored is not None else {}
        yield
        subject.save()
        after = subject.audited_state()
        changed = {name for name in after if name not in before or before[name] != after[name]}
        record(
            verb,
            subject,
            actor=actor,
            before={name: before[name] for name in before if name in changed},
            after={name: after[name] for name in after if name in changed},
            reason=reason,
            effective_at=effective_at,
            details=details,
        )
