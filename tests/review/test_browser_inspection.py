"""The screens of inspection and rescreening in Chromium: no barrier, nothing to scroll sideways for, progress that moves."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.base import ContentFile
from tests import browsing
from tests.review.signing import signed

from gongkai.channels.models import Site
from gongkai.foundation.access import Role
from gongkai.review.models import InspectionEntry, Judgement, Recall
from gongkai.review.services import add_word_list, begin_inspection, begin_rescreening, judge_entry
from gongkai.review.services.rescreening import go_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session(live_server, county, people, person, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    person("inspector", (county.body, Role.SECRECY_ADMIN))
    for number in range(8):
        owner = county.fgj if number % 2 else county.czj
        site = Site.objects.create(name=f"旧称局网站{number}", url=f"https://s{number}.example/", owner=owner)
        clerk, leader = (people.clerk, people.leader) if number % 2 else (people.other_clerk, people.other_leader)
        signed(site, owner, clerk, leader, title=f"关于旧称局办理事项的公告（第{number}号）")
    with browsing.browsing(live_server.url) as session:
        yield session


@pytest.fixture
def inspector(people, county):
    from gongkai.foundation.accounts.models import User

    return User.objects.get(username="inspector")


def seen(session, username, pages) -> list[str]:
    page = session.signed_in(username)
    found: list[str] = []
    for name, address in pages.items():
        page.set_viewport_size(browsing.WIDTHS["wide"])
        assert page.goto(session.origin + address).status == 200, address
        found += browsing.barriers(page, name)
    return found


def test_the_special_inspection_has_no_barrier(session, county, inspector):
    empty = seen(session, "inspector", {"inspections-empty": "/admin/review/inspections/"})
    inspection = begin_inspection(
        inspector,
        county.body,
        2026,
        "2026年政府信息公开保密审查专项检查",
        date(2026, 1, 1),
        date(2026, 12, 31),
        seed="20260615",
        size=6,
    )
    first, *_rest = InspectionEntry.objects.all()
    judge_entry(inspector, first, Judgement.PROBLEM, "personal", "附件含手机号", "遮盖后重新发布")
    here = f"/admin/review/inspections/{inspection.pk}/"
    pages = {
        "inspections": "/admin/review/inspections/",
        "inspection-begin": "/admin/review/inspections/begin/",
        "inspection": here,
        "inspection-entry": f"{here}{first.pk}/",
    }
    assert empty + seen(session, "inspector", pages) == [] and session.strangers == []


def test_rescreening_has_no_barrier(session, county, people):
    empty = seen(
        session,
        "office",
        {"rescreenings-empty": "/admin/review/rescreening/", "lists-empty": "/admin/review/word-lists/"},
    )
    add_word_list(
        people.office,
        county.body,
        "县自建",
        ContentFile("词语,级别,建议\n旧称局,confirm,新称局\n".encode(), "县自建.csv"),
    )
    run = begin_rescreening(people.office, county.body)
    go_over(run.pk, limit=6)
    pages = {
        "rescreenings": "/admin/review/rescreening/",
        "rescreening": f"/admin/review/rescreening/{run.pk}/",
        "word-lists": "/admin/review/word-lists/",
        "word-list-add": "/admin/review/word-lists/add/",
    }
    recall = Recall.objects.filter(release__body=county.fgj).first()
    found = {"recalls": "/admin/review/recalls/", "recall": f"/admin/review/recalls/{recall.pk}/"}
    assert empty + seen(session, "office", pages) + seen(session, "clerk.fgj", found) == []
    assert session.strangers == []


def test_the_progress_moves_by_itself(session, county, people):
    run = begin_rescreening(people.office, county.body)
    go_over(run.pk, limit=2)
    page = session.signed_in("office")
    page.goto(f"{session.origin}/admin/review/rescreening/{run.pk}/")
    assert "已筛 2/8" in page.locator("[data-review-progress]").inner_text()
    go_over(run.pk, limit=3)
    page.get_by_text("已筛 5/8").wait_for(timeout=15_000)
    go_over(run.pk)
    page.get_by_text("已完成").first.wait_for(timeout=15_000)


def test_a_reason_is_typed_and_several_are_kept(session, county, people):
    add_word_list(people.office, county.body, "县自建", ContentFile("词语\n旧称局\n".encode(), "县自建.csv"))
    go_over(begin_rescreening(people.office, county.body).pk)
    page = session.signed_in("clerk.fgj")
    page.goto(f"{session.origin}/admin/review/recalls/?standing=waiting")
    boxes = page.locator('input[name="id"]')
    assert boxes.count() == 4
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.fill("#keep-reason", "单位仍用此名")
    page.get_by_role("button", name="保留所选").click()
    page.get_by_text("已保留 2 处").wait_for()
    assert page.locator('input[name="id"]').count() == 2
