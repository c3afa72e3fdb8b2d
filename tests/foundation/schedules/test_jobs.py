"""What the house does for its own tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from gongkai.foundation.schedules import jobs
from gongkai.foundation.schedules.models import JobRun


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts its tables by itself")
def test_the_database_learns_how_large_its_tables_are(db):
    day = date(2026, 6, 1)
    hour = datetime(2026, 6, 1, tzinfo=UTC)
    periods = [hour + timedelta(hours=n) for n in range(30)]
    JobRun.objects.bulk_create(JobRun(key="ledger.urge", period=one, started_at=one) for one in periods)
    jobs.analyse(day)
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [JobRun._meta.db_table])
        assert {row[0].split()[0] for row in cursor.fetchall()} == {"30"}
