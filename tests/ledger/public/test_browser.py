"""The public pages in Chromium: axe at levels A and AA in every theme, no script, keyboard alone, nothing from elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from tests.browsing import LEVELS
from tests.review.passing import sign

from gongkai.ledger.models import State
from gongkai.ledger.services import answer_feedback, leave_feedback
from gongkai.review.models import Release

axe_playwright = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(axe_playwright.__file__).parent / "axe.min.js"
PAGES = ("/", "/qinghe-fgj/", "/ledger/", "/ledger/2026/", "/ledger/2026/?q=无", "/ledger/2026/1/", "/no/such/")
LOOKS = ({}, {"view": "elder"}, {"theme": "dark"}, {"theme": "contrast"})

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module")
def browser() -> Iterator:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
    with sync_api.sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(live_server, make_item, make_evidence, publish, people, county) -> str:
    """A ledger with something of everything on it."""
    call_command("ensure_portal")
    item = make_item(
        "1", "公开年度预算、决算和“三公”经费，说明增减变化的原因" * 3, [county.fgj, county.czj], State.ACCEPTED
    )
    pieces = [make_evidence(item, "预算公开专栏", url="https://elsewhere.example/", link_state="verified")]
    pieces.append(make_evidence(item, "预算表", content=b"x" * 5000))
    publish(item, *pieces, *[make_item(str(n), f"事项{n}", state=State.TO_ACCEPT) for n in range(2, 34)])
    answer_feedback(people.office, leave_feedback(None, item, "预算表缺少附表"), "已补充")
    sign(people.county_leader, Release.objects.get(kind="ledger.feedback"))
    return live_server.url


def context_of(browser, site: str, cookies: dict[str, str], width: int, **options):
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    return context


def test_axe_finds_nothing_and_nothing_comes_from_elsewhere(browser, site):
    script, hosts, found = AXE.read_text(), set(), []
    for cookies in LOOKS:
        for width in (1440, 390):
            page = context_of(browser, site, cookies, width).new_page()
            page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
            for address in PAGES:
                page.goto(site + address)
                page.evaluate(script)
                result = page.evaluate("levels => axe.run(levels)", LEVELS)
                found += [(cookies, width, address, one["id"], one["nodes"][0]["html"]) for one in result["violations"]]
                wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                found += [(cookies, width, address, "scrolls sideways", wider)] if wider > 0 else []
            page.context.close()
    assert found == []
    assert hosts == {urlsplit(site).netloc}


def test_axe_would_find_something(browser, site):
    page = context_of(browser, site, {}, 1440).new_page()
    page.goto(site + "/")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=x><p style=\"color:#ccc\">看不清的一行字</p>'")
    page.evaluate(AXE.read_text())
    result = page.evaluate("levels => axe.run(levels)", LEVELS)
    assert {"image-alt", "color-contrast"} <= {one["id"] for one in result["violations"]}
    page.context.close()


def test_an_opinion_is_left_by_keyboard_alone_without_script(browser, site):
    import re

    from gongkai.ledger.models import Feedback

    page = context_of(browser, site, {}, 1440, java_script_enabled=False).new_page()
    page.goto(site + "/ledger/2026/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到正文"
    page.keyboard.press("Enter")
    _tab_to(page, "a", "公开年度预算")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ledger/2026/1/")
    _tab_to(page, "textarea")
    page.keyboard.type("希望公开部门明细")
    one, sign, other = re.search(r"验证问题：(.)(加|减)(.)等于多少", page.content()).groups()
    words = "零一二三四五六七八九十"
    answer = words.index(one) + (1 if sign == "加" else -1) * words.index(other)
    _tab_to(page, "input[name=answer]")
    page.keyboard.type(str(answer))
    page.wait_for_timeout(3500)  # nobody fills a form in faster
    _tab_to(page, "button", "提交意见")
    page.keyboard.press("Enter")
    page.wait_for_url("**received=*")
    assert Feedback.objects.get(state="waiting").reference in page.locator("main [role=status]").inner_text()
    page.context.close()


def _tab_to(page, selector: str, text: str = "") -> None:
    """Press Tab until the focus is on such an element; it must be visibly outlined."""
    for _step in range(150):
        page.keyboard.press("Tab")
        focused = page.locator(f"{selector}:focus")
        if focused.count() and text in focused.inner_text():
            return
    raise AssertionError(f"{selector} {text} is not reached by keyboard")


def test_the_elder_view_is_large(browser, site):
    page = context_of(browser, site, {"view": "elder"}, 390).new_page()
    page.goto(site + "/ledger/2026/1/")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"
    heights = page.evaluate(
        "[...document.querySelectorAll('button, .counts a, select')]"
        ".filter(one => one.checkVisibility()).map(one => one.offsetHeight)"
    )
    assert min(heights) >= 48
    page.context.close()


def test_focus_is_always_visible(browser, site):
    page = context_of(browser, site, {}, 1440).new_page()
    page.goto(site + "/ledger/2026/")
    for _step in range(25):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 3
    page.context.close()


def test_on_paper_only_the_content_is_left(browser, site):
    page = context_of(browser, site, {"theme": "dark"}, 1440).new_page()
    page.goto(site + "/ledger/2026/")
    page.emulate_media(media="print")
    for selector in (".tools", ".filters", ".band nav", ".also"):
        assert not page.locator(selector).first.is_visible()
    assert page.locator("table").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.context.close()
