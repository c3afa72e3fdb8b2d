"""What the verbs share: finding and locking records, closing a release, demanding words."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.registries import Reviewable
from gongkai.review.machine import masked
from gongkai.review.models import Release, State
from gongkai.review.register import hold_pen, note_closed


def subject_of(entry: Reviewable, record: int, *, lock: bool = False) -> Model:
    """The record. lock: of two who put it forward at once the second sees what the first did."""
    records = entry.model._default_manager.filter(pk=record)
    subject = (records.select_for_update(no_key=True) if lock else records).first()
    if subject is None:
        raise ValidationError(_("没有编号为“%(id)s”的%(kind)s") % {"id": record, "kind": entry.label})
    return subject


def releases_of(subject: Model) -> QuerySet[Release]:
    content_type = ContentType.objects.get_for_model(subject)
    return Release.objects.select_for_update().filter(content_type=content_type, object_id=subject.pk).order_by("pk")


def locked(release: Release) -> Release:
    """The row as it is now, held until the transaction ends: of two deciders the second sees what the first did."""
    hold_pen()
    return Release.objects.select_for_update(of=("self",)).get(pk=release.pk)


def waiting(release: Release) -> Release:
    """The same, refused when it waits no longer."""
    release = locked(release)
    if release.state != State.WAITING:
        raise ValidationError(_("“%(title)s”%(state)s，不能重复办理") % named(release))
    return release


def close(release: Release, state: State, verb_key: str, actor: User | None, reason: str, notice: str = "") -> None:
    """`notice`, what the public reads instead, passes no review: personal data in it stand masked."""
    with change(release, verb_key, actor=actor, reason=reason):
        release.state, release.notice = state, masked(notice)
        release.closed_by, release.closed_at, release.closed_reason = actor, clock.now(), reason
    note_closed(release)


def named(release: Release) -> dict[str, str]:
    return {"title": release.title, "state": release.get_state_display()}
