"""Digests, and what is tried again."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.notifications.delivery import deliver
from gongkai.foundation.schedules import Every, job


@job("notifications.deliver", _("发送通知邮件"), every=Every.HOUR)
def send_waiting(day: date) -> int:
    return deliver()
