"""What the editor shows when the door refuses, and the screens of the register, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browsing import barriers, browsing, violations
from tests.portal import writing
from wagtail.models import Collection

from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User
from gongkai.portal.structure import ensure_portal
from gongkai.review.models import Incident

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MARK = "机密★5年"


@pytest.fixture
def opened(live_server, transactional_db, county, people, person, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    person("bm", (county.body, Role.SECRECY_ADMIN))
    ensure_portal()
    if not Collection.objects.exists():  # a test before emptied the tables
        Collection.add_root(name="Root")
    User.objects.create_superuser("root", password="gongkai-demo")
    with browsing(live_server.url) as session:
        yield session


def test_the_editor_says_what_was_refused(opened, county):
    page = opened.signed_in("root")
    article = writing.article(writing.column(writing.section(county.fgj)))
    page.goto(f"{opened.origin}/admin/pages/{article.pk}/edit/")
    page.wait_for_timeout(5000)  # Wagtail begins to watch a form some time after it was opened
    page.fill("[name=summary]", f"关于工作的通知 {MARK}")
    notice = page.locator(".guard-notice")
    expect(notice).to_contain_text("没有保存")
    expect(notice).to_contain_text("立即停止")
    assert MARK not in notice.inner_text()
    found = violations(page)
    page.fill("[name=summary]", "关于工作的通知")
    expect(notice).to_have_count(0)  # saved: nothing to say any more
    article.refresh_from_db()
    assert "关于工作的通知" in str(article.latest_revision.content)
    page.goto(f"{opened.origin}/admin/documents/multiple/add/")
    page.set_input_files("#fileupload", {"name": "a.txt", "mimeType": "text/plain", "buffer": MARK.encode()})
    expect(notice).to_contain_text("没有保存")
    assert found == []


def test_the_screens(opened, county):
    stranger = opened.window()
    answer = stranger.goto(f"{opened.origin}/?q={MARK}")
    assert answer.status == 422
    found = barriers(stranger, "refused")
    page = opened.signed_in("bm")
    page.goto(f"{opened.origin}/admin/review/incidents/")
    found += barriers(page, "incidents")
    page.goto(f"{opened.origin}/admin/review/incidents/{Incident.objects.get().pk}/")
    found += barriers(page, "incident")
    page.goto(f"{opened.origin}/admin/review/incidents/procedure/")
    found += barriers(page, "procedure")
    assert found == []
