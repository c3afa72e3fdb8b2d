"""One mail per person per digest, at decent hours, tried again until it gets through."""

import smtplib
from datetime import date, time, timedelta

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from gongkai.foundation.notifications import Kind, Undelivered, kinds
from gongkai.foundation.notifications.delivery import ATTEMPTS, BROKEN_AFTER, deliver
from gongkai.foundation.notifications.jobs import send_waiting
from gongkai.foundation.notifications.mail import MailChannel
from gongkai.foundation.notifications.models import Delivery, DeliveryState, Preference
from gongkai.foundation.notifications.selectors import undelivered, unread_count
from gongkai.foundation.notifications.services import mark_read, notify
from gongkai.foundation.schedules.priorities import WAITED_FOR
from gongkai.foundation.schedules.worker import drain

pytestmark = pytest.mark.django_db


class Pager:
    """A second channel, as an installation may add one."""

    key = "pager"
    label = "寻呼"
    sent: list[tuple[str, list[str]]] = []

    def reaches(self, user):
        return bool(user.phone)

    def send(self, user, notices):
        if user.phone == "坏":
            raise Undelivered("号码不存在")
        self.sent.append((user.username, [notice.title for notice in notices]))


@pytest.fixture
def kind():
    made = {
        name: kinds.register(Kind(f"test.{name}", name, urgent=name == "urgent", wakes=name == "wakes"))
        for name in ("plain", "urgent", "wakes")
    }
    yield made
    for entry in made.values():
        kinds.unregister(entry.key)


@pytest.fixture
def li(person):
    return person("li", name="李明", email="li@county.example")


@pytest.fixture
def broken(monkeypatch):
    """A mail server that refuses until `broken.clear()`."""
    problems = ["连接被拒绝"]
    send = MailChannel.send

    def sending(self, user, notices):
        if problems:
            raise Undelivered(problems[0])
        send(self, user, notices)

    monkeypatch.setattr(MailChannel, "send", sending)
    return problems


def test_all_that_waits_leaves_in_one_mail_at_the_digest_hour(at, li, kind):
    at("2026-03-02 09:00")
    notify([li], kind["plain"], "收到新任务", meaning="由贵单位牵头", todo="3月9日前签收", link="/admin/ledger/1/")
    at("2026-03-02 15:00")
    notify([li], kind["plain"], "材料被退回")
    at("2026-03-02 15:59")
    assert deliver() == 0
    at("2026-03-02 16:00")
    assert deliver() == 1
    (message,) = mail.outbox
    assert message.to == ["li@county.example"]
    assert message.subject == "【政务公开】2 条通知"
    for text in ("李明：", "1. 收到新任务", "由贵单位牵头", "请您：3月9日前签收", "/admin/ledger/1/", "2. 材料被退回"):
        assert text in message.body
    assert "http://127.0.0.1:8000/admin/ledger/1/" in message.body


def test_nothing_is_mailed_twice(at, li, kind):
    at("2026-03-02 09:00")
    notify([li], kind["plain"], "收到新任务")
    for clock in ("2026-03-02 16:00", "2026-03-02 17:00", "2026-03-03 08:00"):
        at(clock)
        deliver()
    assert len(mail.outbox) == 1
    assert mail.outbox[0].subject == "【政务公开】收到新任务"
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_what_comes_after_the_digest_waits_for_the_next(at, li, kind):
    at("2026-03-02 16:01")
    notify([li], kind["plain"], "收到新任务")
    at("2026-03-02 19:00")
    assert deliver() == 0
    at("2026-03-03 08:00")
    assert deliver() == 1


def test_a_digest_that_was_missed_leaves_late(at, li, kind):
    at("2026-03-02 09:00")
    notify([li], kind["plain"], "收到新任务")
    at("2026-03-02 18:30")
    assert deliver() == 1


def test_what_was_read_needs_no_mail(at, li, kind):
    at("2026-03-02 09:00")
    (notice,) = notify([li], kind["plain"], "收到新任务")
    mark_read(li, notice)
    at("2026-03-02 16:00")
    assert deliver() == 0
    assert Delivery.objects.get().state == DeliveryState.NEEDLESS


def test_urgent_leaves_at_once_and_alone(at, li, kind, django_capture_on_commit_callbacks):
    at("2026-03-02 09:00")
    notify([li], kind["plain"], "收到新任务")
    with django_capture_on_commit_callbacks(execute=True):
        notify([li], kind["urgent"], "催办：已逾期 2 天")
    assert DBTaskResult.objects.get(task_path__contains="notifications").priority == WAITED_FOR
    drain()
    assert [message.subject for message in mail.outbox] == ["【政务公开】催办：已逾期 2 天"]


def test_plain_notices_put_nothing_into_the_queue(at, li, kind, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        notify([li], kind["plain"], "收到新任务")
    assert not DBTaskResult.objects.filter(task_path__contains="notifications").exists()


def test_urgent_waits_out_the_quiet_hours(at, li, kind):
    at("2026-03-02 20:00")
    notify([li], kind["urgent"], "催办")
    for clock in ("2026-03-02 20:00", "2026-03-02 23:00", "2026-03-03 07:59"):
        at(clock)
        assert deliver() == 0
    at("2026-03-03 08:00")
    assert deliver() == 1


def test_what_wakes_does_not_wait(at, li, kind):
    at("2026-03-02 23:00")
    notify([li], kind["wakes"], "舆情应急")
    assert deliver() == 1


def test_a_digest_hour_in_the_quiet_hours_waits_too(at, li, kind):
    Preference.objects.create(user=li, digest_hours=[6])
    at("2026-03-02 17:00")
    notify([li], kind["plain"], "收到新任务")
    at("2026-03-03 06:00")
    assert deliver() == 0
    at("2026-03-03 08:00")
    assert deliver() == 1


def test_everyone_has_hours_of_their_own(at, li, kind, person):
    zhao = person("zhao", email="zhao@county.example")
    Preference.objects.create(user=zhao, digest_hours=[22], quiet_from=time(0), quiet_until=time(0))
    at("2026-03-02 09:00")
    notify([li, zhao], kind["plain"], "收到新任务")
    at("2026-03-02 16:00")
    deliver()
    assert [message.to for message in mail.outbox] == [["li@county.example"]]
    at("2026-03-02 22:00")
    deliver()
    assert [message.to for message in mail.outbox][1:] == [["zhao@county.example"]]


def test_a_failure_is_kept_and_tried_again(at, li, kind, broken):
    at("2026-03-02 09:00")
    notify([li], kind["urgent"], "催办")
    assert deliver() == 0
    failed = Delivery.objects.get()
    assert (failed.state, failed.attempts, failed.error) == (DeliveryState.PENDING, 1, "连接被拒绝")
    assert unread_count(li) == 1
    broken.clear()
    at("2026-03-02 09:29")
    assert deliver() == 0
    at("2026-03-02 09:30")
    assert deliver() == 1
    failed.refresh_from_db()
    assert (failed.state, failed.error) == (DeliveryState.SENT, "")


def test_pauses_grow_and_the_end_is_visible(at, li, kind, broken, settings):
    Preference.objects.create(user=li, quiet_from=time(0), quiet_until=time(0))
    moment = at("2026-03-02 09:00")
    notify([li], kind["urgent"], "催办")
    pauses = []
    for _ in range(ATTEMPTS):
        deliver()
        delivery = Delivery.objects.get()
        pauses.append(delivery.not_before - moment)
        moment = delivery.not_before
        settings.GONGKAI_NOW = moment.isoformat()
    assert pauses[:3] == [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2)]
    assert pauses[-1] == timedelta(hours=12)
    assert delivery.state == DeliveryState.FAILED
    assert list(undelivered()) == [delivery]
    assert deliver() == 0
    assert unread_count(li) == 1, "the notice itself stays"


def test_one_persons_failure_is_not_anothers(at, li, kind, person):
    bad = person("bad", email="not an address\r\nBcc: all@county.example")
    at("2026-03-02 09:00")
    notify([bad, li], kind["urgent"], "催办")
    assert deliver() == 1
    assert [message.to for message in mail.outbox] == [["li@county.example"]]
    assert Delivery.objects.get(notification__recipient=bad).attempts == 1


def test_the_mail_channel_names_what_went_wrong(li, kind, settings, monkeypatch):
    def refuse(self, messages):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    notices = notify([li], kind["plain"], "收到新任务")
    with pytest.raises(Undelivered, match="SMTPServerDisconnected: Connection unexpectedly closed"):
        MailChannel().send(li, notices)


def test_mails_carry_masked_numbers_only(at, li, kind):
    at("2026-03-02 09:00")
    notify([li], kind["urgent"], "申请人 13800138000 来信", meaning="身份证 110105194912310021")
    deliver()
    message = mail.outbox[0]
    assert "13800138000" not in message.subject + message.body
    assert "110105194912310021" not in message.body


def test_a_sender_that_went_down_loses_nothing(at, li, kind):
    moment = at("2026-03-02 09:00")
    notify([li], kind["urgent"], "催办")
    Delivery.objects.update(state=DeliveryState.SENDING, claim="dead", claimed_at=moment)
    assert deliver() == 0
    at("2026-03-02 09:31")
    assert timedelta(minutes=30) == BROKEN_AFTER
    assert deliver() == 1


def test_another_channel_by_setting(at, li, kind, person, monkeypatch):
    """A channel is known by the setting alone; it has its own digests and its own failures."""
    monkeypatch.setattr(Pager, "sent", [])
    made = {"mail": MailChannel(), "pager": Pager()}
    for module in ("services", "delivery"):
        monkeypatch.setattr(f"gongkai.foundation.notifications.{module}.channels", lambda: made)
    li.phone = "8001"
    li.save()
    deaf = person("deaf", phone="坏")
    at("2026-03-02 09:00")
    notify([li, deaf], kind["urgent"], "催办")
    assert deliver() == 2
    assert Pager.sent == [("li", ["催办"])]
    assert Delivery.objects.get(notification__recipient=deaf).error == "号码不存在"


def test_the_job_sends(at, li, kind):
    at("2026-03-02 09:00")
    notify([li], kind["urgent"], "催办")
    assert send_waiting(date(2026, 3, 2)) == 1


def test_the_log_of_a_failure_names_no_address(li, kind, broken, caplog, at):
    at("2026-03-02 09:00")
    broken[:] = [f"550 no such mailbox {li.email}"]
    notify([li], kind["urgent"], "催办")
    deliver()
    assert "failed" in caplog.text
    assert li.email not in caplog.text
