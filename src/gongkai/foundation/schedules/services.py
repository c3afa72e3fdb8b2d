"""Finding what is due, and running it: every run is claimed in the database first, so that nobody else runs it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import record
from gongkai.foundation.guard.judging import withheld
from gongkai.foundation.guard.reporting import reporting
from gongkai.foundation.schedules.declaring import Job, periodic_jobs
from gongkai.foundation.schedules.models import JobRun, RunState

logger = logging.getLogger("gongkai.schedules")

RETRY_AFTER = timedelta(minutes=10)  # times the attempts made so far


def run_due() -> list[JobRun]:
    """Run here and now every job that is due at `clock.now()`; the runs, as they ended."""
    return [execute(run) for run in claim_due()]


def enqueue_due() -> int:
    """Hand every due job to the task queue; how many."""
    from gongkai.foundation.schedules.tasks import run_job

    claimed = list(claim_due())
    for run in claimed:
        run_job.enqueue(run.pk)
    return len(claimed)


def claim_due() -> Iterator[JobRun]:
    """The due runs that this process got hold of, in the order of their periods."""
    now = clock.now()
    for job in periodic_jobs:
        _give_up_broken(job, now)
        for start in _due_periods(job, now):
            run = _claim(job, start, now)
            if run is not None:
                yield run


def execute(run: JobRun) -> JobRun:
    """Run a claimed run, unless it has been run meanwhile. A failure is written down, never raised."""
    waiting = JobRun.objects.filter(pk=run.pk, state=RunState.WAITING, attempts=run.attempts)
    if not waiting.update(state=RunState.RUNNING, started_at=clock.now(), finished_at=None):
        run.refresh_from_db()
        return run
    run.refresh_from_db()
    try:
        with reporting("task", run.key):
            run.count = periodic_jobs.get(run.key).function(timezone.localdate(run.period))
        run.state, run.error = RunState.DONE, ""
    except Exception as error:  # whatever a room's job raises, the others must run
        logger.exception("job %s of %s failed", run.key, run.period)
        run.state, run.error = RunState.FAILED, withheld(f"{type(error).__name__}: {error}"[:2000])
    run.finished_at = clock.now()
    run.save()
    return run


@verb("schedules.run_again", _("重新执行定时任务"), Role.SYSADMIN, Role.OFFICE)
def run_again(actor: User | None, run: JobRun) -> JobRun:
    """Put a failed run back into the queue, whatever its number of attempts."""
    from gongkai.foundation.schedules.tasks import run_job

    if not _to_waiting(run, clock.now()):
        raise ValidationError(_("只有失败的任务可以重新执行"))
    record("schedules.run_again", run, actor=actor)
    transaction.on_commit(lambda: run_job.enqueue(run.pk))
    return run


def _due_periods(job: Job, now: datetime) -> list[datetime]:
    """Oldest first. A job that never ran before begins with the present period: it has missed nothing."""
    newest = job.latest(now)
    earlier = JobRun.objects.filter(key=job.key, period__lt=newest).order_by("-period").first()
    if earlier is None:
        return [newest] if newest == job.every.start(now) else []
    return [newest, *job.missed(newest, timezone.localtime(earlier.period))][::-1]


def _claim(job: Job, start: datetime, now: datetime) -> JobRun | None:
    """The run of this period, when it is for this process to run it."""
    run = JobRun.objects.filter(key=job.key, period=start).first()
    if run is not None:
        return run if _may_try_again(job, run, now) and _to_waiting(run, now) else None
    try:
        with transaction.atomic():
            return JobRun.objects.create(key=job.key, period=start, started_at=now)
    except IntegrityError:
        return None  # another process was quicker


def _may_try_again(job: Job, run: JobRun, now: datetime) -> bool:
    """A failed run, as long as its period lasts, attempts are left and some time has passed."""
    if run.state != RunState.FAILED or run.attempts >= job.attempts or run.period != job.latest(now):
        return False
    return run.finished_at is None or now >= run.finished_at + RETRY_AFTER * run.attempts


def _to_waiting(run: JobRun, now: datetime) -> bool:
    failed = JobRun.objects.filter(pk=run.pk, state=RunState.FAILED, attempts=run.attempts)
    taken = failed.update(state=RunState.WAITING, attempts=run.attempts + 1, started_at=now)
    run.refresh_from_db()
    return bool(taken)


def _give_up_broken(job: Job, now: datetime) -> None:
    unfinished = JobRun.objects.filter(key=job.key, state__in=[RunState.WAITING, RunState.RUNNING])
    broken = unfinished.filter(started_at__lt=now - job.limit)
    broken.update(state=RunState.FAILED, finished_at=now, error=str(_("执行中断：进程未能完成该任务")))
