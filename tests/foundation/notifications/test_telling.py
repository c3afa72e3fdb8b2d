"""Whom a notice reaches, and having read it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from gongkai.foundation.notifications import Kind, kinds
from gongkai.foundation.notifications.models import Delivery, Notification, Preference
from gongkai.foundation.notifications.selectors import inbox, notices_about, unread_count
from gongkai.foundation.notifications.services import mark_all_read, mark_read, notify

pytestmark = pytest.mark.django_db
PLAIN = Kind("test.plain", "一般通知")


@pytest.fixture
def li(person):
    return person("li", name="李明", email="li@county.example")


@pytest.fixture
def wang(person):
    return person("wang", name="王芳")


def test_each_active_person_is_told_once(at, li, wang, person):
    now = at("2026-03-02 10:00")
    gone = person("gone", is_active=False)
    notices = notify(
        [li, wang, li, gone], PLAIN, "收到新任务", meaning="由贵单位牵头", todo="签收", link="/admin/", about=wang
    )
    assert {notice.recipient for notice in notices} == {li, wang}
    told = inbox(li).get()
    assert (told.title, told.meaning, told.todo, told.link) == ("收到新任务", "由贵单位牵头", "签收", "/admin/")
    assert (told.kind, told.created_at, told.read_at) == ("test.plain", now, None)
    assert told.about == wang
    assert notices_about(wang).count() == 2


def test_mail_waits_only_for_those_who_have_an_address(at, li, wang):
    at("2026-03-02 10:00")
    notify([li, wang], PLAIN, "收到新任务")
    assert Delivery.objects.get().notification.recipient == li


def test_mail_does_not_wait_for_those_who_do_not_want_it(li):
    Preference.objects.create(user=li, muted=["mail"])
    notify([li], PLAIN, "收到新任务")
    assert Delivery.objects.count() == 0
    assert unread_count(li) == 1


def test_nobody_to_tell():
    assert notify([], PLAIN, "收到新任务") == []


def test_a_title_is_one_line_of_bounded_length(li):
    (notice,) = notify([li], PLAIN, "第一行\n第二行\t" + "长" * 300)
    assert notice.title.startswith("第一行 第二行 长")
    assert len(notice.title) == 200


def test_what_is_told_once_is_not_told_again(li, wang):
    notify([li], PLAIN, "七日后到期", once="due:7:item-1")
    assert notify([li, wang], PLAIN, "七日后到期", once="due:7:item-1")[0].recipient == wang
    assert (inbox(li).count(), inbox(wang).count()) == (1, 1)
    notify([li], PLAIN, "无此限制")
    notify([li], PLAIN, "无此限制")
    assert inbox(li).count() == 3


def test_the_database_holds_it_too(li, at):
    now = at("2026-03-02 10:00")
    Notification.objects.create(recipient=li, kind="x", title="一", once="k", created_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(recipient=li, kind="x", title="二", once="k", created_at=now)


def test_many_recipients_take_few_queries(person, django_assert_max_num_queries):
    people = [person(f"p{number}", email=f"p{number}@county.example") for number in range(60)]
    with django_assert_max_num_queries(6):
        notify(people, PLAIN, "全县通知")


def test_reading(at, li):
    at("2026-03-02 10:00")
    first, second = (notify([li], PLAIN, title)[0] for title in ("一", "二"))
    moment = at("2026-03-02 11:00")
    assert mark_read(li, first).read_at == moment
    at("2026-03-02 12:00")
    assert mark_read(li, first).read_at == moment, "the first reading counts"
    assert list(inbox(li, unread_only=True)) == [second]
    assert mark_all_read(li) == 1
    assert unread_count(li) == 0


def test_nobody_reads_for_others(li, wang):
    (notice,) = notify([li], PLAIN, "一")
    with pytest.raises(PermissionDenied):
        mark_read(wang, notice)
    assert mark_all_read(wang) == 0
    assert unread_count(li) == 1


def test_the_inbox_is_newest_first(at, li):
    for day in (2, 4, 3):
        at(f"2026-03-0{day} 10:00")
        notify([li], PLAIN, f"3月{day}日")
    assert [notice.title for notice in inbox(li)] == ["3月4日", "3月3日", "3月2日"]


def test_kinds_are_a_registry():
    kind = kinds.register(Kind("test.declared", "测试"))
    assert kinds.get("test.declared") is kind
    kinds.unregister("test.declared")
