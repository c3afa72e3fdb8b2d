"""What happens to pages: put forward by people; published, taken down and ended by what the gate decided."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import DraftStateMixin, Revision

from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.review import services as review
from gongkai.review.choke import NotOpen, kind_of
from gongkai.review.models import Release

logger = logging.getLogger("gongkai.portal")


def put_forward(actor: User, page: Any, note: str = "") -> Release:
    """报送审查 of the newest draft, which must be complete; who may do it is settled by `review.request`."""
    kind = kind_of(page.specific_class)
    if kind is None:
        raise ValidationError(_("这类页面不经审查，也不公开"))
    draft = page.specific_class.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.full_clean()
    until = timezone.localdate(draft.expire_at) if draft.expire_at else None
    return review.request(actor, kind, page.pk, note, show_until=until)


def publish_approved(page: Any) -> None:
    """Make public what was signed: the newest draft, now or at its time. The choke compares it with the signature."""
    page = type(page).objects.get(pk=page.pk)
    newest = page.get_latest_revision() if page.has_unpublished_changes else None
    (newest or page.save_revision(clean=False)).publish()


def take_down(page: Any) -> None:
    """Out of public view at once, and out of what waits for its time."""
    page = type(page).objects.get(pk=page.pk)
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
        revision.publish(log_action="wagtail.publish.scheduled")
        return True
    except NotOpen:
        logger.warning("page %s was to become public at its time, but is not what was signed", revision.object_id)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        return False


def end_due() -> int:
    """公示期满: what has been shown for its time is taken down. Returns how many were."""
    ended = [record for model in _drafted() for record in model.objects.filter(live=True, expire_at__lte=clock.now())]
    for record in ended:
        record.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return len(ended)


def _drafted() -> list[Any]:
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, DraftStateMixin) and kind_of(model)]
