"""From the notice to the public page, as people go it: the product as `make run` serves it, in a real browser."""

from __future__ import annotations

import re
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from tests.browsing import Session, barriers, browsing
from tests.journeys.reviewing import review_through
from tests.journeys.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ARTICLE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>重大项目信息公开</title>
<meta name="PubDate" content="2023-06-01 10:00"></head><body><h1>重大项目信息公开</h1><p>发布时间：2023-06-01</p></body></html>"""
FOUND: list[str] = []


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    """A page of the county's own site, as a department would have published it."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "article.html").write_text(ARTICLE)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/article.html"
    server.shutdown()


@pytest.fixture(scope="module")
def site(tmp_path_factory, article, example_county):
    """The origin of a product served with the example county on 20 September 2023."""
    settings = {"GONGKAI_NOW": "2023-09-20T09:00:00+08:00", "GONGKAI_FETCH_PRIVATE": article.split("/")[2]}
    with served(example_county, tmp_path_factory.mktemp("data"), **settings) as origin:
        yield origin


@pytest.fixture(scope="module")
def session(site):
    with browsing(site) as found:
        yield found


def looked_at(page: Page, name: str) -> None:
    """Every screen of the journey is pictured and held against WCAG; the journey's end says what was found."""
    FOUND.extend(barriers(page, name))


def test_a_notice_becomes_a_public_line(session: Session, shared, article):
    office = session.signed_in("office")
    looked_at(office, "home")
    refused_file(office)
    import_the_notice(office, shared / "seed" / "notice.docx")
    item, task = the_item(office, session)

    clerk = session.signed_in("clerk.qinghe.czj")
    clerk.goto(f"{session.origin}/admin/ledger/mine/")
    looked_at(clerk, "my-tasks")
    hand_in(clerk, task, article)
    return_and_close(office, clerk, task)
    urged(office, session)

    office.goto(item)
    office.get_by_label("重大项目信息公开").check()
    office.get_by_role("button", name="报送公开").click()
    expect(office.locator("body")).to_contain_text("审查中")
    looked_at(office, "item-waiting")
    citizen = session.window()
    assert citizen.goto(f"{session.origin}/ledger/2023/4/").status == 404
    looked_at(citizen, "public-not-yet")

    review_through(session, "qinghe", "国资国企", looked_at)
    citizen.goto(f"{session.origin}/ledger/2023/4/")
    expect(citizen.locator("main")).to_contain_text("还没有公开的佐证材料")
    review_through(session, "qinghe.czj", "重大项目信息公开")

    see_and_say(citizen, session, article)
    answer(office, session)
    review_through(session, "qinghe", "建议公开项目清单")
    seen_without_script(session)
    assert session.strangers == []
    assert not FOUND, "\n".join(FOUND)


def refused_file(office: Page) -> None:
    """A file that holds no plan is refused in words, and the ledger stays as it was."""
    office.get_by_role("link", name="导入通知").first.click()
    looked_at(office, "import-start")
    office.set_input_files(
        "input[type=file]", {"name": "通知.txt", "mimeType": "text/plain", "buffer": "关于放假的通知".encode()}
    )
    office.get_by_role("button", name="上传并识别").click()
    expect(office.locator("#errors")).to_contain_text("没有上传，请改正")
    looked_at(office, "import-refused")


def import_the_notice(office: Page, path) -> None:
    """Missing bodies together, one finding by itself, the rest at once; then the ledger."""
    office.set_input_files("input[type=file]", path)
    office.get_by_role("button", name="上传并识别").click()
    office.wait_for_url("**/import/*/")
    looked_at(office, "import-review")
    office.get_by_role("button", name="按上表处理").click()
    office.get_by_role("link", name="待处理").first.click()
    row = office.locator("#item-3")
    row.get_by_role("button", name="采纳建议").click()
    expect(office.locator("body")).to_contain_text("4 条提示未处理")
    looked_at(office, "import-findings")
    office.get_by_role("button", name="全部采纳").click()
    expect(office.locator("body")).to_contain_text("可以导入")
    office.get_by_role("button", name="导入台账").click()
    expect(office.locator(".messages")).to_contain_text("2023年度台账已导入")


def the_item(office: Page, session: Session) -> tuple[str, str]:
    """The four views of the plan, then one of its items and the finance bureau's task: their addresses."""
    office.goto(f"{session.origin}/admin/ledger/")
    looked_at(office, "board")
    plan = office.locator("#plan-choice option", has_text="2023").get_attribute("value")
    for name in ("items", "bodies", "timeline"):
        office.goto(f"{session.origin}/admin/ledger/{name}/?plan={plan}")
        looked_at(office, f"by-{name}")
    office.goto(f"{session.origin}/admin/ledger/items/?plan={plan}&q=国资国企")
    expect(office.locator("tbody tr td:first-child")).to_have_text(["4"])
    office.get_by_role("link", name="围绕实施创新驱动发展战略").click()
    looked_at(office, "item")
    item = office.url
    office.get_by_role("link", name="青禾县财政局").click()
    return item, office.url


def hand_in(clerk: Page, task: str, article: str) -> None:
    """Accepted; without evidence it is not taken; with a link that the system has looked at it is."""
    clerk.goto(task)
    looked_at(clerk, "task-to-accept")
    clerk.get_by_role("button", name="签收").first.click()
    looked_at(clerk, "task-in-progress")
    clerk.get_by_role("button", name="提交审核").first.click()
    expect(clerk.locator("#errors")).to_contain_text("尚无佐证材料")
    looked_at(clerk, "task-refused")
    clerk.goto(task)
    clerk.get_by_label("网页链接").fill(article)  # stands open, since there is no evidence yet
    clerk.get_by_role("button", name="添加网页链接").click()
    expect(clerk.locator(f"a[href='{article}']").first).to_be_visible()  # added; only then is there a page to reload
    for _ in range(60):  # the worker opens the link by itself; the page says so when it has
        clerk.reload()
        if clerk.get_by_text("2023-06-01").count():
            break
        time.sleep(1)
    expect(clerk.locator("section[aria-labelledby=evidence]")).to_contain_text("页面上没有找到与事项")
    looked_at(clerk, "task-evidence")
    submit(clerk)
    looked_at(clerk, "task-submitted")


def return_and_close(office: Page, clerk: Page, task: str) -> None:
    """Returned with a reason, handed in again, the machine's doubt set aside by a person, closed."""
    office.goto(task)
    looked_at(office, "task-to-judge")
    office.get_by_label("退回意见").fill("请补充下半年的进展。")
    office.get_by_role("button", name="退回").first.click()
    expect(office.locator("body")).to_contain_text("已退回")
    clerk.goto(task)
    expect(clerk.locator("body")).to_contain_text("请补充下半年的进展")
    looked_at(clerk, "task-returned")
    submit(clerk)
    office.goto(task)
    office.locator("summary", has_text="认定有效").click()
    office.get_by_label("认定理由").fill("系本县试运行的网站，内容属实。")
    office.get_by_role("button", name="认定有效").click()
    expect(office.locator("section[aria-labelledby=evidence]")).to_contain_text("已核验")
    office.get_by_role("button", name="办结").first.click()
    expect(office.locator("body")).to_contain_text("已办结")
    looked_at(office, "task-closed")


def urged(office: Page, session: Session) -> None:
    """All that is overdue, at once; a second time on the same day it is refused.

    The daily job, when it comes before the press, has urged them already.
    """
    office.goto(f"{session.origin}/admin/ledger/")
    plan = office.locator("#plan-choice option", has_text="2023").get_attribute("value")
    office.goto(f"{session.origin}/admin/ledger/tasks/?plan={plan}&overdue=1")
    looked_at(office, "overdue")
    for said in (re.compile("已催办 18 项|一天只催办一次"), "一天只催办一次"):
        office.locator("[data-ledger-all]").check()
        office.locator(".ledger-bulk").get_by_role("button", name="催办").click()
        expect(office.locator(".messages")).to_contain_text(said)
    looked_at(office, "urged")
    office.locator("tbody th a").first.click()
    expect(office.locator("main aside")).to_contain_text("催办对象")
    looked_at(office, "task-urged")


def see_and_say(citizen: Page, session: Session, article: str) -> None:
    """The year, the item with its evidence, and an opinion: first without an answer to the question, then with."""
    citizen.goto(f"{session.origin}/ledger/2023/")
    looked_at(citizen, "public-ledger")
    citizen.get_by_role("link", name="国资国企").first.click()
    for words in ("财政局", "已办结"):
        expect(citizen.locator("main")).to_contain_text(words)
    assert citizen.get_by_role("link", name="重大项目信息公开").get_attribute("href") == article
    looked_at(citizen, "public-item")
    citizen.get_by_label("意见内容").fill("建议公开项目清单。")
    citizen.get_by_role("button", name="提交意见").click()
    expect(citizen.locator(".notice.wrong")).to_contain_text("请回答验证问题")
    looked_at(citizen, "public-opinion-refused")
    question = citizen.locator("label", has_text="验证问题")
    citizen.get_by_label("验证问题").fill(str(worked_out(question.inner_text())))
    time.sleep(3)  # nobody writes faster
    citizen.get_by_role("button", name="提交意见").click()
    expect(citizen.locator(".notice.done")).to_contain_text("回执编号")
    expect(citizen.locator("main")).not_to_contain_text("建议公开项目清单")
    looked_at(citizen, "public-opinion-received")


def worked_out(question: str) -> int:
    """The sum that is asked in words."""
    one, sign_, other = re.search("([一二三四五六七八九])([加减])([一二三四五六七八九])", question).groups()
    digits = "零一二三四五六七八九"
    return digits.index(one) + digits.index(other) * (1 if sign_ == "加" else -1)


def answer(office: Page, session: Session) -> None:
    office.goto(f"{session.origin}/admin/ledger/feedback/")
    looked_at(office, "opinions")
    office.locator("main tbody a").first.click()
    looked_at(office, "opinion")
    office.get_by_label("答复，或不公开的理由").fill("清单将于月底前公开。")
    office.get_by_role("button", name="答复并报送公开").click()
    expect(office.locator(".messages")).to_contain_text("签发后公开")


def seen_without_script(session: Session) -> None:
    """The public pages want no script; the elder-friendly view neither."""
    citizen = session.window(java_script_enabled=False)
    citizen.goto(f"{session.origin}/ledger/2023/4/")
    for words in ("建议公开项目清单", "清单将于月底前公开", "已核验"):
        expect(citizen.locator("main")).to_contain_text(words)
    citizen.get_by_role("link", name="长者版").click()
    expect(citizen.locator("main")).to_contain_text("清单将于月底前公开")
    elder = session.window()
    elder.context.add_cookies(citizen.context.cookies())
    elder.goto(f"{session.origin}/ledger/2023/4/")
    assert elder.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == 24
    looked_at(elder, "public-item-elder")


def submit(clerk: Page) -> None:
    clerk.get_by_role("button", name="提交审核").first.click()
    expect(clerk.locator("body")).to_contain_text("待审核")
