"""The screens in Chromium, wide and narrow; a row without content is found, mended, and its case closes by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests import browsing
from tests.core.catalogues.sheets import book
from tests.review.passing import sign
from tests.standards.planting import FIELD, TITLE, filled, imported, link, owing

from gongkai.foundation.schedules.worker import drain
from gongkai.rectification.models import Case, State
from gongkai.rectification.services import collect
from gongkai.standards.models import Link
from gongkai.standards.services import put_forward, reconcile, set_column

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def catalogue(transactional_db, county, people):
    made = imported(county.fgj, owing("办事指南"), owing("批准结果"), owing("征地补偿"), actor=people.clerk)
    column = filled(county.fgj, "办事指南")
    link(people.clerk, made, "办事指南", column)
    set_column(people.clerk, made, "portal.columns", str(column.pk))
    Link.objects.create(
        row=made.rows.get(second="征地补偿"), source="portal.columns", target=str(column.pk), label="征地", score=0.9
    )
    filled(county.fgj, "批准结果")
    sign(people.leader, put_forward(people.clerk, made))
    reconcile(None)
    collect(None)
    return made


@pytest.fixture
def session(live_server, catalogue, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    with browsing.browsing(live_server.url) as session:
        yield session


def test_a_row_without_content_is_found_mended_and_closes_by_itself(session, catalogue, people):
    case = Case.objects.get(title__contains="批准结果")
    assert case.state == State.TO_MEND
    page = session.signed_in(people.clerk.username)
    page.goto(f"{session.origin}/admin/standards/")
    page.get_by_role("link", name="没有内容").first.click()
    page.get_by_role("link", name="批准结果").first.click()
    expect(page.locator("body")).to_contain_text("还没有对应的栏目、文章或网页")
    page.get_by_label("选择栏目").select_option(label="批准结果")
    page.get_by_role("button", name="保存对应").click()
    expect(page.locator("body")).to_contain_text("批准结果的内容")
    drain()
    case.refresh_from_db()
    assert (case.state, case.check_mended) == (State.CLOSED, True)
    page.goto(f"{session.origin}/admin/rectification/{case.pk}/")
    expect(page.locator("body")).to_contain_text("已办结")


def wrong_file():
    """One error, one limit that nobody can read, one row as it should be."""
    return book(
        owing("办事指南", limit="同上"), owing("批准结果", limit="视情况"), owing("进展"), title=TITLE, sheet=FIELD
    )


def test_no_barrier_wide_and_narrow(session, catalogue, people):
    base = "/admin/standards/"
    row = catalogue.rows.get(second="批准结果").pk
    addresses = {
        "board": base,
        "rows": f"{base}rows/?gap=yes",
        "none": f"{base}rows/?state=wrong",
        "row": f"{base}rows/{row}/",
        "catalogue": f"{base}{catalogue.pk}/",
        "mapping": f"{base}{catalogue.pk}/mapping/",
        "import": f"{base}import/",
        "strays": f"{base}strays/",
    }
    found: list[str] = []
    page = session.signed_in(people.clerk.username)
    for name, address in addresses.items():
        assert page.goto(session.origin + address).status == 200, address
        page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
        found += browsing.barriers(page, f"standards-{name}")
    page.goto(f"{session.origin}{base}import/")
    upload = {"name": "目录.xlsx", "mimeType": "application/octet-stream", "buffer": wrong_file()}
    page.set_input_files("input[type=file]", upload)
    page.get_by_role("button", name="查看导入结果预览").click()
    expect(page.get_by_label("公开时限")).to_have_count(2)
    found += browsing.barriers(page, "standards-preview")
    for name, address in {"list": "", "words": "?q=办事", "one": "qinghe.fgj/major-projects/"}.items():
        assert page.goto(f"{session.origin}/catalogues/{address}").status == 200, address
        found += browsing.barriers(page, f"standards-public-{name}")
    assert found == [] and session.strangers == []
