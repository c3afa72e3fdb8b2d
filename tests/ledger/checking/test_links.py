"""Links looked at over real connections: what is seen, what is written, what follows."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests.ledger.builders import assign, make_item, moment
from tests.ledger.checking.conftest import page

from gongkai.channels.models import Site
from gongkai.foundation.events.models import Event
from gongkai.foundation.notifications.models import Notification
from gongkai.foundation.snapshots.models import Snapshot
from gongkai.foundation.snapshots.services import read
from gongkai.ledger import services
from gongkai.ledger.checking import links
from gongkai.ledger.models import Evidence, LinkState, PlanState, State


@pytest.fixture
def looked_at(task, county):
    """`looked_at(url)`: handed in for item 1 and looked at."""

    def hand_in(url: str, title: str = "", target=None) -> Evidence:
        piece = services.add_link(county.clerk, target or task, url, title=title)
        links.check(piece)
        piece.refresh_from_db()
        return piece

    return hand_in


def codes(piece: Evidence) -> list[str]:
    return [finding["code"] for finding in piece.findings]


def test_a_good_link_is_verified(site, looked_at):
    piece = looked_at(site.put("/zwgk/1.html"))
    assert (piece.link_state, piece.findings) == (LinkState.VERIFIED, [])
    assert (piece.title, piece.page_title) == ("青山县重大项目建设进展公示", "青山县重大项目建设进展公示")
    assert (piece.published_on, piece.checked_at) == (date(2023, 6, 15), moment("2023-05-15"))
    snapshot = Snapshot.objects.get(pk=piece.snapshot_id)
    assert read(snapshot) == page().encode()
    event = Event.objects.about(piece).get(verb="ledger.check_link")
    assert (event.actor, event.after["link_state"], event.details) == (None, "verified", {"snapshot": snapshot.pk})


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030"])
def test_pages_in_gbk(site, looked_at, charset):
    text = page().replace("<head>", f'<head><meta charset="{charset}">')
    piece = looked_at(site.put("/gbk.html", text, encoding="gb18030"))
    assert (piece.link_state, piece.page_title) == (LinkState.VERIFIED, "青山县重大项目建设进展公示")


def test_the_address_may_bear_the_date(site, looked_at):
    piece = looked_at(site.put("/zwgk/202306/t20230615_881.html", page(day="")))
    assert (piece.link_state, piece.published_on) == (LinkState.VERIFIED, date(2023, 6, 15))


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        ({"status": 404}, "dead", "网站应答 404"),
        ({"status": 500}, "dead", "网站应答 500"),
        ({"text": page("您访问的页面不存在", text="请返回首页")}, "dead", "页面显示“页面不存在”"),
        ({"text": page(day="")}, "no-date", "没有找到发布日期"),
        ({"text": page(day="2022-06-15")}, "out-of-period", "早于事项（1）的起始日 2023-01-01"),
        ({"text": page(day="2024-01-01")}, "out-of-period", "晚于事项（1）的到期日 2023-12-31"),
        ({"text": page("春节放假通知", text="放假调休安排如下。")}, "title-mismatch", "没有找到与事项（1）有关的字词"),
    ],
)
def test_doubts(site, looked_at, answer, code, words):
    piece = looked_at(site.put("/x.html", **answer))
    assert (piece.link_state, codes(piece)) == (LinkState.FLAGGED, [code])
    assert words in piece.findings[0]["message"]


def test_an_error_page_gives_no_title(site, looked_at):
    url = site.put("/gone.html", page("Error response"), status=404)
    piece = looked_at(url)
    assert piece.title == url and codes(piece) == ["dead"]


def test_a_title_that_the_page_does_not_bear(site, looked_at):
    url = site.put("/x.html")
    assert codes(looked_at(url, title="2023年财政预算公开")) == ["title-mismatch"]
    assert codes(looked_at(url, title="重大项目建设进展公示")) == []


def test_a_link_to_nowhere(site, looked_at, settings):
    settings.GONGKAI_FETCH_PRIVATE = ["127.0.0.1:9"]
    piece = looked_at("http://127.0.0.1:9/x")
    assert (piece.link_state, codes(piece), piece.snapshot_id) == (LinkState.FLAGGED, ["dead"], None)


def test_the_intranet_is_not_visited(site, looked_at, settings):
    settings.GONGKAI_FETCH_PRIVATE = []
    piece = looked_at(site.put("/x.html"))
    assert codes(piece) == ["dead"]
    assert site.asked == []


def test_slow_and_huge_pages(site, looked_at, monkeypatch):
    monkeypatch.setattr(links, "SECONDS", 0.5)
    assert "0.5 秒内没有完整应答" in looked_at(site.put("/slow")).findings[0]["message"]
    monkeypatch.setattr(links, "SIZE", 1024 * 1024)
    assert "内容超过 1 MB" in looked_at(site.put("/huge", "公" * 1_000_000)).findings[0]["message"]


class TestPlace:
    def test_a_redirect_within_the_site_is_no_matter(self, site, looked_at):
        site.put("/new.html")
        assert codes(looked_at(site.put("/old.html", status=302, Location="/new.html"))) == []

    def test_a_redirect_to_another_site(self, site, looked_at):
        site.put("/new.html")
        piece = looked_at(site.put("/old.html", status=302, Location=site("/new.html", host="localhost")))
        assert codes(piece) == ["redirected-away", "foreign-host"]

    def test_a_redirect_to_the_front_page(self, site, looked_at):
        site.put("/")
        piece = looked_at(site.put("/old.html", status=301, Location="/"))
        assert codes(piece) == ["redirected-away"]
        assert "原页面可能已删除" in piece.findings[0]["message"]

    def test_a_host_that_is_not_the_countys(self, site, looked_at):
        site.put("/x.html")
        assert codes(looked_at(site("/x.html", host="localhost"))) == ["foreign-host"]

    def test_without_a_register_of_sites_it_is_said_and_not_held_against(self, site, looked_at):
        Site.objects.all().delete()
        piece = looked_at(site.put("/x.html"))
        assert (piece.link_state, piece.findings[0]["severity"]) == (LinkState.VERIFIED, "info")


def test_the_same_link_for_another_duty_is_mentioned(site, looked_at, plan, county):
    url = site.put("/x.html")
    other = assign(make_item(plan, "2", "公开重大项目招标结果"), county.czj)
    looked_at(url)
    piece = looked_at(url, target=other)
    assert (piece.link_state, piece.findings) == (
        LinkState.VERIFIED,
        [{"code": "duplicate", "severity": "info", "message": "同一链接也用于：青山县财政局（1）"}],
    )


def test_every_duty_it_serves_is_held_against_it(site, looked_at, plan, county):
    piece = looked_at(site.put("/x.html"))
    early = assign(make_item(plan, "21", "公开重大项目清单", due=date(2023, 5, 31)), county.czj)
    services.use_evidence(county.clerk, piece, [early])
    links.check(piece)
    piece.refresh_from_db()
    assert "晚于事项（21）的到期日 2023-05-31" in piece.findings[0]["message"]


class TestLookingAgain:
    def test_the_same_verdict_is_no_new_event(self, site, looked_at, at):
        piece = looked_at(site.put("/x.html"))
        again = at("2023-07-01")
        links.check(piece)
        piece.refresh_from_db()
        assert piece.checked_at == again
        assert Event.objects.about(piece).filter(verb="ledger.check_link").count() == 1

    def test_who_has_it_is_told_when_a_link_breaks(self, site, looked_at, county):
        piece = looked_at(site.put("/x.html"))
        assert not Notification.objects.exists()
        site.answers.clear()
        links.check(piece)
        notice = Notification.objects.get()
        assert (notice.recipient, notice.title) == (county.clerk, "佐证链接“青山县重大项目建设进展公示”有疑点")

    def test_what_a_person_set_aside_stays_so(self, site, looked_at, county):
        piece = looked_at(site.put("/x.html", page(day="")))
        services.overrule_check(county.office, piece, reason="页脚有日期，已人工核对")
        links.check(piece)
        piece.refresh_from_db()
        assert (piece.link_state, piece.overruled_by, codes(piece)) == (LinkState.VERIFIED, county.office, ["no-date"])

    def test_a_new_doubt_ends_it(self, site, looked_at, county):
        piece = looked_at(site.put("/x.html", page(day="")))
        services.overrule_check(county.office, piece, reason="已人工核对")
        site.answers.clear()
        links.check(piece)
        piece.refresh_from_db()
        assert (piece.link_state, piece.overruled_by, piece.overruled_reason) == (LinkState.FLAGGED, None, "")

    def test_what_was_removed_meanwhile_is_left_alone(self, site, looked_at, county):
        piece = looked_at(site.put("/x.html"))
        services.remove_evidence(county.clerk, piece, reason="传错")
        site.answers.clear()
        links.check(piece)
        piece.refresh_from_db()
        assert piece.link_state == LinkState.VERIFIED

    def test_only_the_office_overrules_and_only_doubts(self, site, looked_at, county):
        piece = looked_at(site.put("/x.html"))
        with pytest.raises(PermissionDenied):
            services.overrule_check(county.clerk, piece, reason="没有问题")
        with pytest.raises(ValidationError, match="没有待认定的疑点"):
            services.overrule_check(county.office, piece, reason="没有问题")
        site.answers.clear()
        links.check(piece)
        with pytest.raises(ValidationError, match="请填写认定理由"):
            services.overrule_check(county.office, piece, reason=" ")


@pytest.mark.django_db(transaction=True)
def test_the_worker_looks_after_the_transaction(site, task, county):
    """From handing in to the verdict, through the queue."""
    from django.core.management import call_command

    piece = services.add_link(county.clerk, task, site.put("/x.html"))
    assert (piece.link_state, site.asked) == (LinkState.PENDING, [])
    call_command("run_due")
    piece.refresh_from_db()
    assert piece.link_state == LinkState.VERIFIED


@pytest.mark.parametrize(("change", "links_found"), [({}, 1), ({"state": PlanState.ARCHIVED}, 0)])
def test_weekly_every_link_of_open_plans(task, plan, county, change, links_found, django_capture_on_commit_callbacks):
    from gongkai.foundation.schedules import Every, periodic_jobs

    services.accept(county.clerk, task)
    services.add_note(county.clerk, task, "说明")
    services.add_link(county.clerk, task, "http://www.example.cn/1.html")
    gone = services.add_link(county.clerk, task, "http://www.example.cn/2.html")
    services.remove_evidence(county.clerk, gone, reason="传错")
    for name, value in change.items():
        setattr(plan, name, value)
    plan.save()
    job = periodic_jobs.get("ledger.recheck_links")
    assert job.every == Every.WEEK
    assert job.function(date(2023, 5, 15)) == links_found


def test_doubts_are_there_before_the_office_sees_the_task(site, task, looked_at, county):
    services.accept(county.clerk, task)
    piece = looked_at(site.put("/x.html", status=404))
    result = services.submit(county.clerk, task)
    assert [(entry["evidence"], entry["link_state"]) for entry in result["doubts"]] == [(piece.pk, LinkState.FLAGGED)]
    assert result["assignment"].state == State.SUBMITTED
