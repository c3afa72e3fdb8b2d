"""The inbox of a person."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from gongkai.foundation.accounts.models import User
from gongkai.foundation.notifications.models import Delivery, DeliveryState, Notification


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
