"""`manage work`: one worker process — the task queue, and the periodic jobs every minute."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gongkai.foundation.schedules.worker import Loop


class Command(BaseCommand):
    help = _("启动一个后台任务进程：处理任务队列，每分钟检查到期的定时任务；Ctrl-C 或 SIGTERM 停止。")

    def handle(self, *args: Any, **options: Any) -> None:
        Loop().run()
