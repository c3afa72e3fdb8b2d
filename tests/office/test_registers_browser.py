"""The registers and their forms in Chromium, wide and narrow: no barrier, nothing to scroll sideways for, cards."""

from __future__ import annotations

import pytest
from tests import browsing

from gongkai.bodies.sections import keep_in_step
from gongkai.channels.models import Column, Platform, Site
from gongkai.channels.services import save_account
from gongkai.foundation.schedules.services import run_due

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A list, and a value of it that only a card shows beside its name.
REGISTERS = {
    "/admin/bodies/": "类别",
    "/admin/people/": "登录名",
    "/admin/channels/sites/": "首页网址",
    "/admin/channels/columns/": "类别",
    "/admin/channels/accounts/": "平台",
    "/admin/jobs/": "下次执行",
    "/admin/jobs/runs/": "状态",
}


@pytest.fixture
def session(live_server, county, plan, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    site = Site.objects.create(name="县政府门户网站", url="https://www.qingshan.gov.cn/", owner=county.root)
    Column.objects.create(site=site, name="财政预算决算信息公开专栏", owner=county.czj)
    save_account(None, county.czj, "青山财政", Platform.WECHAT)
    run_due()
    keep_in_step(county.office)
    with browsing.browsing(live_server.url) as session:
        yield session


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_registers_and_forms_have_no_barrier(width, session, county):
    page = session.signed_in(county.office.username, width=width)
    body, person = county.czj.pk, county.clerk.pk
    forms = ["bodies/tree/", "bodies/new/", "bodies/import/", f"bodies/{body}/", f"bodies/{body}/edit/"]
    forms += [f"bodies/{body}/rename/", f"bodies/{body}/dissolve/", "people/new/", f"people/{person}/"]
    forms += [f"people/{person}/{what}/" for what in ("edit", "appoint", "hand-over", "password")]
    forms += ["channels/sites/new/", "channels/columns/new/", "channels/import/", "review/", "notices/", "account/"]
    found: list[str] = []
    for address in [*REGISTERS, *(f"/admin/{form}" for form in forms)]:
        assert page.goto(session.origin + address).status == 200, address
        found += browsing.violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} scrolls sideways"
    assert found == [] and session.strangers == []


def test_on_a_narrow_screen_rows_are_cards_that_name_their_values(session, county):
    page = session.signed_in(county.office.username, width="narrow")
    for address, column in REGISTERS.items():
        page.goto(session.origin + address)
        cell = page.locator(f'td[data-label="{column}"]').first
        named = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
        assert column in named, address
        left, right = cell.evaluate("cell => [cell.getBoundingClientRect().left, cell.getBoundingClientRect().right]")
        assert left >= 0 and right <= 391, address
        assert cell.evaluate("cell => cell.offsetWidth") > 200, f"{address}: characters in a column"
    page.set_viewport_size(browsing.WIDTHS["wide"])
    page.goto(session.origin + "/admin/bodies/")
    assert page.locator("table.listing thead").is_visible()
