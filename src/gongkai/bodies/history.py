"""Events in words: who did what, when, and what changed from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, ForeignKey, prefetch_related_objects
from django.utils.translation import gettext as _

from gongkai.bodies.models import Deputy, RoleHolding
from gongkai.foundation.access import verbs
from gongkai.foundation.events.models import Event, EventQuerySet

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as it is read."""

    at: datetime
    recorded_at: datetime
    actor: str
    what: str
    about: str
    changes: list[Change]
    reason: str


def entries(events: EventQuerySet, *, about: bool = True) -> list[Entry]:
    """The newest events in words; about: whether to say whom or what each concerns."""
    rows = list(events.select_related("actor").order_by("-effective_at", "-id").prefetch_related("subject")[:SHOWN])
    subjects = [event.subject for event in rows]
    prefetch_related_objects([s for s in subjects if isinstance(s, RoleHolding)], "user", "body")
    prefetch_related_objects([s for s in subjects if isinstance(s, Deputy)], "user", "holding__user", "holding__body")
    words: dict[tuple[str, Any], str] = {}
    return [_entry(event, about, words) for event in rows]


def _entry(event: Event, about: bool, words: dict[tuple[str, Any], str]) -> Entry:
    named = [name for name in event.after if event.before.get(name) or event.after[name]]
    # What a new record belongs to is said already by what the event is about.
    names = [name for name in named if event.before or not isinstance(_field(event, name), ForeignKey)]
    return Entry(
        event.effective_at,
        event.recorded_at,
        str(event.actor) if event.actor else _("系统"),
        str(verbs.get(event.verb).label) if event.verb in verbs else event.verb,
        str(event.subject) if about and event.subject else "",
        [
            Change(
                _label(event, name),
                _word(event, name, event.before.get(name), words),
                _word(event, name, event.after[name], words),
            )
            for name in names
        ],
        event.reason,
    )


def _field(event: Event, name: str) -> Field[Any, Any] | None:
    kind = ContentType.objects.get_for_id(event.content_type_id) if event.content_type_id else None
    model = kind.model_class() if kind else None
    fields = {field.name: field for field in (*model._meta.concrete_fields, *model._meta.many_to_many)} if model else {}
    return fields.get(name)


def _label(event: Event, name: str) -> str:
    field = _field(event, name)
    return str(field.verbose_name) if field else name


def _word(event: Event, name: str, value: Any, words: dict[tuple[str, Any], str]) -> str:
    """A value as people read it: the label of a choice, the name of a record."""
    field = _field(event, name)
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(field, ForeignKey):
        key = (field.related_model._meta.label, value)
        if key not in words:
            words[key] = str(field.related_model._default_manager.filter(pk=value).first() or value)
        return words[key]
    choices = dict(field.flatchoices) if field is not None else {}
    return str(choices.get(value, value))
