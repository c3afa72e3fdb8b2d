"""The record of events in words: what was done, from what to what, by whom, why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongkai.foundation.access import verbs
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.models import Event
from gongkai.ledger.models import Role, State


@dataclass(frozen=True, slots=True)
class Told:
    """One line of history."""

    what: str
    changes: list[tuple[str, str, str]]  # field, from, to
    who: str
    why: str
    when: datetime
    late: bool  # recorded later than it took effect


def told(events: Iterable[Event]) -> list[Told]:
    """The events in words, in the order given."""
    events = list(events)
    people = _people(events)
    return [
        Told(
            what=str(verbs.get(event.verb).label) if event.verb in verbs else event.verb,
            changes=_changes(event, people),
            who=str(event.actor) if event.actor else _("系统"),
            why=event.reason,
            when=event.effective_at,
            late=abs((event.recorded_at - event.effective_at).total_seconds()) > 60,
        )
        for event in events
    ]


def _people(events: list[Event]) -> dict[int, str]:
    """The names behind the numbers of handlers."""
    seen = [state.get("handler") for event in events for state in (event.before or {}, event.after or {})]
    ids = {int(pk) for pk in seen if pk}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)} if ids else {}


def _changes(event: Event, people: dict[int, str]) -> list[tuple[str, str, str]]:
    if not event.before:
        return []
    kind = event.content_type.model_class() if event.content_type else None
    names = {field.name: str(getattr(field, "verbose_name", field.name)) for field in kind._meta.fields} if kind else {}
    return [
        (names.get(name, name), _word(name, event.before.get(name), people), _word(name, value, people))
        for name, value in event.after.items()
    ]


def _word(name: str, value: Any, people: dict[int, str]) -> str:
    labels: dict[str, dict[Any, Any]] = {"state": dict(State.choices), "role": dict(Role.choices), "handler": people}
    if value in (None, ""):
        return _("无")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(labels.get(name, {}).get(value, value))
