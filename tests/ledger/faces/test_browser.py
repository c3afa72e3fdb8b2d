"""The screens of daily work in Chromium: axe finds nothing at A and AA, nothing leaves the origin, keys suffice."""

from __future__ import annotations

import pypdfium2
import pytest
from tests import browsing
from tests.ledger import builders

from gongkai.bodies.sections import keep_in_step
from gongkai.ledger.models import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = ("wide", "narrow")


@pytest.fixture
def site(live_server, county, plan):
    """The county at work: every state, evidence, an extension to come, a notice."""
    for number, state in enumerate(State, start=1):
        item = builders.make_item(plan, str(number), f"公开第{number}类信息", deadline_text="全年")
        one = builders.assign(item, county.czj, state)
        builders.assign(item, county.jyj, state)
        builders.evidence_for(one, county.clerk)
    builders.assign(builders.make_item(plan, "6", "公开月度信息", due="2023-04-30"), county.czj, State.IN_PROGRESS)
    for user in (county.office, county.clerk):
        keep_in_step(user)
    return live_server.url


@pytest.fixture
def session(site, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    with browsing.browsing(site) as session:
        yield session


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("who", ["office", "clerk"])
def test_no_barrier_and_nothing_from_outside(who, width, session, site, county, plan):
    page = session.signed_in(getattr(county, who).username, width=width)
    one = plan.assignments.filter(body=county.czj, state=State.IN_PROGRESS).first()
    lists = ["", "items/", "bodies/", "timeline/", "tasks/"] + (["mine/"] if who == "clerk" else [])
    addresses = ["/admin/", "/admin/notices/", *(f"/admin/ledger/{name}" for name in lists)]
    addresses += [f"/admin/ledger/assignments/{one.pk}/", f"/admin/ledger/items/{one.item_id}/"]
    found: list[str] = []
    for address in addresses:
        assert page.goto(site + address).status == 200, address
        page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
        found += browsing.violations(page)
        assert page.evaluate(browsing.STANDS), f"{address} scrolls sideways"
    assert found == [] and session.strangers == []


def test_the_sign_in_page_has_no_barrier(session, site):
    page = session.window()
    page.goto(f"{site}/admin/login/")
    assert browsing.violations(page) == []


def test_paper_holds_what_the_screen_scrolls(session, site, county, plan):
    for number in range(10, 59):
        builders.assign(builders.make_item(plan, str(number), f"公开第{number}类信息"), county.czj)
    page = session.signed_in(county.office.username)
    for name in ("items/", "timeline/", "tasks/?page=2"):
        page.goto(f"{site}/admin/ledger/{name}")
        page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
        with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as printed:
            words = "".join(sheet.get_textpage().get_text_range() for sheet in printed)
        assert "公开第58类信息" in words, name
        assert "导出" not in words and "通知中心" not in words, name


def test_the_board_by_keys_alone(session, site, county):
    page = session.signed_in(county.office.username)
    page.goto(f"{site}/admin/ledger/")
    page.wait_for_load_state("networkidle")
    inside = "document.activeElement.closest('td.c') !== null"
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(inside):
            break
    assert page.evaluate(inside), "the first cell is out of reach"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    shown = page.evaluate("getComputedStyle(document.activeElement, '::after').content")
    assert "青山县财政局（1）待签收" in shown
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/ledger/assignments/*/")
    assert page.locator("h1").inner_text() == "青山县财政局"


def test_a_body_is_found_by_typing(session, site, county):
    page = session.signed_in(county.office.username)
    page.goto(f"{site}/admin/ledger/tasks/")
    page.click(".ledger-filters > summary")
    page.fill(".ledger-filters [type=search]", "教育")
    boxes = page.locator(".ledger-filters .ledger-choices label:visible")
    assert boxes.all_inner_texts() == ["青山县教育局"]
    boxes.first.click()
    page.click(".ledger-filters__buttons button")
    page.wait_for_load_state()
    assert page.locator(".ledger-chips a").all_inner_texts() == ["青山县教育局 ×"]
    assert page.locator(".ledger-list tbody tr").count() == 5


def test_ticking_all_and_undoing(session, site, county, plan):
    page = session.signed_in(county.office.username)
    page.goto(f"{site}/admin/ledger/tasks/?state=submitted")
    page.check("[data-ledger-all]")
    page.click("button[value=close]")
    page.wait_for_load_state()
    assert "已办结 2 项" in page.locator(".messages").inner_text()
    page.click(".ledger-undo button")
    page.wait_for_load_state()
    assert "已撤销 2 项" in page.locator(".messages").inner_text()
    assert plan.assignments.filter(state=State.SUBMITTED).count() == 2
