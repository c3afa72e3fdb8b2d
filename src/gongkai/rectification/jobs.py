"""What is done every day: exceptions that ended, findings of all sources, telling who is above of what is late."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.schedules import Every, job
from gongkai.rectification import services


class SourcesFailed(Exception):
    """Some sources failed; the others were collected. The run is shown as failed, and tried again."""


@job("rectification.expire", _("整改例外到期"), every=Every.DAY, at=time(0, 10))
def expire(day: date) -> int:
    return services.expire_exceptions(None, day)


@job("rectification.collect", _("采集整改问题"), every=Every.DAY, at=time(4, 0))
def collect(day: date) -> int:
    runs = services.collect(None)
    failed = [run for run in runs if run.failed]
    if failed:
        raise SourcesFailed(gettext("采集失败的来源：%s") % "；".join(f"{run.source}（{run.error}）" for run in failed))
    return sum(run.found for run in runs)


@job("rectification.escalate", _("整改逾期报告"), every=Every.DAY, at=time(8, 50))
def escalate(day: date) -> int:
    return services.escalate(None, day)
