"""Real processes on the test's database: the worker works and stops; two that look at once do things once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.db import connection

from gongkai.foundation.schedules.models import JobRun, RunState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def environment() -> dict[str, str]:
    """A quiet morning at four: of the product's daily jobs, cleaning up is due."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        user, password, host, port = (database[part] for part in ("USER", "PASSWORD", "HOST", "PORT"))
        url = f"postgres://{user}:{password}@{host}:{port or 5432}/{database['NAME']}"
    return os.environ | {"DATABASE_URL": url, "GONGKAI_NOW": "2026-03-02T04:00:00+08:00"}


@pytest.fixture
def worker(environment) -> Iterator[subprocess.Popen]:
    process = start("work", environment)
    yield process
    process.kill()
    process.communicate()


def start(command: str, environment: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "gongkai.cli", "manage", command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def pruned() -> bool:
    return JobRun.objects.filter(key="schedules.prune", state=RunState.DONE).exists()


def wait_until(condition, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.2)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_runs_what_is_due_and_stops_when_told(worker, number):
    wait_until(pruned)
    worker.send_signal(number)
    output, _ = worker.communicate(timeout=10)
    assert worker.returncode == 0, output
    assert "Traceback" not in output


def test_two_processes_that_look_at_once_run_a_job_once(environment):
    processes = [start("run_due", environment) for _ in range(2)]
    outputs = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outputs
    assert "".join(outputs).count("清理过期的任务记录") == 1
    assert JobRun.objects.get(key="schedules.prune").attempts == 1
