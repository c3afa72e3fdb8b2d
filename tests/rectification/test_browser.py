"""The screens of rectification in Chromium, wide and narrow: no barrier, nothing from outside; ticking all, urging."""

from __future__ import annotations

from datetime import date

import pytest
from tests import browsing

from gongkai.rectification.models import Case
from gongkai.rectification.services import collect, except_until, overrule, report_mended

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/admin/rectification/"


@pytest.fixture
def cases(transactional_db, world, county, people, at) -> dict[str, Case]:
    """Cases in every state, one found for the second time, one with a name as long as they come."""
    long = (
        "县人民政府门户网站“财政预算决算信息公开专栏”二级栏目“部门预算”超过三个月没有更新，最近一次更新为 2026年2月11日"
    )
    said = {"address": "https://www.qinghe.gov.cn/xxgk/ysjs/", "basis": "政府网站与政务新媒体检查指标"}
    world.breaks("/stale", county.czj, title=long, days=2, detail="最近一条：2025年度部门决算", **said)
    for name in ("mend", "check", "except", "closed", "again"):
        world.breaks(
            f"/{name}", county.fgj, title=f"链接打不开：/{name}.html", address=f"https://www.qinghe.gov.cn/{name}.html"
        )
    collect(None)
    world.mended("/again")
    collect(None)
    world.breaks("/again", county.fgj, title="链接打不开：/again.html")
    collect(None)
    found = {case.reference[1:]: case for case in Case.objects.order_by("pk")}
    except_until(people.office, found["except"], date(2026, 7, 31), "网站整体迁移，旧栏目停止维护")
    overrule(people.office, found["closed"], True, "该页面按规定下线，已在站内公告")
    world.down = True
    report_mended(people.clerk, found["check"], "已将链接改为新网址")
    world.down = False
    at("2026-06-22")
    report_mended(people.clerk, found["mend"], "已恢复该页面")
    collect(None)
    return found


@pytest.fixture
def session(live_server, cases, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    with browsing.browsing(live_server.url) as session:
        yield session


def test_no_barrier_wide_and_narrow(session, cases, people):
    found: list[str] = []
    pages = {
        "office": {
            "list": LIST,
            "none": f"{LIST}?q=没有这样的",
            "board": f"{LIST}board/",
            "late": f"{LIST}{cases['stale'].pk}/",
            "excepted": f"{LIST}{cases['except'].pk}/",
            "again": f"{LIST}{cases['again'].pk}/",
            "closed": f"{LIST}{cases['closed'].pk}/",
        },
        "clerk": {"mine": f"{LIST}mine/", "mend": f"{LIST}{cases['mend'].pk}/", "home": "/admin/"},
    }
    for who, addresses in pages.items():
        page = session.signed_in(getattr(people, who).username)
        for name, address in addresses.items():
            assert page.goto(session.origin + address).status == 200, address
            page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
            found += browsing.barriers(page, f"rectification-{who}-{name}")
    assert found == [] and session.strangers == []


def test_an_error_is_announced_without_a_barrier(session, cases, people):
    page = session.signed_in(people.office.username)
    page.goto(f"{session.origin}{LIST}{cases['stale'].pk}/")
    page.click("summary:has-text('列为例外')")
    page.fill("#id_except-until", "2026-06-01")
    page.fill("#id_except-reason", "网站迁移")
    page.click("#act-except button")
    page.wait_for_selector("#errors")
    assert "截止日期须在今天以后" in page.locator("#errors").inner_text()
    assert page.input_value("#id_except-reason") == "网站迁移"
    assert browsing.barriers(page, "rectification-error") == []


def test_ticking_all_and_urging_after_a_filter(session, cases, people):
    page = session.signed_in(people.office.username)
    page.goto(f"{session.origin}{LIST}?open=yes")
    page.fill("[name=q]", "链接打不开")
    page.wait_for_function("document.querySelectorAll('td.title').length === 4")
    page.wait_for_load_state("networkidle")  # every letter asks for the list; the last answer takes the ticks with it
    page.check("th.tick input")
    assert page.locator("td.tick input:checked").count() == 4
    page.fill("#urge-note", "请本周内完成")
    page.click("text=催办所选")
    page.wait_for_load_state()
    assert "已催办 3 项" in page.locator(".messages").inner_text()
    assert "未催办" in page.locator(".messages").inner_text()
    assert "q=" in page.url and Case.objects.filter(urged_count=1).count() == 3
    assert browsing.barriers(page, "rectification-urged") == []
