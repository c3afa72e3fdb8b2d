"""The choke: whatever has a draft state goes live, and stays live, through an open gate alone (invariant 1).

Asked before every save, so that no caller finds a way around it: publishing, schedules, reverts, copies, moves,
workflows, bulk actions, superusers, commands and the shell all end in a save. What writes without one (`update`,
`bulk_create`, SQL) is caught where the public looks: `is_public`.

A kind that was never registered as reviewable cannot go live at all, so a new model needs nothing to be safe.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page, Revision

from gongkai.foundation import clock
from gongkai.foundation.access import Refused
from gongkai.foundation.registries import reviewables
from gongkai.review import gate
from gongkai.review.digests import sm3


class NotOpen(Refused):
    """What would become public has not passed the gate, or is no longer what passed it."""


def kind_of(model: type[Model]) -> str | None:
    """The key under which exactly this model is reviewable."""
    return next((entry.key for entry in reviewables if entry.model is model), None)


def is_exempt(model: type[Model]) -> bool:
    """Whether the model itself says (`needs_no_review`) why nothing of it is reviewed; its children inherit nothing."""
    return bool(model.__dict__.get("needs_no_review"))


def has_ended(record: Any) -> bool:
    """公示期满: whether the time for which it was to be shown is over."""
    return record.expire_at is not None and record.expire_at <= clock.now()


def is_public(record: Any) -> bool:
    """Whether the public may see `record`, exactly as it is now. Nothing is cached here (ADR 9)."""
    if not record.live or has_ended(record):
        return False
    kind = kind_of(type(record))
    return gate.is_open(kind, record) if kind is not None else is_exempt(type(record))


def hold(instance: Model, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Receiver of `pre_save`, for every model: what has not passed the gate is not saved live.

    A new record is a draft whatever its copy or its maker says, and an alias always; anything else is refused.
    """
    if raw:  # fixtures come in any order; what they bring is judged when the public looks
        return
    if isinstance(instance, Revision):
        _hold_schedule(instance, update_fields)
    elif isinstance(instance, DraftStateMixin) and instance.live and not _stands_apart(instance):
        if instance._state.adding or getattr(instance, "alias_of_id", None):
            _make_draft(instance)
        else:
            _hold_change(instance, update_fields)


def _stands_apart(instance: Any) -> bool:
    """The root of the tree, which has no address, and what needs no review."""
    model = instance.specific_class if isinstance(instance, Page) and instance.pk else type(instance)
    return is_exempt(model or type(instance)) or (type(instance) is Page and instance.depth == 1)


def _make_draft(instance: Any) -> None:
    instance.live, instance.has_unpublished_changes = False, True
    instance.live_revision = instance.first_published_at = instance.last_published_at = None


def _hold_change(instance: Any, update_fields: Iterable[str] | None) -> None:
    """Refuse to make it live, or to change what the public sees of it, behind the gate's back."""
    before = _stored(instance)
    after = _as_saved(instance, before, update_fields)
    kind = kind_of(type(after))
    if not after.live or (kind is not None and gate.is_open(kind, after)):
        return
    if before.live and (kind is None or _sees_no_difference(kind, before, after)):
        return
    raise NotOpen(_("“%s”没有通过发布审查，或者与签发的内容不一致，不能公开") % after)


def _sees_no_difference(kind: str, before: Any, after: Any) -> bool:
    digest = reviewables.get(kind).digest
    return sm3(digest(before)) == sm3(digest(after))


def _stored(instance: Any) -> Any:
    """The record as the database has it, a page with the fields of its own kind."""
    model = (instance.specific_class or type(instance)) if isinstance(instance, Page) else type(instance)
    return model._base_manager.get(pk=instance.pk)


def _as_saved(instance: Any, stored: Any, update_fields: Iterable[str] | None) -> Any:
    """The record as it will be: all of `instance`, or what is stored with the saved fields laid over it."""
    if update_fields is None and type(instance) is type(stored):
        return instance
    after = _stored(instance)
    names = None if update_fields is None else set(update_fields)
    for field in instance._meta.concrete_fields:
        if names is None or field.name in names or field.attname in names:
            setattr(after, field.attname, getattr(instance, field.attname))
    return after


def _hold_schedule(revision: Revision, update_fields: Iterable[str] | None) -> None:
    """定时公开: a day is set for nothing that has not passed the gate."""
    scheduled = update_fields is None or "approved_go_live_at" in update_fields
    if revision.approved_go_live_at is None or not scheduled:
        return
    record = revision.as_object()
    kind = kind_of(type(record))
    if is_exempt(type(record)) or (kind is not None and gate.is_open(kind, record)):
        return
    raise NotOpen(_("“%s”没有通过发布审查，不能设定公开时间") % record)
