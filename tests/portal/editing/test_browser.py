"""Writing in Chromium: a paste from Word, a table typed into, a file taken over."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import browsing
from tests.portal import writing

from gongkai.portal.bulk.services import move
from gongkai.portal.drafting.services import keep_template
from gongkai.portal.links.services import check_all
from gongkai.portal.models import ArticlePage
from gongkai.portal.structure import ensure_portal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORD = (Path(__file__).parents[2] / "core" / "pasting" / "word.html").read_text()
PASTE = """html => {
    const box = document.querySelector('[data-contentpath=body] .public-DraftEditor-content');
    box.focus();
    const carried = new DataTransfer();
    carried.setData('text/html', html);
    carried.setData('text/plain', 'x');
    box.dispatchEvent(new ClipboardEvent('paste', {clipboardData: carried, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def session(live_server, county, people, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    ensure_portal()
    with browsing.browsing(live_server.url) as session:
        yield session


@pytest.fixture
def column(county, session):
    return writing.column(writing.section(county.fgj), "重点项目")


def test_a_clerk_pastes_from_word_and_types_into_the_table(session, column):
    window = session.signed_in("clerk.fgj")
    window.goto(f"{session.origin}/admin/pages/add/portal/articlepage/{column.pk}/")
    window.fill("[name=title]", "河堤加固工程资金安排")
    window.get_by_role("textbox", name="正文").wait_for()
    window.evaluate(PASTE, WORD)
    window.get_by_text("批注 1 处没有带入").wait_for()
    cell = window.locator(".portal-table td").first
    assert cell.inner_text() == "河堤"
    cell.click()
    window.keyboard.press("End")
    window.keyboard.type("二期")
    window.get_by_role("button", name="加一行").click()
    window.locator(".portal-table tr").nth(3).locator("td").first.click()
    window.keyboard.type("泵站")
    window.locator(".portal-table caption").click()
    window.keyboard.type("资金安排")
    window.click(
        "[name=source]"
    )  # while a cell is typed into, Draftail leaves an attribute that its role does not take
    found = browsing.violations(window)
    if browsing.PICTURES:
        for width, size in browsing.WIDTHS.items():
            window.set_viewport_size(size)
            window.locator(".portal-table").scroll_into_view_if_needed()
            window.screenshot(path=f"{browsing.PICTURES}/portal-table-{width}.png")
        window.set_viewport_size(browsing.WIDTHS["wide"])
    window.wait_for_function("document.querySelector('[name=body]').value.includes('资金安排')")
    window.click("footer .w-dropdown__toggle, footer [data-controller~=w-dropdown] button")
    window.click("[name=action-put-forward]")
    window.wait_for_url("**/review/put-forward/portal.article/**")
    body = ArticlePage.objects.get().get_latest_revision_as_object().body
    assert (
        "<caption>资金安排</caption>" in body
        and "<td>河堤二期</td>" in body
        and "<td>泵站</td><td></td><td></td>" in body
    )
    assert "一、<b>工作目标</b>" in body and "建成公园12m²；" in body
    assert found == [], "\n".join(found)
    assert session.strangers == []


LATE = """(() => {  // the server has answered, and nobody heard it yet
    document.addEventListener("w-unsaved:watch-edits", () => { window.watching = true; });
    const real = window.fetch;
    window.fetch = (where, how) => real(where, how).then(async (answer) => {
        if (how?.method === "post") {
            window.saved = true;
            await new Promise((done) => setTimeout(done, 3000));
        }
        return answer;
    });
})()"""


def pressed_while_it_saves_itself(window, address, change):
    """The page as it is after `change` and a press of 保存草稿 between the answer to the first save and its arrival."""
    window.add_init_script(LATE)
    window.goto(address)
    window.wait_for_function("window.watching")
    window.wait_for_timeout(1000)  # Wagtail looks twice at what the form held at first
    change(window)
    window.wait_for_function("window.saved")
    with window.expect_event("load"):  # of the page that is shown after the press
        window.click("footer button[type=submit]:not([name])")
    return ArticlePage.objects.get()


def test_a_press_while_a_new_page_is_saved_by_itself_makes_one_page(session, column):
    window = session.signed_in("clerk.fgj")
    address = f"{session.origin}/admin/pages/add/portal/articlepage/{column.pk}/"
    made = pressed_while_it_saves_itself(window, address, lambda page: page.fill("[name=title]", "河堤加固工程"))
    assert f"/{made.pk}/edit/" in window.url and made.revisions.count() > 1


def test_a_press_while_an_attachment_is_saved_by_itself_attaches_it_once(session, column, county):
    article, file = writing.article(column, "河堤加固工程"), writing.file(county.fgj)

    def attach(page):
        page.click("#id_attachments-ADD")
        page.evaluate(f"document.querySelector('#id_attachments-0-document').value = {file.pk}")

    window = session.signed_in("clerk.fgj")
    made = pressed_while_it_saves_itself(window, f"{session.origin}/admin/pages/{article.pk}/edit/", attach)
    attached = made.get_latest_revision_as_object().attachments.all()
    assert [one.document_id for one in attached] == [file.pk]


def test_the_screens_of_those_who_write_have_no_barrier(session, column, people):
    body = '<p>请于〔填写：日期〕前报送，详见<a linktype="page" id="999999">通知</a>。</p>'
    article = writing.article(column, "报送项目进展的通知", body=body)
    writing.column(column.get_parent().specific, "另一个栏目")
    public = writing.through_the_gate(writing.article(writing.through_the_gate(column), "公开的文章", body=body))
    check_all()
    act = move(people.clerk, [article.pk], writing.column(column.get_parent().specific, "第三个栏目").pk, "归类")
    keep_template(people.clerk, article, "报送通知")
    pages = {
        "lacking": f"pages/{article.pk}/edit/",
        "templates": f"portal/templates/{column.pk}/",
        "keep": f"portal/templates/keep/{article.pk}/",
        "bulk-move": f"bulk/wagtailcore/page/move/?next=/admin/&id={article.pk}&id={public.pk}",
        "bulk-withdraw": f"bulk/wagtailcore/page/unpublish/?next=/admin/&id={article.pk}&id={public.pk}",
        "acts": "portal/acts/",
        "act": f"portal/acts/{act.pk}/",
        "links": "portal/links/",
        "explorer": f"pages/{column.pk}/",
    }
    window, found = session.signed_in("clerk.fgj"), []
    for name, address in pages.items():
        window.goto(f"{session.origin}/admin/{address}")
        for width, size in browsing.WIDTHS.items():
            window.set_viewport_size(size)
            found += browsing.violations(window)
            if browsing.PICTURES:
                window.screenshot(path=f"{browsing.PICTURES}/{name}-{width}.png")
    assert found == [], "\n".join(found)
    assert session.strangers == []
