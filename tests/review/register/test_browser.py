"""The register, its entries and its months in Chromium: no barrier, no sideways scrolling, no stranger asked."""

from __future__ import annotations

import pytest
from tests import browsing
from tests.review.conftest import KIND
from tests.review.passing import sign

from gongkai.bodies.sections import keep_in_step
from gongkai.foundation.schedules.worker import drain
from gongkai.review.services import request, verify_register

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_screens_of_the_register(live_server, site, people, county, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    sign(people.leader, request(people.clerk, KIND, site.pk, "首次公开"))
    verify_register(None)
    keep_in_step(people.office)
    found: list[str] = []
    with browsing.browsing(live_server.url) as session:
        page = session.signed_in("office")
        for name in ("", "entries/", "months/"):
            assert page.goto(f"{session.origin}/admin/review/{name}").status == 200
            found += browsing.barriers(page, f"register-{name.strip('/') or 'list'}")
        page.goto(f"{session.origin}/admin/review/")
        page.click("text=现在核验")
        page.wait_for_url("**/verif*/**")
        drain()  # the worker's part
        page.reload()
        page.wait_for_selector("text=登记簿完好，共")
        assert session.strangers == []
    assert found == []
