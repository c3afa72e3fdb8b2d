"""Every template of the portal in Chromium: the twenty checks of level one and WCAG 2.2 AA in three views, a walk by
keyboard, the page read aloud, and what is printed.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests import browsing
from tests.portal import writing
from tests.review.passing import holder
from wagtail.search import index

from gongkai.channels.models import Site
from gongkai.core.siteaudit.level_one import Result, judge, rules
from gongkai.foundation.access import Role
from gongkai.portal.identity import identify
from gongkai.portal.models import BlockPage
from gongkai.portal.structure import ensure_portal
from gongkai.review.models import Release, State
from gongkai.review.services import withdraw

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TEXT = """<h2>总体进展</h2><p>上半年全县安排重点项目二十六个，已开工二十一个，完成年度投资的百分之五十四。详见
<a href="https://www.gov.example/zhengce/">相关政策</a>。</p><h2>下一步安排</h2><ol><li>加快手续办理。</li><li>按月公开进度。</li></ol>
<p>各责任单位每月五日前报送进度，由县发展和改革局汇总后在本栏目公开，接受社会监督。</p>"""
VIEWS = ("standard", "elder", "simple")


@pytest.fixture
def session(live_server, county, people, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    ensure_portal()
    site = Site.objects.create(
        name="清河县人民政府门户网站", url="https://www.qinghe.example/", owner=county.body, identifier="9901240001"
    )
    identify(
        people.office,
        county.body,
        site=site,
        icp="川ICP备00000000号",
        police="川公网安备 99012402000001号",
        operator="清河县融媒体中心",
        contact="0990-1234567",
        mark_url="https://mark.example/",
        correction_url="https://mend.example/",
        ipv6=True,
    )
    with browsing.browsing(live_server.url) as session:
        yield session


@pytest.fixture
def places(county, session, request) -> dict[str, str]:
    """Name → address of one page of each template."""
    section = writing.section(county.fgj)
    column = writing.through_the_gate(writing.column(section, "重点项目", summary="全县重点项目的计划、进度和结果。"))
    writing.through_the_gate(writing.column(column, "项目前期手续办理情况"))
    files = (writing.file(county.fgj), writing.file(county.fgj, "mingdan.csv", b"a,b"))
    article = writing.article(
        column, files=files, body=TEXT, source="清河县人民政府办公室", summary="上半年开工二十一个。"
    )
    article = writing.through_the_gate(article)
    gone = writing.through_the_gate(writing.article(column, "撤下的文章"))
    release = Release.objects.get(object_id=gone.pk, kind="portal.article", state=State.APPROVED)
    withdraw(holder(county.fgj, Role.LEADER), release, "数据有误", "数据更正中，更正后重新公布。")
    window = session.window()
    window.goto(session.origin + article.url)
    leaving = window.get_by_role("link", name="相关政策").get_attribute("href")
    found = "/search/"
    if not request.config.getoption("nomigrations"):  # the index is made by migrations
        index.insert_or_update_object(type(article).objects.get(pk=article.pk))
        found = "/search/?q=重点项目"
    return {
        "home": "/",
        "section": section.url,
        "column": column.url,
        "article": article.url,
        "search": found,
        "search-empty": "/search/?q=，",
        "gone": gone.url,
        "error": "/nothing/",
        "leaving": leaving,
        "ledger": "/ledger/",
        "map": "/map/",
        "block": BlockPage.objects.child_of(section).get(kind="statutory").url,
        "guide": BlockPage.objects.child_of(section).get(kind="guide").url,
        "annual": BlockPage.objects.child_of(section).get(kind="annual").url,
        "application": BlockPage.objects.child_of(section).get(kind="application").url,
        "topic": writing.through_the_gate(writing.topic(writing.section(county.body), column)).url,
        "records": "/records/",
        "catalogues": "/catalogues/",
    }


def wear(window, session, **chosen: str) -> None:
    window.context.add_cookies(
        [{"name": name, "value": value, "url": session.origin} for name, value in chosen.items()]
    )


def test_no_barrier_on_any_template_in_any_view(session, places):
    window, found, failed = session.window(), [], []
    for view in VIEWS:
        wear(window, session, view=view)
        for name, address in places.items():
            window.goto(session.origin + address)
            found += browsing.barriers(window, f"{view}-{name}")
            response = Axe().run(window, options={"runOnly": {"type": "rule", "values": rules()}}).response
            failed += [f"{view} {name} {check}" for check, result in judge(response).items() if result is Result.FAIL]
    assert found == [], "\n".join(found)
    assert failed == []
    assert session.strangers == []


@pytest.mark.parametrize("view", ["standard", "elder"])
def test_by_keyboard_alone(session, places, view):
    """Tab reaches every control in the order of the page, each with a focus that is seen, and leads out at the end."""
    window = session.window()
    wear(window, session, view=view)
    for name, address in places.items():
        window.goto(session.origin + address)
        wanted = window.evaluate(CONTROLS)
        reached = []
        for _ in range(wanted + 1):
            window.keyboard.press("Tab")
            at = window.evaluate(FOCUSED)
            if at is None or (reached and at["at"] == reached[0]):  # out of the page, or round to its beginning
                break
            reached.append(at["at"])
            assert at["seen"], f"{name}: no visible focus on {at['what']}"
        assert reached == sorted(reached) and len(set(reached)) == wanted, f"{name}: {len(set(reached))} of {wanted}"


CONTROLS = """[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((one) => one.checkVisibility()).length"""
# Where the focus is among all elements, and whether a line of at least two pixels shows it.
FOCUSED = """(() => {
    const one = document.activeElement;
    if (!one || one === document.body || one === document.documentElement) return null;
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return {at: [...document.querySelectorAll('*')].indexOf(one), what: one.outerHTML.slice(0, 80),
        seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 1 && box.height > 1};
})()"""


def test_a_citizen_uses_the_elder_view_by_keyboard(session, places):
    """From the front page to the article, without a mouse; the view stays."""
    window = session.window()
    window.goto(session.origin)
    tab_to(window, "长者版")
    window.keyboard.press("Enter")
    window.wait_for_selector("html[data-view=elder]")
    assert window.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24
    tab_to(window, "清河县发展和改革局")
    window.keyboard.press("Enter")
    window.wait_for_url(f"**{places['section']}")
    tab_to(window, "重点项目")
    window.keyboard.press("Enter")
    window.wait_for_url(f"**{places['column']}")
    assert window.locator("html[data-view=elder]").count() == 1
    small = window.evaluate(
        """[...document.querySelectorAll('a, button, summary')]
        .filter(one => one.checkVisibility() && !one.matches('.skip, p a, li p a'))
        .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"""
    )
    assert small == []


def tab_to(window, words: str) -> None:
    for _ in range(80):
        window.keyboard.press("Tab")
        if window.evaluate("document.activeElement.textContent.trim()") == words:
            return
    raise AssertionError(f"Tab never reaches {words}")


def test_type_and_contrast_without_script(session, places):
    window = session.window(java_script_enabled=False)
    window.goto(session.origin + places["article"])
    window.locator("summary").click()
    window.get_by_role("link", name="特大").click()
    window.locator("summary").click()
    window.get_by_role("link", name="高对比").click()
    html = window.locator("html")
    assert (html.get_attribute("data-size"), html.get_attribute("data-theme")) == ("larger", "contrast")
    assert window.url.endswith(places["article"])
    window.locator("summary").click()
    assert not window.locator("[data-aloud]").is_visible()  # needs script, and does not show without


VOICES = """
const spoken = window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
const speech = {
    getVoices: () => %s, addEventListener: () => 0, cancel: () => 0, pause: () => { speech.held = true; },
    resume: () => { speech.held = false; },
    speak: (one) => { spoken.push(one.text); if (spoken.length < 3) setTimeout(() => one.onend(), 5); },
};
Object.defineProperty(window, "speechSynthesis", { value: speech });
"""


class TestAloud:
    """The buttons and their order are the page's own; the voice is the device's, which a test has none of."""

    def start(self, session, places, voices: str):
        window = session.window()
        window.add_init_script(VOICES % voices)
        window.goto(session.origin + places["article"])
        window.locator("summary").click()
        window.get_by_role("button", name="朗读正文").click()
        return window

    def test_block_by_block(self, session, places):
        window = self.start(session, places, '[{lang: "zh-CN"}]')
        window.wait_for_function("spoken.length === 3")
        assert window.evaluate("spoken[0]") == writing.WORDS
        assert window.locator(".is-read").count() == 1
        window.keyboard.press("Enter")  # the focus is on 暂停
        assert window.get_by_role("status").filter(has_text="已暂停").count() == 1
        window.get_by_role("button", name="停止").click()
        assert window.locator(".is-read").count() == 0
        assert window.get_by_role("button", name="朗读正文").is_visible()

    def test_without_a_chinese_voice_it_says_so(self, session, places):
        window = self.start(session, places, '[{lang: "en-US"}]')
        window.get_by_text("没有中文语音").wait_for()


def test_on_paper(session, places, tmp_path):
    """The words, where links lead, and who publishes; nothing that only works on a screen."""
    window = session.window()
    window.emulate_media(media="print")
    window.goto(session.origin + places["column"])
    for hidden in (".beside nav", ".foot p"):
        assert not window.locator(hidden).first.is_visible(), hidden
    window.goto(session.origin + places["home"])
    for hidden in (".fixed", ".blocks", ".ask"):
        assert not window.locator(hidden).first.is_visible(), hidden
    window.goto(session.origin + places["article"])
    for hidden in (".tools", ".band nav", ".ask", ".trail"):
        assert not window.locator(hidden).first.is_visible(), hidden
    after = window.evaluate("getComputedStyle(document.querySelector('a[data-to]'), '::after').content")
    assert "https://www.gov.example/zhengce/" in after or "attr" in after
    window.pdf(path=(browsing.PICTURES and f"{browsing.PICTURES}/article.pdf") or tmp_path / "article.pdf", format="A4")
