"""What the portal does by the clock: pages whose time has come, and those whose time is over."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.schedules import Every, job
from gongkai.portal.links.services import check_all
from gongkai.portal.services import end_due, publish_due


@job("portal.timed", _("定时公开、公示期满撤下"), every=Every.HOUR)
def timed(day: date) -> int:
    return end_due() + publish_due()


@job("portal.links", _("检查公开内容的链接"), every=Every.DAY, at=time(3, 0))
def links(day: date) -> int:
    return check_all()
