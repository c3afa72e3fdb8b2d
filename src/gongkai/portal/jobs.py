"""What the portal does by the clock: pages whose time has come or is over, columns that wait for content."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.schedules import Every, job
from gongkai.portal.duty.telling import remind
from gongkai.portal.feeding import feed_all
from gongkai.portal.links.services import check_all
from gongkai.portal.merging import settle_merged
from gongkai.portal.services import end_due, publish_due


@job("portal.timed", _("定时公开、公示期满撤下"), every=Every.HOUR)
def timed(day: date) -> int:
    return end_due() + publish_due()


@job("portal.feed", _("核对栏目最近更新日期"), every=Every.DAY, at=time(1, 0))
def count_again(day: date) -> int:
    return feed_all()


@job("portal.remind", _("提醒更新栏目"), every=Every.DAY, at=time(8, 30))
def remind_owners(day: date) -> int:
    return remind(day)


@job("portal.merge", _("归并已撤销单位的专栏"), every=Every.DAY, at=time(0, 30))
def merge_ended(day: date) -> int:
    return settle_merged()


@job("portal.links", _("检查公开内容的链接"), every=Every.DAY, at=time(3, 0))
def links(day: date) -> int:
    return check_all()
