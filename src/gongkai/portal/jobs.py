"""What the portal does by the clock: pages whose time has come, and those whose time is over."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.schedules import Every, job
from gongkai.portal.services import end_due, publish_due


@job("portal.timed", _("定时公开、公示期满撤下"), every=Every.HOUR)
def timed(day: date) -> int:
    return end_due() + publish_due()
