"""Columns and articles in Chromium, for the public and for those who write them: wide, narrow, for elders, on paper."""

from __future__ import annotations

import pytest
from tests import browsing
from tests.portal import writing
from tests.review.passing import holder

from gongkai.foundation.access import Role
from gongkai.portal.structure import ensure_portal
from gongkai.review.models import Release, State
from gongkai.review.services import request, withdraw

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = """<h2>总体进展</h2><p>上半年全县安排重点项目二十六个，已开工二十一个，完成年度投资的百分之五十四。详见
<a href="https://www.gov.cn/zhengce/">相关政策</a>。</p><h2>下一步安排</h2><ol><li>加快手续办理。</li><li>按月公开进度。</li></ol>
<p>各责任单位每月五日前报送进度，由县发展和改革局汇总后在本栏目公开，接受社会监督。</p>"""


@pytest.fixture
def session(live_server, county, people, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    ensure_portal()
    with browsing.browsing(live_server.url) as session:
        yield session


@pytest.fixture
def pages(county, session):
    section = writing.section(county.fgj)
    column = writing.through_the_gate(writing.column(section, "重点项目", summary="全县重点项目的计划、进度和结果。"))
    for title in ("年度重点项目计划", "项目前期手续办理情况"):
        writing.through_the_gate(writing.column(column, title))
    files = (writing.file(county.fgj), writing.file(county.fgj, "mingdan.csv", b"a,b"))
    article = writing.article(
        column, files=files, body=TEXT, source="清河县人民政府办公室", summary="上半年开工二十一个。"
    )
    article = writing.through_the_gate(article)
    long = "关于进一步加强全县重点建设项目从立项审批到竣工验收全过程信息公开工作有关事项的通知（征求意见稿）"
    gone = writing.through_the_gate(writing.article(column, long))
    for number in range(3):
        writing.through_the_gate(writing.article(column, f"第{number + 1}期项目进度通报"))
    withdrawn = writing.through_the_gate(writing.article(column, "撤下的文章"))
    release = Release.objects.get(object_id=withdrawn.pk, kind="portal.article", state=State.APPROVED)
    withdraw(holder(county.fgj, Role.LEADER), release, "数据有误", "数据更正中，更正后重新公布。")
    return {"section": section, "column": column, "article": article, "long": gone, "withdrawn": withdrawn}


def test_public_pages_have_no_barrier(session, pages):
    window, found = session.window(), []
    for name, page in pages.items():
        window.goto(session.origin + page.url)
        found += browsing.barriers(window, f"portal-{name}")
    window.context.add_cookies([{"name": "view", "value": "elder", "url": session.origin}])
    window.goto(session.origin + pages["article"].url)
    found += browsing.barriers(window, "portal-article-elder")
    window.emulate_media(media="print")
    assert not window.locator(".trail").is_visible() and window.locator(".prose").is_visible()
    assert found == [], "\n".join(found)
    assert session.strangers == []


def test_a_clerk_writes_and_puts_forward(session, pages, people, county):
    window, found = session.signed_in("clerk.fgj"), []
    window.goto(f"{session.origin}/admin/pages/add/portal/articlepage/{pages['column'].pk}/")
    window.fill("[name=title]", "在编辑器里写的文章")
    window.get_by_role("textbox", name="正文").click()  # named as its field is
    window.keyboard.type("正文一段。")
    window.wait_for_function("document.querySelector('[name=body]').value.includes('正文一段')")
    found += seen(window, "portal-editor")
    window.click("footer .w-dropdown__toggle, footer [data-controller~=w-dropdown] button")
    window.click("[name=action-put-forward]")
    window.wait_for_url("**/review/put-forward/portal.article/**")
    found += browsing.barriers(window, "portal-sheet")
    waiting = request(people.clerk, "portal.article", writing.article(pages["column"], "等着审查的文章").pk)
    window.goto(f"{session.origin}/admin/pages/{waiting.object_id}/edit/")
    window.get_by_role("link", name="查看审查情况或撤回").wait_for()
    found += seen(window, "portal-editor-locked")
    assert found == [], "\n".join(found)
    assert session.strangers == []


def seen(window, name: str) -> list[str]:
    """Wagtail's editor keeps its side panels beside the screen, so it is only looked at, wide and narrow."""
    found = []
    for width, size in browsing.WIDTHS.items():
        window.set_viewport_size(size)
        found += browsing.violations(window)
        if browsing.PICTURES:
            window.screenshot(path=f"{browsing.PICTURES}/{name}-{width}.png")
    window.set_viewport_size(browsing.WIDTHS["wide"])
    return found
