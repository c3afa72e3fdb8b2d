"""Commands: a suspected state secret ends with status 2 and the procedure, and is kept as an incident."""

import json

import pytest
from click.testing import CliRunner
from django.core.management import CommandError, call_command
from django.db import transaction
from tests.ledger.conftest import at, county  # noqa: F401
from tests.ledger.importing.conftest import register  # noqa: F401
from tests.ledger.importing.test_uploading import NOTICE
from tests.papers import docx

from gongkai.cli import main
from gongkai.foundation.events.models import Event
from gongkai.ledger.models import Draft
from gongkai.review.models import Incident, Way

pytestmark = pytest.mark.django_db
MARK = "机密★5年"


def gongkai(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def test_a_notice(register, tmp_path):  # noqa: F811
    path = tmp_path / "通知.txt"
    path.write_text(f"{MARK}\n{NOTICE}")
    result = gongkai("notice", "import", path, "--yes")
    assert result.exit_code == 2
    assert "未写入本系统" in result.stderr and "立即停止" in result.stderr
    assert MARK not in result.output
    assert not Draft.objects.exists()
    incident = Incident.objects.get()
    assert (incident.way, incident.address, incident.actor) == (Way.COMMAND, "notice import", register.office)


def test_hidden_in_a_notice(register, tmp_path):  # noqa: F811
    path = tmp_path / "通知.docx"
    path.write_bytes(docx(NOTICE, hidden=MARK))
    assert gongkai("notice", "import", path, "--yes").exit_code == 2
    assert not Draft.objects.exists()


def test_any_management_command():
    result = gongkai("manage", "check", "--tag", f"{MARK}某件")
    assert result.exit_code == 2
    assert "某件" not in result.output
    assert Incident.objects.get().address == "manage check"


class TestAct:
    @pytest.fixture
    def office(self, register):  # noqa: F811
        return register.office

    def test_the_words_given(self, office, register):  # noqa: F811
        data = json.dumps({"county": register.root.pk, "name": f"{MARK}某件"})
        before = Event.objects.count()
        with pytest.raises(CommandError, match="立即停止") as caught:
            call_command("act", "ledger.upload_notice", user=office.username, data=data)
        assert caught.value.returncode == 2 and "某件" not in str(caught.value)
        incident = Incident.objects.get()
        assert (incident.address, incident.actor) == ("act ledger.upload_notice", office)
        assert Event.objects.count() == before + 1

    def test_a_file_named_in_them(self, office, register, tmp_path):  # noqa: F811
        path = tmp_path / "通知.docx"
        path.write_bytes(docx(NOTICE, hidden=MARK))
        data = json.dumps({"county": register.root.pk, "file": str(path), "year": 2024})
        with pytest.raises(CommandError, match="未写入本系统"):
            call_command("act", "ledger.upload_notice", user=office.username, data=data)
        assert not Draft.objects.exists()
        assert Incident.objects.get().rule == "secret-mark"


def test_a_job_that_meets_one_is_told_and_the_others_run(db):
    from datetime import time

    from gongkai.foundation.schedules import Every, job, periodic_jobs
    from gongkai.foundation.schedules.models import JobRun, RunState
    from gongkai.foundation.schedules.services import execute

    @job("test.meets", "测试", every=Every.DAY, at=time(1))
    def meets(day):
        with transaction.atomic():
            JobRun.objects.update(error=MARK)

    try:
        from gongkai.foundation import clock

        run = execute(JobRun.objects.create(key="test.meets", period=clock.now(), started_at=clock.now()))
    finally:
        periodic_jobs.unregister("test.meets")
    assert run.state == RunState.FAILED and MARK not in run.error
    assert (Incident.objects.get().way, Incident.objects.get().address) == (Way.TASK, "test.meets")
