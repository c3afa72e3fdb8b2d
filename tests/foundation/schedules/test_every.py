"""Periods begin where the calendar says, and follow each other without gap or overlap."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foundation.schedules import Every, Job


def local(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


moments = st.datetimes(datetime(2000, 1, 1), datetime(2060, 12, 31)).map(timezone.make_aware)
cycles = st.sampled_from(list(Every))


def a_job(every: Every, at: time = time(0), day: int = 1) -> Job:
    return Job("test.job", "任务", every, at, day, 3, timedelta(hours=2), lambda start: None)


@pytest.mark.parametrize(
    ("every", "start"),
    [
        (Every.HOUR, "2026-11-19 09:00"),
        (Every.DAY, "2026-11-19 00:00"),
        (Every.WEEK, "2026-11-16 00:00"),
        (Every.MONTH, "2026-11-01 00:00"),
        (Every.QUARTER, "2026-10-01 00:00"),
        (Every.YEAR, "2026-01-01 00:00"),
    ],
)
def test_the_start_of_a_period(every, start):
    assert every.start(local("2026-11-19 09:41:27")) == local(start)


@given(cycles, moments)
def test_a_moment_lies_in_its_period(every, moment):
    start = every.start(moment)
    assert start <= moment < every.after(start)


@given(cycles, moments)
def test_periods_follow_each_other(every, moment):
    start = every.start(moment)
    assert every.start(start) == start
    assert every.before(every.after(start)) == start
    assert every.after(every.before(start)) == start


@given(cycles, moments, st.times(), st.integers(1, 7))
def test_the_latest_due_period_is_due_and_the_next_is_not(every, moment, at, day):
    job = a_job(every, at.replace(microsecond=0, second=0), day if every not in (Every.DAY, Every.HOUR) else 1)
    newest = job.latest(moment)
    assert job.due(newest) <= moment < job.due(every.after(newest))


def test_the_day_and_time_within_a_period():
    monthly = a_job(Every.MONTH, time(8, 30), day=5)
    assert monthly.due(local("2026-02-01")) == local("2026-02-05 08:30")
    assert monthly.latest(local("2026-02-05 08:29")) == local("2026-01-01")
    assert monthly.latest(local("2026-02-05 08:30")) == local("2026-02-01")


def test_of_an_hourly_job_only_the_minutes_count():
    assert a_job(Every.HOUR, time(7, 20)).due(local("2026-02-01 03:00")) == local("2026-02-01 03:20")


@given(cycles, moments, st.integers(0, 400))
def test_missed_periods_lie_between_and_are_bounded(every, moment, days):
    job = a_job(every)
    newest = every.start(moment)
    last = every.start(moment - timedelta(days=days))
    missed = list(job.missed(newest, last))
    assert len(missed) <= every.made_up - 1
    assert all(last < start < newest for start in missed)
    assert missed == sorted(missed, reverse=True)
