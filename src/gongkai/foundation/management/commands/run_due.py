"""`manage run_due`: what the worker would do now, once, and come back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.foundation.schedules.models import RunState
from gongkai.foundation.schedules.services import run_due
from gongkai.foundation.schedules.worker import drain


class Command(BaseCommand):
    help = _("执行到期的定时任务，处理完后台队列后返回。有任务失败时退出码为 1。")

    def handle(self, *args: Any, **options: Any) -> None:
        drain()
        runs = run_due()
        drain()
        for run in runs:
            result = run.error if run.state == RunState.FAILED else run.get_state_display()
            self.stdout.write(f"{run.label}（{timezone.localtime(run.period):%Y-%m-%d %H:%M}）：{result}")
        if any(run.state == RunState.FAILED for run in runs):
            raise SystemExit(1)
