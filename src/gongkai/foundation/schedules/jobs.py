"""Keeping the tables of runs and tasks small, and what the database knows of all tables true."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext_lazy as _

from gongkai.foundation import clock
from gongkai.foundation.schedules.declaring import job
from gongkai.foundation.schedules.every import Every
from gongkai.foundation.schedules.models import JobRun

RUNS_KEPT = timedelta(days=400)  # the last run of a yearly job is still seen
TASKS_KEPT_DAYS = 14
ROWS_LOOKED_AT = 1000  # of each index, as the documentation of SQLite advises


@job("schedules.prune", _("清理过期的任务记录"), every=Every.DAY, at=time(3, 30))
def prune(day: date) -> int:
    removed, _rows = JobRun.objects.filter(started_at__lt=clock.now() - RUNS_KEPT).delete()
    call_command("prune_db_task_results", min_age_days=TASKS_KEPT_DAYS, queue_name="*", verbosity=0)
    return removed


@job("schedules.analyse", _("更新数据库统计信息"), every=Every.DAY, at=time(3, 45))
def analyse(day: date) -> int:
    """Let SQLite count its tables: without that all are of one size to it, and lists of a large portal slow.

    PostgreSQL does so by itself.
    """
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
        cursor.execute("SELECT COUNT(DISTINCT tbl) FROM sqlite_stat1")
        return int(cursor.fetchone()[0])
