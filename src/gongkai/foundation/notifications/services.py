"""Telling people, and their having read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from gongkai.foundation import clock
from gongkai.foundation.access import SIGNED_IN, Refused, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notifications.channels import channels
from gongkai.foundation.notifications.kinds import Kind
from gongkai.foundation.notifications.models import Delivery, Notification, Preference


def notify(
    recipients: Iterable[User],
    kind: Kind,
    title: str,
    *,
    meaning: str = "",
    todo: str = "",
    link: str = "",
    about: models.Model | None = None,
    once: str = "",
) -> list[Notification]:
    """Tell each of `recipients` (active ones, each once); the notices written.

    title: what happened; meaning: what it means; todo: what to do; link: address inside the product.
    The texts go out by mail: they hold masked excerpts only. once: see `Notification`; it holds too when two tell the
    same at the same moment.
    """
    recipients = list(recipients)
    facts = {
        "kind": kind.key,
        "title": " ".join(title.split())[:200],
        "meaning": meaning,
        "todo": todo,
        "link": link,
        "content_type": ContentType.objects.get_for_model(about) if about is not None else None,
        "object_id": about.pk if about is not None else None,
        "once": once,
    }
    try:
        return _write(_who(recipients, once), kind, facts)
    except IntegrityError:  # somebody told them at this moment, which is seen now
        if not once:
            raise
        return _write(_who(recipients, once), kind, facts)


def _write(people: list[User], kind: Kind, facts: dict[str, Any]) -> list[Notification]:
    notices = [Notification(recipient=user, created_at=clock.now(), **facts) for user in people]
    with transaction.atomic():
        Notification.objects.bulk_create(notices, batch_size=500)
        Delivery.objects.bulk_create(_deliveries(notices), batch_size=500)
        if notices and (kind.urgent or kind.wakes):
            transaction.on_commit(_send_now)
    return notices


@verb("notifications.read", _("将通知标为已读"), *SIGNED_IN)
def mark_read(actor: User | None, notice: Notification) -> Notification:
    if actor is None or notice.recipient_id != actor.pk:
        raise Refused(_("只能处理发给本人的通知"))
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


@verb("notifications.read_all", _("将全部通知标为已读"), *SIGNED_IN)
def mark_all_read(actor: User | None) -> int:
    """How many were unread."""
    return Notification.objects.filter(recipient=actor, read_at=None).update(read_at=clock.now())


def _who(recipients: Iterable[User], once: str) -> list[User]:
    people = {user.pk: user for user in recipients if user.is_active}
    if once:
        told = Notification.objects.filter(once=once, recipient__in=people).values_list("recipient_id", flat=True)
        people = {pk: user for pk, user in people.items() if pk not in set(told)}
    return list(people.values())


def _deliveries(notices: list[Notification]) -> list[Delivery]:
    muted = dict(
        Preference.objects.filter(user__in=[notice.recipient_id for notice in notices]).values_list("user_id", "muted")
    )
    return [
        Delivery(notification=notice, channel=key, not_before=notice.created_at)
        for notice in notices
        for key, channel in channels().items()
        if key not in muted.get(notice.recipient_id, []) and channel.reaches(notice.recipient)
    ]


def _send_now() -> None:
    from gongkai.foundation.notifications.tasks import deliver_urgent

    deliver_urgent.enqueue()
