"""Nothing is published unreviewed: a number in a hidden column is stopped, masked, reviewed by three, and gone.

The product as `make run` serves it, in a real browser.
"""

from __future__ import annotations

import io
import re
import urllib.error
import urllib.request
import zipfile

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from tests.browsing import Session, at_rest, barriers, browsing
from tests.journeys.drafting import attach, put_forward, settle_what_is_asked
from tests.journeys.reviewing import fill_sheet, review_through
from tests.journeys.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

IDENTITY = "11010519491231002X"
COLUMN, TITLE = "人事招聘", "2026年公开招聘拟聘用人员公示"
FOUND: list[str] = []


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def session(data, example_county):
    with served(example_county, data) as origin, browsing(origin) as found:
        yield found


def looked_at(page: Page, name: str) -> None:
    """Every screen of the journey is pictured and held against WCAG; the journey's end says what was found."""
    found = barriers(page, f"review-{name}")
    # Wagtail's editor is wider than its window by the panel at its side, on every page of its own making
    FOUND.extend(one for one in found if name != "editor" or "scrolls sideways" not in one)


def workbook() -> bytes:
    """A list as it reaches many a clerk: the column with the identity numbers was only hidden."""
    book = openpyxl.Workbook()
    book.active.append(["序号", "姓名", "拟聘岗位", "身份证号"])
    book.active.append([1, "李明", "综合管理", IDENTITY])
    book.active.column_dimensions["D"].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_hidden_identity_number_never_reaches_the_public(session: Session, data):
    clerk = session.signed_in("clerk.qinghe.czj")
    column = add_column(clerk, session)
    review_through(session, "qinghe.czj", COLUMN)
    draft_article(clerk, session, column)

    looked_at(clerk, "sheet")
    fill_sheet(clerk)
    clerk.get_by_role("button", name="报送审查").click()
    expect(clerk.locator("body")).to_contain_text("机器审查未通过")
    looked_at(clerk, "stopped")
    register = clerk.url
    clerk.get_by_role("link", name="附件 1 文件").click()
    expect(clerk.locator("mark", has_text=IDENTITY).first).to_be_visible()
    looked_at(clerk, "marked")
    clerk.goto(register)
    clerk.get_by_role("button", name="遮盖所选").click()
    expect(clerk.locator("body")).to_contain_text("已遮盖")
    looked_at(clerk, "masked")

    citizen = session.window()
    assert public_titles(citizen, session) == []
    clerk.get_by_role("link", name="重新报送").click()
    fill_sheet(clerk)
    clerk.get_by_role("button", name="报送审查").click()
    expect(clerk.locator("body")).to_contain_text("已报送审查")
    settle_what_is_asked(clerk, "公示依据《事业单位公开招聘人员暂行规定》，姓名必须公开")
    register = clerk.url
    review_through(session, "qinghe.czj", TITLE, looked_at)

    assert_published_without_a_trace(citizen, session, data)
    every_step_stands_in_the_register(session, register)
    assert session.strangers == []
    assert not FOUND, "\n".join(FOUND)


def add_column(clerk: Page, session: Session) -> str:
    """A column in the body's own section; returns where articles are added to it."""
    clerk.goto(f"{session.origin}/admin/pages/")  # whoever serves one body begins in its section
    parent = re.search(r"/pages/(\d+)/", clerk.url)[1]
    clerk.goto(f"{session.origin}/admin/pages/add/portal/columnpage/{parent}/")
    at_rest(clerk)  # the address is made of the title by a script
    clerk.fill("[name=title]", COLUMN)
    put_forward(clerk, "portal.column")
    fill_sheet(clerk)
    clerk.get_by_role("button", name="报送审查").click()
    expect(clerk.locator("body")).to_contain_text("已报送审查")
    clerk.get_by_role("link", name="查看原记录").wait_for()
    address = clerk.get_by_role("link", name="查看原记录").get_attribute("href")
    return re.search(r"/pages/(\d+)/", address)[1]


def draft_article(clerk: Page, session: Session, column: str) -> None:
    """The notice with its list, uploaded from the chooser in the editor."""
    clerk.goto(f"{session.origin}/admin/pages/add/portal/articlepage/{column}/")
    at_rest(clerk)
    clerk.fill("[name=title]", TITLE)
    clerk.get_by_role("textbox", name="正文").click()
    clerk.keyboard.type("根据公开招聘规定，现将拟聘用人员名单予以公示。")
    clerk.wait_for_function("document.querySelector('[name=body]').value.includes('予以公示')")
    attach(clerk, "拟聘用人员名单.xlsx", workbook(), "拟聘用人员名单")
    looked_at(clerk, "editor")
    put_forward(clerk, "portal.article")


def public_titles(citizen: Page, session: Session) -> list[str]:
    """What the public section of the body lists under the title."""
    citizen.goto(f"{session.origin}/qinghe-czj/")
    citizen.get_by_role("link", name=COLUMN).first.click()
    return citizen.get_by_role("link", name=TITLE).all_inner_texts()


def assert_published_without_a_trace(citizen: Page, session: Session, data) -> None:
    assert public_titles(citizen, session)
    citizen.get_by_role("link", name=TITLE).first.click()
    looked_at(citizen, "public")
    href = citizen.get_by_role("link", name="拟聘用人员名单").first.get_attribute("href")
    published = urllib.request.urlopen(session.origin + href).read()
    parts = zipfile.ZipFile(io.BytesIO(published))
    assert parts.namelist()
    assert not any(IDENTITY.encode() in parts.read(name) for name in parts.namelist())
    assert "李明" in str(list(openpyxl.load_workbook(io.BytesIO(published)).active.values))
    with pytest.raises(urllib.error.HTTPError, match="404"):  # the file as it was first uploaded
        urllib.request.urlopen(session.origin + first_upload(href))


def first_upload(href: str) -> str:
    """The address the original would have: the document before the redacted one."""
    number = int(re.search(r"/documents/(\d+)/", href)[1])
    return f"/documents/{number - 1}/%E6%8B%9F%E8%81%98%E7%94%A8%E4%BA%BA%E5%91%98%E5%90%8D%E5%8D%95.xlsx"


def every_step_stands_in_the_register(session: Session, register: str) -> None:
    office = session.signed_in("office")
    office.goto(register)
    for step in ("报送", "机器审查", "初审", "保密审查", "签发"):
        expect(office.locator("#panel-steps-content, [id*=steps]").first).to_contain_text(step)
    looked_at(office, "register-entry")
    office.goto(f"{session.origin}/admin/review/")
    expect(office.locator("main")).to_contain_text(TITLE)
    expect(office.locator("main")).to_contain_text("公开中")
    expect(office.locator("main")).to_contain_text("机器审查未通过")
    assert IDENTITY not in office.content()
    looked_at(office, "register")
