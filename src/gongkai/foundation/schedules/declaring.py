"""Declaring a periodic job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from gongkai.foundation.registries import Label, Registry
from gongkai.foundation.schedules.every import Every

# Given the first day of its period; the number of things it did, or None when there is nothing to count.
Work = Callable[[date], int | None]


@dataclass(frozen=True, slots=True)
class Job:
    """定时任务: `function` runs once in every period, `day` days and the time `at` after its beginning.

    attempts: how often it is tried within its period when it fails.
    limit: a run that has not ended after this time is taken for broken off (the machine went down).
    """

    key: str
    label: Label
    every: Every
    at: time
    day: int
    attempts: int
    limit: timedelta
    function: Work = field(compare=False)

    def due(self, start: datetime) -> datetime:
        """When the job of the period beginning at `start` is to run."""
        offset = timedelta(minutes=self.at.minute)
        if self.every is not Every.HOUR:
            offset += timedelta(days=self.day - 1, hours=self.at.hour)
        return start + offset

    def latest(self, now: datetime) -> datetime:
        """The start of the newest period whose job is due at `now`."""
        start = self.every.start(now)
        return start if self.due(start) <= now else self.every.before(start)

    def missed(self, newest: datetime, last_run: datetime) -> Iterator[datetime]:
        """The periods after `last_run` and before `newest` to make up for, newest first."""
        start = newest
        for _ in range(self.every.made_up - 1):
            start = self.every.before(start)
            if start <= last_run:
                return
            yield start


periodic_jobs: Registry[Job] = Registry("jobs")


def job(
    key: str,
    label: Label,
    *,
    every: Every,
    at: time = time(0),
    day: int = 1,
    attempts: int = 3,
    limit: timedelta = timedelta(hours=2),
) -> Callable[[Work], Work]:
    """Declare the function below as a job; see `Job`. Of an hourly job only the minutes of `at` count.

    The function must bear being run again after having failed half-way.
    """

    def declare(function: Work) -> Work:
        periodic_jobs.register(Job(key, label, every, at, day, attempts, limit, function))
        return function

    return declare
