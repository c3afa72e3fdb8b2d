"""What happens to pages by what was decided at the gate: published, taken down, and ended when their time is over."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import DraftStateMixin, Revision

from gongkai.foundation import clock
from gongkai.foundation.registries import reviewables
from gongkai.portal.alone import held
from gongkai.portal.identity import identify
from gongkai.review import register
from gongkai.review.choke import NotOpen, kind_of
from gongkai.review.models import Release, State

__all__ = ["complete_draft", "end_due", "identify", "publish_approved", "publish_due", "take_down"]

logger = logging.getLogger("gongkai.portal")


def complete_draft(page: Any) -> Any:
    """The newest draft of a page as it would be put forward; refused while something required is missing."""
    draft = page.specific_class.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.full_clean()
    entry = reviewables.get(kind_of(type(draft)) or "")
    if entry.complete is not None:
        entry.complete(draft)
    return draft


@transaction.atomic
def publish_approved(page: Any) -> None:
    """Make public what was signed: the newest draft, now or at its time. The choke compares it with the signature."""
    page = held(page)
    newest = page.get_latest_revision() if page.has_unpublished_changes else None
    (newest or page.save_revision(clean=False)).publish()


@transaction.atomic
def take_down(page: Any) -> None:
    """Out of public view at once, and out of what waits for its time."""
    page = held(page)
    page.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    UnpublishPageAction(page).execute(skip_permission_checks=True)


def publish_due() -> int:
    """定时公开: what was signed for a time that has come. Returns how many became public.

    One that is no longer what was signed loses its time and stops nobody else.
    """
    due = Revision.objects.filter(approved_go_live_at__lte=clock.now()).order_by("approved_go_live_at")
    return sum(_publish(revision) for revision in due)


def _publish(revision: Revision) -> bool:
    try:
        with transaction.atomic():
            held(revision.content_object)
            still = Revision.objects.filter(pk=revision.pk, approved_go_live_at__lte=clock.now()).first()
            if still is None:  # another worker came first, or it was taken back
                return False
            still.publish(log_action="wagtail.publish.scheduled")
            _note(still)
        return True
    except NotOpen:
        logger.warning("page %s was to become public at its time, but is not what was signed", revision.object_id)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        return False


def _note(revision: Revision) -> None:
    """The register learns when what was signed for a later time became public."""
    signed = Release.objects.filter(content_type=revision.content_type, object_id=int(revision.object_id))
    release = signed.filter(state=State.APPROVED).first()
    if release is not None:
        register.note_public(release, None)


def end_due() -> int:
    """公示期满: what has been shown for its time is taken down. Returns how many were."""
    shown = [record for model in _drafted() for record in model.objects.filter(live=True, expire_at__lte=clock.now())]
    return sum(_end(record) for record in shown)


@transaction.atomic
def _end(record: Any) -> bool:
    record = held(record)
    if not record.live or record.expire_at is None or record.expire_at > clock.now():
        return False  # another worker came first, or it was given more time
    record.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _drafted() -> list[Any]:
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, DraftStateMixin) and kind_of(model)]
