"""Findings in Wagtail's editor: marked in the text as it is written, masked by one click."""

from __future__ import annotations

import json

import pytest
from tests import browsing
from tests.portal import writing

from gongkai.portal.structure import ensure_portal

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

IDENTITY, MASKED = "11010519491231002X", "11*************02X"
MARKS = "[...CSS.highlights.keys()].flatMap(key => [...CSS.highlights.get(key)].map(one => [key, String(one)]))"


@pytest.fixture
def session(live_server, county, people, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    ensure_portal()
    with browsing.browsing(live_server.url) as session:
        yield session


def test_marked_in_place_and_masked_by_one_click(session, county):
    column = writing.column(writing.section(county.fgj))
    window = session.signed_in("clerk.fgj")
    window.goto(f"{session.origin}/admin/pages/add/portal/articlepage/{column.pk}/")
    browsing.at_rest(window)
    window.fill("[name=title]", "联系人手机13812345678")
    window.get_by_role("textbox", name="正文").click()
    window.keyboard.type("😀第一段。")
    window.keyboard.press("Enter")
    window.keyboard.type(f"张三，身份证号{IDENTITY}。")
    window.locator(".review-live li", has_text="阻断").wait_for()
    assert ["review-block", IDENTITY] in window.evaluate(MARKS)

    window.get_by_role("button", name=f"遮盖为 {MASKED}").click()
    window.wait_for_function(f"document.querySelector('[name=body]').value.includes('{MASKED}')")
    blocks = json.loads(window.input_value("[name=body]"))["blocks"]
    assert [one["text"] for one in blocks] == ["😀第一段。", f"张三，身份证号{MASKED}。"]
    window.get_by_role("button", name="遮盖为 138****5678").click()
    assert window.input_value("[name=title]") == "联系人手机138****5678"
    window.wait_for_function("!document.querySelector('.review-live li')")
    assert browsing.violations(window) == []
    assert session.strangers == []
