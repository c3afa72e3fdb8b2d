"""The inbox of a person."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q, QuerySet

from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notifications.channels import channels
from gongkai.foundation.notifications.models import Delivery, DeliveryState, Notification
from gongkai.foundation.registries import Label

RECENT = timedelta(days=7)


def inbox(user: User, *, unread_only: bool = False) -> QuerySet[Notification]:
    """The notices to `user`, newest first."""
    notices = Notification.objects.filter(recipient=user)
    return notices.filter(read_at=None) if unread_only else notices


def unread_count(user: User) -> int:
    return inbox(user, unread_only=True).count()


def notices_about(subject: Model) -> QuerySet[Notification]:
    """Who was told about this record, newest first."""
    kind = ContentType.objects.get_for_model(subject)
    return Notification.objects.filter(content_type=kind, object_id=subject.pk).select_related("recipient")


def undelivered() -> QuerySet[Delivery]:
    """What did not get through and is not tried any more."""
    return Delivery.objects.filter(state=DeliveryState.FAILED).select_related("notification__recipient")


def stuck() -> list[tuple[Label, int]]:
    """Channels whose last tries failed, with the number of notices that wait or were given up; nobody's name."""
    failing = Delivery.objects.filter(Q(state=DeliveryState.FAILED) | Q(state=DeliveryState.PENDING, attempts__gt=0))
    recent = failing.filter(not_before__gte=clock.now() - RECENT)
    counts = recent.order_by().values_list("channel").annotate(total=Count("pk"))
    known = channels()
    return [(known[key].label if key in known else key, total) for key, total in counts]
