"""Sending what waits: one message per person and channel, tried again when it fails, never lost."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta
from itertools import groupby

from gongkai.foundation import clock
from gongkai.foundation.notifications.channels import Channel, channels
from gongkai.foundation.notifications.models import Delivery, DeliveryState, Preference

logger = logging.getLogger("gongkai.notifications")

ATTEMPTS = 8  # about two days and a half
FIRST_PAUSE = timedelta(minutes=30)  # doubled with every further failure
LONGEST_PAUSE = timedelta(hours=12)
BROKEN_AFTER = timedelta(minutes=30)  # a sender that went down leaves its claim behind


def deliver() -> int:
    """Send everything that may leave now; the number of messages sent."""
    now = clock.now()
    Delivery.objects.filter(state=DeliveryState.SENDING, claimed_at__lt=now - BROKEN_AFTER).update(
        state=DeliveryState.PENDING, claim=""
    )
    waiting = Delivery.objects.filter(state=DeliveryState.PENDING)
    waiting.filter(notification__read_at__isnull=False).update(state=DeliveryState.NEEDLESS)
    return sum(_deliver_through(channel, now) for channel in channels().values())


def _deliver_through(channel: Channel, now: datetime) -> int:
    waiting = (
        Delivery.objects.filter(state=DeliveryState.PENDING, channel=channel.key, not_before__lte=now)
        .select_related("notification__recipient")
        .order_by("notification__recipient", "notification__created_at", "pk")
    )
    preferences = {preference.user_id: preference for preference in Preference.objects.all()}
    sent = 0
    for user_id, group in groupby(list(waiting), key=lambda delivery: delivery.notification.recipient_id):
        wishes = preferences.get(user_id) or Preference()
        leaving = [delivery for delivery in group if wishes.lets_out(delivery.notification, now)]
        mine = _claim(leaving, now)
        if mine:
            sent += _send(channel, mine, now)
    return sent


def _claim(leaving: list[Delivery], now: datetime) -> list[Delivery]:
    """Those of `leaving` that no other process is sending."""
    claim = secrets.token_hex(8)
    ids = [delivery.pk for delivery in leaving]
    free = Delivery.objects.filter(pk__in=ids, state=DeliveryState.PENDING)
    if not free.update(state=DeliveryState.SENDING, claim=claim, claimed_at=now):
        return []
    taken = set(Delivery.objects.filter(pk__in=ids, claim=claim).values_list("pk", flat=True))
    return [delivery for delivery in leaving if delivery.pk in taken]


def _send(channel: Channel, deliveries: list[Delivery], now: datetime) -> int:
    notices = [delivery.notification for delivery in deliveries]
    try:
        channel.send(notices[0].recipient, notices)
    except Exception as error:  # an adapter's fault must not keep others from their messages
        # What a mail server says names the address; the log does not.
        kind = type(error.__cause__ or error).__name__
        logger.warning("%s to user %s failed: %s", channel.key, notices[0].recipient_id, kind)
        for delivery in deliveries:
            _put_off(delivery, str(error) or type(error).__name__, now)
        return 0
    ids = [delivery.pk for delivery in deliveries]
    Delivery.objects.filter(pk__in=ids).update(state=DeliveryState.SENT, sent_at=now, error="", claim="")
    return 1


def _put_off(delivery: Delivery, error: str, now: datetime) -> None:
    delivery.attempts += 1
    delivery.error, delivery.claim = error[:2000], ""
    delivery.state = DeliveryState.FAILED if delivery.attempts >= ATTEMPTS else DeliveryState.PENDING
    delivery.not_before = now + min(FIRST_PAUSE * 2 ** (delivery.attempts - 1), LONGEST_PAUSE)
    delivery.save(update_fields=["attempts", "error", "claim", "state", "not_before"])
