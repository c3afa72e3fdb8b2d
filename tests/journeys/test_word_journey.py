"""A text from Word, from the clipboard to the public page: pasted, a file attached, three reviews, live with its tags.

The product as `make run` serves it, with its worker, in a real browser.
"""

from __future__ import annotations

import io
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browsing import Session, at_rest, barriers, browsing
from tests.journeys.drafting import attach, opened, put_forward, send
from tests.journeys.reviewing import review_through
from tests.journeys.serving import served
from tests.papers import docx
from tests.portal.tagging import canonical, faults, linked, metas

from gongkai.core.siteaudit import PageKind

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORD = (Path(__file__).parents[1] / "core" / "pasting" / "word.html").read_text()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMN, TITLE, FILE = "重大建设项目", "河堤加固工程资金安排", "资金安排说明"
SECTION = "/qinghe-czj/"
PASTE = """html => navigator.clipboard.write([new ClipboardItem({
    'text/html': new Blob([html], {type: 'text/html'}), 'text/plain': new Blob(['x'], {type: 'text/plain'})})])"""


@pytest.fixture(scope="module")
def session(tmp_path_factory, example_county):
    with served(example_county, tmp_path_factory.mktemp("data")) as origin, browsing(origin) as found:
        yield found


def test_a_text_from_word_becomes_a_public_page_with_its_tags(session: Session):
    clerk = session.signed_in("clerk.qinghe.czj")
    clerk.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=session.origin)
    column = opened(clerk, session, "法定主动公开内容", COLUMN)
    draft(clerk, session, column)
    send(clerk)
    citizen = session.window()
    assert listed(citizen, session) == []

    review_through(session, "qinghe.czj", TITLE)
    assert listed(citizen, session) == [TITLE]
    citizen.get_by_role("link", name=TITLE).first.click()
    as_it_was_in_word(citizen)
    tags_of_the_page(citizen, session)
    the_file(citizen, session)
    assert barriers(citizen, "word-public") == []
    assert session.strangers == []


def draft(clerk: Page, session: Session, column: str) -> None:
    """Pasted with the keyboard from the clipboard, as Word fills it; what was left out is said."""
    clerk.goto(f"{session.origin}/admin/pages/add/portal/articlepage/{column}/")
    at_rest(clerk)
    clerk.fill("[name=title]", TITLE)
    clerk.get_by_role("textbox", name="正文").click()
    clerk.evaluate(PASTE, WORD)
    clerk.keyboard.press("Control+V")
    clerk.get_by_text("批注 1 处没有带入").wait_for()
    clerk.wait_for_function("document.querySelector('[name=body]').value.includes('工作目标')")
    clerk.locator("[name=keywords]").fill("河堤,资金")
    clerk.locator("[name=summary]").fill("安排资金300万元。")
    attach(clerk, "资金安排说明.docx", docx("资金按进度拨付。"), FILE, DOCX)
    put_forward(clerk, "portal.article")
    expect(clerk.locator("#panel-shown-content, [id*=shown]").first).to_contain_text("工作目标")


def listed(citizen: Page, session: Session) -> list[str]:
    """What the public column lists under the title; a column without content is named, but leads nowhere."""
    citizen.goto(session.origin + SECTION)
    citizen.get_by_role("link", name="法定主动公开内容").first.click()
    citizen.wait_for_url("**/fading/")
    column = citizen.locator("main").get_by_role("link", name=COLUMN)
    if not column.count():
        return []
    column.first.click()
    return citizen.get_by_role("link", name=TITLE).all_inner_texts()


def as_it_was_in_word(citizen: Page) -> None:
    """Table and numbers as they were printed; what Word hid, and its own marks, are gone."""
    text = citizen.locator(".prose")
    expect(text.locator("table th").first).to_have_text("项目")
    assert [one.inner_text() for one in text.locator("table td").all()][:2] == ["河堤", "300"]
    expect(text).to_contain_text("一、工作目标")
    assert text.locator("ol > li, ul > li").count() or "1." in text.inner_text()
    for rubbish in ("内部稿", "原定九月", "张三", "mso-", "MsoNormal", "<o:p"):
        assert rubbish not in citizen.content(), rubbish


def tags_of_the_page(citizen: Page, session: Session) -> None:
    """网站、栏目、内容页标签, all of them and none empty (政府网站发展指引 附件)."""
    html = citizen.content()
    told = metas(html)
    assert faults(html, PageKind.CONTENT) == []
    assert (told["ColumnName"], told["ArticleTitle"]) == (COLUMN, TITLE)
    assert (told["ContentSource"], told["Keywords"], told["Description"]) == (
        "青禾县财政局",
        "河堤,资金",
        "安排资金300万元。",
    )
    day, minute = told["PubDate"].split(" ")
    assert day == timezone.localdate().isoformat() and minute != "00:00"
    assert unquote(told["Url"]) == unquote(canonical(html)) == unquote(citizen.url)
    assert canonical(html).startswith(session.origin)
    assert any(node.get("headline") == TITLE for node in linked(html).values())


def the_file(citizen: Page, session: Session) -> None:
    """Its name, kind and size are said; it is what was attached, and nothing beside it can be had."""
    link = citizen.get_by_role("link", name=FILE)
    expect(citizen.locator("section[aria-labelledby=attachments]")).to_contain_text("Word 文档")
    address = session.origin + link.get_attribute("href")
    data = urllib.request.urlopen(address).read()
    assert "资金按进度拨付。" in zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(address.replace("/documents/", "/documents/9"))
