"""The office and the system administrator see how the jobs stand; nobody else does."""

from datetime import date, time

import pytest
from django.urls import reverse

from gongkai.foundation.notifications import Kind, kinds
from gongkai.foundation.notifications.delivery import deliver
from gongkai.foundation.notifications.services import notify
from gongkai.foundation.schedules import Every, job
from gongkai.foundation.schedules.models import JobRun, RunState
from gongkai.foundation.schedules.services import run_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_jobs")]


@pytest.fixture
def failed(at) -> JobRun:
    @job("test.failing", "发送每日邮件", every=Every.DAY, at=time(7))
    def send(day: date) -> None:
        raise ConnectionError("邮件服务器没有应答")

    at("2026-03-02 07:00")
    (run,) = run_due()
    return run


@pytest.fixture
def admin(client, person):
    client.force_login(person("admin", is_superuser=True))
    return client


def test_the_overview_shows_a_failure_and_offers_to_run_again(admin, failed):
    page = admin.get(reverse("schedules_overview")).content.decode()
    assert "发送每日邮件" in page
    assert "邮件服务器没有应答" in page
    assert reverse("schedules_run_again", args=[failed.pk]) in page
    assert "2026-03-03 07:00" in page


def test_run_again_from_the_screen(admin, failed):
    response = admin.post(reverse("schedules_run_again", args=[failed.pk]), follow=True)
    assert "已排队重新执行" in response.content.decode()
    failed.refresh_from_db()
    assert failed.state == RunState.WAITING


def test_run_again_of_what_has_not_failed_says_so(admin, failed):
    JobRun.objects.update(state=RunState.DONE)
    response = admin.post(reverse("schedules_run_again", args=[failed.pk]), follow=True)
    assert "只有失败的任务可以重新执行" in response.content.decode()


def test_run_again_is_no_link(admin, failed):
    assert admin.get(reverse("schedules_run_again", args=[failed.pk])).status_code == 405


def test_the_list_of_runs_filters_and_exports(admin, failed):
    address = reverse("schedules_runs")
    assert "邮件服务器没有应答" in admin.get(address).content.decode()
    assert "邮件服务器没有应答" not in admin.get(address, {"state": "done"}).content.decode()
    exported = b"".join(admin.get(address, {"export": "csv"}).streaming_content).decode()
    assert "发送每日邮件" in exported


def test_the_menu_leads_there(admin, failed):
    assert reverse("schedules_overview") in admin.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("name", ["schedules_overview", "schedules_runs"])
def test_others_are_refused(client, person, name):
    assert client.get(reverse(name)).status_code == 302
    client.force_login(person("somebody"))
    assert client.get(reverse(name)).status_code in (302, 403)


def test_the_overview_says_which_channel_does_not_get_through(admin, person, at, monkeypatch):
    """Without a name: the office of one county does not learn whom another one writes to."""
    li = person("li", name="李明", email="li@county.example")
    kind = kinds.register(Kind("test.urgent", "紧急", urgent=True))
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    try:
        at("2026-03-02 09:00")
        notify([li], kind, "任务已逾期")
        assert "未能通过" not in admin.get(reverse("schedules_overview")).text
        deliver()
        page = admin.get(reverse("schedules_overview")).text
        assert "近 7 天有 1 条通知未能通过电子邮件送达" in page and "李明" not in page
        at("2026-03-20 09:00")
        assert "未能通过" not in admin.get(reverse("schedules_overview")).text
    finally:
        kinds.unregister(kind.key)


def refuse(*args, **kwargs):
    raise ConnectionRefusedError("邮件服务器没有应答")
