"""通知中心: one's own notices; opening marks as read and stays on the site."""

import pytest
from tests.ledger import builders

from gongkai.foundation import clock
from gongkai.foundation.notifications.models import Notification


@pytest.fixture
def notice(county):
    def make(to=county.clerk, link="/admin/ledger/mine/", title="有新任务", **fields):
        return Notification.objects.create(recipient=to, title=title, link=link, created_at=clock.now(), **fields)

    return make


def test_everybody_has_a_notice_centre(county, enter):
    for user in county.people.values():
        page = enter(user).get("/admin/notices/")
        assert page.status_code == 200 and "没有通知" in page.text


def test_opening_marks_as_read_and_leads_on(notice, county, enter):
    one, client = notice(), enter(county.clerk)
    answer = client.post(f"/admin/notices/{one.pk}/open/")
    assert (answer.status_code, answer.url) == (302, "/admin/ledger/mine/")
    one.refresh_from_db()
    first = one.read_at
    assert first is not None
    client.post(f"/admin/notices/{one.pk}/open/")
    one.refresh_from_db()
    assert one.read_at == first


def test_following_a_link_does_not_mark(notice, county, enter):
    one = notice()
    assert enter(county.clerk).get(f"/admin/notices/{one.pk}/open/").status_code == 405


@pytest.mark.parametrize(
    "link", ["https://example.com/", "//example.com/x", "javascript:alert(1)", "/\\example.com", ""]
)
def test_never_off_the_site(link, notice, county, enter):
    one = notice(link=link)
    assert enter(county.clerk).post(f"/admin/notices/{one.pk}/open/").url == "/admin/notices/"


def test_nobody_opens_or_reads_those_of_another(notice, county, enter):
    one = notice(title="只给财政局看")
    other = enter(county.other_clerk)
    assert other.post(f"/admin/notices/{one.pk}/open/").status_code == 404
    assert "只给财政局看" not in other.get("/admin/notices/").text


def test_unread_only_and_all_read(notice, county, enter):
    notice(title="甲通知")
    notice(title="乙通知", read_at=clock.now())
    client = enter(county.clerk)
    page = client.get("/admin/notices/?unread=1").text
    assert "甲通知" in page and "乙通知" not in page and "未读（1）" in page
    answer = client.post("/admin/notices/", follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["已将 1 条通知标为已读"]
    assert Notification.objects.filter(read_at=None).count() == 0


def test_thirty_a_page(notice, county, enter):
    for number in range(31):
        notice(title=f"第{number}条")
    client = enter(county.clerk)
    assert client.get("/admin/notices/").text.count("去办理") == 30
    assert "第0条" in client.get("/admin/notices/?page=2").text


def test_the_number_on_the_first_screen_is_that_of_the_list(notice, county, plan, enter):
    for _ in range(3):
        notice()
    builders.assign(builders.make_item(plan), county.czj)
    client = enter(county.clerk)
    assert "条未读通知" in client.get("/admin/").text
    assert len(client.get("/admin/notices/?unread=1").context["notices"]) == 3


def test_names_are_escaped(notice, county, enter):
    notice(title="<script>alert(1)</script>")
    assert "<script>alert(1)" not in enter(county.clerk).get("/admin/notices/").text


def test_strangers_are_asked_to_sign_in(client, db):
    assert client.get("/admin/notices/").status_code == 302
