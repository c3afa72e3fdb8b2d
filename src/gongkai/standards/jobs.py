"""What is done every night, before problems are collected: versions, pages outside, the reconciliation."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.schedules import Every, job
from gongkai.standards import services


@job("standards.promote", _("启用到期施行的目录"), every=Every.DAY, at=time(0, 20))
def promote(day: date) -> int:
    return services.promote(None)


@job("standards.look_outside", _("查看目录对应的站外网页"), every=Every.DAY, at=time(1, 30))
def look_outside(day: date) -> int:
    return services.look_outside(None)


@job("standards.reconcile", _("核对标准目录"), every=Every.DAY, at=time(3, 0))
def reconcile(day: date) -> int:
    return services.reconcile(None)
