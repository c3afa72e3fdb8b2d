"""Statutory content as people publish it: a warning is issued, updated and cancelled by the expedited path; a budget whose
sums do not agree is refused with the cell named, corrected, and accepted.

The product as `make run` serves it, with its worker, in a real browser.
"""

from __future__ import annotations

import io
import re
import urllib.request
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browsing import Session, at_rest, barriers, browsing
from tests.journeys.drafting import attach, opened, press_put_forward, put_forward, send
from tests.journeys.reviewing import review_through
from tests.journeys.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RECORD = "disclosure.record"
REASON = "暴雨将至，预警须立即向社会发布"
MOMENT = "%Y-%m-%d %H:%M"
NOW = timezone.localtime()
# 突发事件应对法第六十四条: category, level, start, area, warning, measures, issuer, time.
WARNING = {
    "category": "气象灾害",
    "level": "三级（黄色）",
    "starts": NOW.strftime(MOMENT),
    "area": "云溪镇、柳湾镇、砚桥镇",
    "matter": "预计未来6小时累计雨量达50毫米以上。",
    "measures": "低洼地带居民转移，停止户外作业和集会。",
    "issuer": "青禾县气象台",
    "issued_at": NOW.strftime(MOMENT),
}
CHOICES = ("action", "category", "level")
LATER = (NOW + timedelta(minutes=5)).strftime(MOMENT)


@pytest.fixture(scope="module")
def session(tmp_path_factory, example_county):
    with served(example_county, tmp_path_factory.mktemp("data")) as origin, browsing(origin) as found:
        yield found


def test_a_warning_is_issued_updated_and_cancelled(session: Session):
    titles = ["暴雨黄色预警信号", "暴雨红色预警信号", "解除暴雨预警信号"]
    clerk, citizen = session.signed_in("clerk.qinghe.qxj"), session.window()
    column = opened(clerk, session, "法定主动公开内容", "突发公共事件")
    begin(clerk, session, column, "突发事件预警信息")
    clerk.fill("[name=title]", titles[0])
    fill(clerk, {"action": "首次发布"})
    told_what_is_missing(clerk)
    fill(clerk, WARNING)
    found = through(clerk, session, titles[0], REASON)
    seen(citizen, session, titles[0], *WARNING.values())

    go_on(clerk, session, titles[0], "更新")
    clerk.fill("[name=title]", titles[1])
    fill(clerk, {"level": "一级（红色）", "matter": "未来3小时累计雨量将达100毫米以上。", "issued_at": LATER})
    found += through(clerk, session, titles[1], "雨势加强，须立即升级")
    seen(citizen, session, titles[1], "一级（红色）", "更新")
    is_over(citizen, session, titles[0], titles[1])

    go_on(clerk, session, titles[1], "解除")
    clerk.fill("[name=title]", titles[2])
    fill(clerk, {"matter": "降雨已经停止。", "measures": "恢复正常生产生活。", "issued_at": LATER})
    found += through(clerk, session, titles[2], "险情消除，须立即告知")
    seen(citizen, session, titles[2], "解除", "降雨已经停止")
    for one in titles[:2]:
        is_over(citizen, session, one, titles[titles.index(one) + 1])
    found += whole_course(citizen, session, titles)
    is_looked_at_again(session, titles[0])
    assert session.strangers == []
    assert not found, "\n".join(found)


def told_what_is_missing(clerk: Page) -> None:
    """Half a warning is kept as a draft and goes no further: the elements of Article 64 are named."""
    press_put_forward(clerk)
    message = clerk.locator(".messages")
    for words in ("已存为草稿", "预警级别", "起始时间", "可能影响的范围", "警示事项", "应当采取的措施"):
        expect(message).to_contain_text(words)


def through(clerk: Page, session: Session, title: str, reason: str) -> list[str]:
    """Put forward as urgent, all three steps open at once, signed."""
    put_forward(clerk, RECORD)
    send(clerk, urgent=reason)
    expect(clerk.locator("main")).to_contain_text("加急")
    release = clerk.url
    for role in ("leader", "secrecy", "reviewer"):  # nobody waits for another
        page = session.signed_in(f"{role}.qinghe.qxj")
        page.goto(release)
        expect(page.get_by_role("button", name="审查通过")).to_be_visible()
        page.context.close()
    found = barriers(clerk, f"warning-urgent-{title}")
    review_through(session, "qinghe.qxj", title)
    return found


def seen(citizen: Page, session: Session, title: str, *words: str) -> None:
    """First of all warnings on the list, and every element on its page."""
    citizen.goto(f"{session.origin}/records/warning/")
    first = citizen.locator("main tbody tr").first
    expect(first).to_contain_text(title)
    first.get_by_role("link", name=title).click()
    for said in words:
        expect(citizen.locator("article")).to_contain_text(said)
    expect(citizen.locator("article .notice.wrong")).to_have_count(0)


def is_over(citizen: Page, session: Session, title: str, by: str) -> None:
    """Whoever still has the address of the earlier one is told at its head by what it is over."""
    citizen.goto(f"{session.origin}/records/warning/")
    citizen.get_by_role("link", name=title).first.click()
    expect(citizen.locator("article .notice.wrong")).to_contain_text("取代或解除")
    expect(citizen.locator("article .notice.wrong").get_by_role("link", name=by)).to_be_visible()


def whole_course(citizen: Page, session: Session, titles: list[str]) -> list[str]:
    """前后信息: all three in their order, from any of them."""
    citizen.goto(f"{session.origin}/records/warning/")
    citizen.get_by_role("link", name=titles[1]).first.click()
    chain = citizen.locator("section[aria-labelledby=chain] li")
    assert [re.split(r"[（\n]", one)[0].strip() for one in chain.all_inner_texts()] == titles
    return barriers(citizen, "warning-public")


def is_looked_at_again(session: Session, title: str) -> None:
    """What went the short way waits for a second look, by somebody who did not put it forward."""
    reviewer = session.signed_in("reviewer.qinghe.qxj")
    reviewer.goto(f"{session.origin}/admin/review/?q={title}")
    reviewer.get_by_role("link", name=title).first.click()
    expect(reviewer.locator("main")).to_contain_text("前复看")
    reviewer.context.close()


def test_a_budget_that_does_not_add_up_is_refused_with_the_cell(session: Session):
    clerk, citizen = session.signed_in("clerk.qinghe.mzj"), session.window()
    good, title = the_finance_bureaus_book(citizen, session), "民政局部门预算"
    column = opened(clerk, session, "法定主动公开内容", "财政预算决算")
    begin(clerk, session, column, "部门预算")
    clerk.fill("[name=title]", title)
    fill(clerk, budget_fields(good) | {"basic": "1"})
    attach(clerk, "部门预算样表.xlsx", with_a_wrong_sum(good), "部门预算样表")
    press_put_forward(clerk)
    message = clerk.locator(".messages")
    for words in ("“支出总计”为", "与基本支出、项目支出、其他支出和结转之和", "工作表“支出总表”C2"):
        expect(message).to_contain_text(words)
    found = editor_barriers(clerk, "budget-refused")

    fill(clerk, budget_fields(good))
    exchange(clerk, good)
    put_forward(clerk, RECORD)
    send(clerk)
    review_through(session, "qinghe.mzj", title)
    citizen.goto(f"{session.origin}/records/budget/")
    citizen.get_by_role("link", name=title).first.click()
    expect(citizen.locator("article")).to_contain_text("支出总计")
    href = citizen.get_by_role("link", name="更正后的部门预算样表").get_attribute("href")
    assert urllib.request.urlopen(session.origin + href).read() == good
    found += barriers(citizen, "budget-public")
    assert session.strangers == []
    assert not found, "\n".join(found)


def the_finance_bureaus_book(citizen: Page, session: Session) -> bytes:
    """The tables of another body's budget as it is public: the sample everybody copies."""
    citizen.goto(f"{session.origin}/records/budget/")
    citizen.locator("main tbody a").first.click()
    href = citizen.get_by_role("link", name="部门预算样表").get_attribute("href")
    return urllib.request.urlopen(session.origin + href).read()


def budget_fields(book: bytes) -> dict[str, str]:
    """The fields that belong to the tables of the book, and the notes that the sample asks for."""
    sheets = openpyxl.load_workbook(io.BytesIO(book))
    whole, basic, projects = (str(sheets["支出总表"].cell(2, column).value) for column in (3, 4, 5))
    official, abroad, reception, cars = (str(sheets["“三公”经费支出表"].cell(row, 2).value) for row in (2, 3, 4, 5))
    notes = ("duties", "changes", "official_note", "running", "purchasing", "assets", "performance", "terms")
    return {
        "year": str(NOW.year),
        "unit": "青禾县民政局",
        **{"income": whole, "spending": whole, "basic": basic, "projects": projects, "others": "0"},
        **{"official": official, "abroad": abroad, "reception": reception, "cars": cars},
        **dict.fromkeys(notes, "按规定公开说明。"),
    }


def with_a_wrong_sum(book: bytes) -> bytes:
    """As it happens: one figure was changed and the total above it was not."""
    sheets, out = openpyxl.load_workbook(io.BytesIO(book)), io.BytesIO()
    sheets["支出总表"]["C2"] = sheets["支出总表"]["C2"].value + 7
    sheets.save(out)
    return out.getvalue()


def exchange(clerk: Page, book: bytes) -> None:
    """The corrected workbook instead of the wrong one."""
    clerk.locator("[id^=inline_child_attachments-0] button[id$=DELETE-button], #id_attachments-0-DELETE-button").click()
    attach(clerk, "更正后的部门预算样表.xlsx", book, "更正后的部门预算样表")


def begin(clerk: Page, session: Session, column: str, kind: str) -> None:
    """From the list of records: which column, which kind, then the editor with the fields of the kind."""
    clerk.goto(f"{session.origin}/admin/records/new/?column={column}")
    clerk.get_by_label(kind, exact=True).check()
    clerk.get_by_role("button", name="开始填写").click()
    at_rest(clerk)
    clerk.fill("[name=formed_on]", NOW.date().isoformat())
    clerk.keyboard.press("Escape")


def fill(clerk: Page, values: dict[str, str]) -> None:
    """Declared fields by their keys."""
    for key, value in values.items():
        field = clerk.locator(f"[name=f_{key}]")
        if key in CHOICES:
            field.select_option(value)
        else:
            field.fill(value)
            field.blur()


def go_on(clerk: Page, session: Session, title: str, act: str) -> None:
    """更新 or 解除, from the list."""
    clerk.goto(f"{session.origin}/admin/records/?kind=warning")
    clerk.locator("tr", has=clerk.get_by_role("link", name=title)).get_by_role("button", name=act).click()
    expect(clerk.locator(".messages")).to_contain_text("已起草后续信息")
    at_rest(clerk)
    assert clerk.locator("[name=f_action]").input_value() == act


def editor_barriers(page: Page, name: str) -> list[str]:
    """Wagtail's editor is wider than its window by the panel at its side, on every page of its own making."""
    return [one for one in barriers(page, name) if "scrolls sideways" not in one]
