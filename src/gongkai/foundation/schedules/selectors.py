"""How the jobs stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from gongkai.foundation import clock
from gongkai.foundation.schedules.declaring import Job, periodic_jobs
from gongkai.foundation.schedules.models import JobRun, RunState


@dataclass(frozen=True, slots=True)
class Standing:
    """One job with its last run (None: it never ran), its last failure and when it is due next."""

    job: Job
    last: JobRun | None
    last_failure: JobRun | None
    next_due: datetime


def overview() -> list[Standing]:
    """Every declared job, in the order of the keys; two queries however many jobs."""
    last = _newest(JobRun.objects.all())
    failures = _newest(JobRun.objects.filter(state=RunState.FAILED))
    return [Standing(job, last.get(job.key), failures.get(job.key), _next_due(job)) for job in periodic_jobs]


def _newest(runs: QuerySet[JobRun]) -> dict[str, JobRun]:
    newest = runs.order_by().values("key").annotate(newest=Max("pk")).values("newest")
    return {run.key: run for run in JobRun.objects.filter(pk__in=newest)}


def _next_due(job: Job) -> datetime:
    now = clock.now()
    start = job.every.start(now)
    return job.due(start) if job.due(start) > now else job.due(job.every.after(start))
