"""A worker that is killed while it screens: what it finished stands, the rest is gone over afterwards, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection

from gongkai.foundation.schedules.declaring import periodic_jobs
from gongkai.review.models import Recall, RunState
from gongkai.review.services import begin_rescreening
from gongkai.review.services.rescreening import go_over

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WORKER = """
import sys, time, django
django.setup()
from gongkai.channels.models import Site
from gongkai.foundation.registries import Reviewable, reviewables
from gongkai.review.digests import as_text
from gongkai.review.services.rescreening import go_over

def texts(site):
    print(site.name, flush=True)
    if site.name.endswith("2"):
        time.sleep(600)
    return [("网站名称", site.name)]

reviewables.register(Reviewable(
    key="test.site", label="网站", model=Site, title=lambda s: s.name, digest=lambda s: as_text([("网站名称", s.name)]),
    body_id=lambda s: s.owner_id, address=lambda s: "/", texts=texts,
))
go_over(int(sys.argv[1]))
"""


def environment() -> dict[str, str]:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        user, password, host, port = (database[part] for part in ("USER", "PASSWORD", "HOST", "PORT"))
        url = f"postgres://{user}:{password}@{host}:{port or 5432}/{database['NAME']}"
    settings = {"DJANGO_SETTINGS_MODULE": "gongkai.config.settings", "GONGKAI_NOW": "2026-06-15T09:00:00+08:00"}
    return os.environ | settings | {"DATABASE_URL": url}


def test_killed_and_gone_on_with(people, county, opened, add, settings):
    for number in range(5):
        opened(f"旧称局{number}")
    add()
    run = begin_rescreening(people.office, county.body)
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(run.pk)], env=environment(), stdout=subprocess.PIPE, text=True
    )
    try:
        assert [process.stdout.readline().strip() for _ in range(3)] == ["旧称局0", "旧称局1", "旧称局2"]
        process.send_signal(signal.SIGKILL)
        assert process.wait(30) == -signal.SIGKILL
    finally:
        process.kill()
        process.stdout.close()
    run.refresh_from_db()
    assert (run.state, run.done, run.found) == (RunState.RUNNING, 2, 2)
    settings.GONGKAI_NOW = "2026-06-15T09:20:00+08:00"
    assert periodic_jobs.get("review.rescreen_resume").function(None) == 1
    while go_over(run.pk):
        pass
    run.refresh_from_db()
    assert (run.state, run.done, run.found) == (RunState.DONE, 5, 5)
    assert Recall.objects.values("release").distinct().count() == Recall.objects.count() == 5
