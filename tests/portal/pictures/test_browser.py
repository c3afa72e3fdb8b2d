"""In Chromium: a clerk puts a picture in, is asked for its words, publishes through the gate, and a citizen sees it."""

from __future__ import annotations

import pytest
from tests import browsing
from tests.drawings import drawing, moving
from tests.portal import writing
from tests.review.passing import holder, sign

from gongkai.foundation.access import Role
from gongkai.portal.models import ArticlePage, AttachmentFile
from gongkai.portal.pictures.references import references
from gongkai.portal.reviewables import ARTICLE
from gongkai.portal.structure import ensure_portal
from gongkai.review.services import request

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ALT = "河堤加固后的堤顶，路面宽六米"
LOADED = "[...document.querySelectorAll('.prose img')].every(one => one.complete && one.naturalWidth > 0)"

VOICE = """
const spoken = window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [{lang: "zh-CN"}], addEventListener: () => 0, cancel: () => 0,
    speak: (one) => { spoken.push(one.text); setTimeout(() => one.onend(), 5); },
}});
"""


@pytest.fixture
def session(live_server, county, people, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    ensure_portal()
    with browsing.browsing(live_server.url) as session:
        yield session


def test_from_the_clerk_to_the_citizen(session, county, people):
    column = writing.through_the_gate(writing.column(writing.section(county.fgj), "图片新闻"))
    clerk = session.signed_in("clerk.fgj")
    text = "<p>河堤加固工程已经完工，验收合格，今起交付使用。</p>"
    draft = writing.article(column, "河堤加固工程完工", body=text, owner=people.clerk)
    clerk.goto(f"{session.origin}/admin/pages/{draft.pk}/edit/")
    browsing.at_rest(clerk)
    clerk.get_by_role("textbox", name="正文").click()
    clerk.keyboard.press("Control+End")
    put_in(clerk, drawing(2400, 1350))
    put_forward(clerk)
    clerk.get_by_text("第 1 张图片没有替代文字").first.wait_for()

    clerk.get_by_role("textbox", name="替代文字").click()
    clerk.keyboard.type(ALT[:4])
    clerk.wait_for_function("document.querySelector('[name=body]').value.includes('河堤加固\"')")
    clerk.keyboard.type(ALT[4:])  # the cursor stays where it was while what is typed is taken over
    clerk.get_by_label("图注").fill("加固后的堤顶")
    clerk.locator("[name=title]").click()
    clerk.wait_for_function("document.querySelector('[name=body]').value.includes('堤顶，路面')")
    assert browsing.violations(clerk) == []
    put_forward(clerk)
    clerk.wait_for_url("**/review/put-forward/portal.article/**")

    page = ArticlePage.objects.get()
    sign(holder(county.fgj, Role.LEADER), request(people.clerk, ARTICLE, page.pk))
    page.refresh_from_db()
    assert references(page.body)[0].alt == ALT
    seen(session, page)
    assert session.strangers == []


PASTE = """([bytes, html]) => {
    const box = document.querySelector('[data-contentpath=body] .public-DraftEditor-content');
    box.focus();
    const carried = new DataTransfer();
    carried.items.add(new File([Uint8Array.from(bytes)], 'image.png', {type: 'image/png'}));
    carried.setData('text/html', html);
    box.dispatchEvent(new ClipboardEvent('paste', {clipboardData: carried, bubbles: true, cancelable: true}));
}"""


def test_a_part_of_the_screen_is_pasted(session, county, people):
    draft = writing.article(writing.column(writing.section(county.fgj)), "施工现场")
    clerk = session.signed_in("clerk.fgj")
    clerk.goto(f"{session.origin}/admin/pages/{draft.pk}/edit/")
    browsing.at_rest(clerk)
    clerk.get_by_role("textbox", name="正文").wait_for()
    clerk.evaluate(PASTE, [list(moving()), "<img src='file:///C:/a.png'>"])
    clerk.get_by_text("动图不能使用").wait_for()
    clerk.evaluate(PASTE, [list(drawing(300, 200, "PNG")), ""])
    clerk.locator(".portal-picture img").wait_for()
    clerk.wait_for_function("document.querySelector('[name=body]').value.includes('PICTURE')")
    assert AttachmentFile.objects.get().width == 300


def put_in(clerk, data: bytes) -> None:
    """From the toolbar of the editor; what is asked for first has the cursor."""
    clerk.keyboard.press("Enter")
    clerk.get_by_role("button", name="插入内容块").click()
    with clerk.expect_file_chooser() as chooser:
        clerk.get_by_role("option", name="图片").click()
    chooser.value.set_files({"name": "IMG_2031.jpg", "mimeType": "image/jpeg", "buffer": data})
    clerk.get_by_role("textbox", name="替代文字").wait_for()
    clerk.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
    clerk.wait_for_function("document.querySelector('[name=body]').value.includes('PICTURE')")


def put_forward(clerk) -> None:
    browsing.at_rest(clerk)
    clerk.click("footer .w-dropdown__toggle, footer [data-controller~=w-dropdown] button")
    clerk.click("[name=action-put-forward]")


def seen(session, page) -> None:
    """At both widths, in every view, and on paper; a narrow screen is not sent the wide picture."""
    for view in ("standard", "elder", "simple"):
        citizen = session.window()
        citizen.context.add_cookies([{"name": "view", "value": view, "url": session.origin}])
        citizen.goto(session.origin + page.url)
        assert citizen.get_by_role("img", name=ALT).count() == 1
        citizen.get_by_role("img", name=ALT).scroll_into_view_if_needed()
        citizen.wait_for_function(LOADED)
        assert browsing.barriers(citizen, f"picture-{view}") == []
    narrow = session.window("narrow")
    asked: list[str] = []
    narrow.on("request", lambda one: asked.append(one.url))
    narrow.goto(session.origin + page.url)
    narrow.wait_for_function(LOADED)
    assert [one.rpartition("/pictures/")[2].split("/")[1] for one in asked if "/pictures/" in one] == ["640"]
    narrow.emulate_media(media="print")
    assert narrow.get_by_role("img", name=ALT).is_visible()
    read_aloud(session, page)


def read_aloud(session, page) -> None:
    """What the picture says stands in the order of the text."""
    window = session.window()
    window.add_init_script(VOICE)
    window.goto(session.origin + page.url)
    window.locator("summary").click()
    window.get_by_role("button", name="朗读正文").click()
    window.wait_for_function("spoken.includes('加固后的堤顶')")
    spoken = window.evaluate("spoken")
    assert spoken.index(ALT) + 1 == spoken.index("加固后的堤顶")
