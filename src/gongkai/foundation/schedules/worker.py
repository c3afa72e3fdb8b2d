"""Working off the task queue in this process."""

from __future__ import annotations

import signal
import time
from types import FrameType

from django.conf import settings
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks import task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker

from gongkai.foundation.schedules.services import enqueue_due

BATCH = 20  # tasks between two looks at the clock
POLL = 1.0  # seconds between two looks at an empty queue
TICK = 60.0  # seconds between two looks at the jobs


def queue_worker(max_tasks: int | None = None) -> Worker | None:
    """A worker that ends when the queue is empty; None when another engine (Celery) works the queue off."""
    if not isinstance(task_backends["default"], DatabaseBackend):
        return None
    return Worker(
        queue_names=list(settings.TASKS["default"]["QUEUES"]),
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=max_tasks,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def drain() -> None:
    """Run every task of the queue, those that they enqueue included."""
    worker = queue_worker()
    if worker is not None:
        worker.run()


class Loop:
    """Jobs and tasks until told to stop; the task at hand is finished first, a second signal does not wait."""

    def __init__(self) -> None:
        self.stopping = False
        self.worker = queue_worker(BATCH)

    def stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True
        if self.worker is not None:
            self.worker.running = False
        signal.signal(signum, signal.SIG_DFL)

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        next_tick = time.monotonic()
        while not self.stopping:
            close_old_connections()
            if time.monotonic() >= next_tick:
                enqueue_due()
                next_tick = time.monotonic() + TICK
            self._work()
            if not self.stopping:
                time.sleep(POLL)

    def _work(self) -> None:
        self.worker = queue_worker(BATCH)
        if self.worker is not None and not self.stopping:
            self.worker.run()
