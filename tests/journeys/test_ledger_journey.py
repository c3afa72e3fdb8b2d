"""From the notice to the public page, as people go it: the product as `make run` serves it, in a real browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from tests.browsing import Session, browsing, picture, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ARTICLE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>重大项目信息公开</title>
<meta name="PubDate" content="2023-06-01 10:00"></head><body><h1>重大项目信息公开</h1><p>发布时间：2023-06-01</p></body></html>"""
FOUND: list[str] = []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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
def site(tmp_path_factory, article):
    """The origin of a product served with the example county on 20 September 2023."""
    port = free_port()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DATABASE_", "DJANGO_"))
    }
    environment = kept | {
        "GONGKAI_DATA": str(tmp_path_factory.mktemp("data")),
        "GONGKAI_NOW": "2023-09-20T09:00:00+08:00",
        "GONGKAI_FETCH_PRIVATE": article.split("/")[2],
        "GONGKAI_BASE_URL": f"http://127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "gongkai.cli"]
    for step in (["manage", "migrate", "-v0"], ["demo"]):
        subprocess.run([*command, *step], env=environment, check=True, capture_output=True)
    served = subprocess.Popen([*command, "serve", "--port", str(port)], env=environment, start_new_session=True)
    origin = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{origin}/healthz", timeout=5)
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    yield origin
    served.terminate()
    served.wait(timeout=30)


@pytest.fixture(scope="module")
def session(site):
    with browsing(site) as found:
        yield found


def looked_at(page: Page, name: str) -> None:
    """Every screen of the journey is pictured and held against WCAG; the journey's end says what was found."""
    picture(page, name)
    FOUND.extend(violations(page))


def test_a_notice_becomes_a_public_line(session: Session, shared, article):
    office = session.signed_in("office")
    looked_at(office, "home")
    import_the_notice(office, shared / "seed" / "notice.docx")

    office.goto(f"{session.origin}/admin/ledger/")
    office.goto(f"{session.origin}/admin/ledger/items/?plan={plan_of(office, session, 2023)}&q=国资国企")
    looked_at(office, "by-item")
    office.get_by_role("link", name="围绕实施创新驱动发展战略").click()
    looked_at(office, "item")
    item = office.url
    office.get_by_role("link", name="青禾县财政局").click()
    task = office.url

    clerk = session.signed_in("clerk.qinghe.czj")
    clerk.goto(f"{session.origin}/admin/ledger/mine/")
    looked_at(clerk, "my-tasks")
    clerk.goto(task)
    clerk.get_by_role("button", name="签收").first.click()
    add_link(clerk, article)
    submit(clerk)
    looked_at(clerk, "task-submitted")

    office.goto(task)
    office.get_by_label("退回意见").fill("请补充下半年的进展。")
    office.get_by_role("button", name="退回").first.click()
    expect(office.locator("body")).to_contain_text("已退回")
    clerk.goto(task)
    expect(clerk.locator("body")).to_contain_text("请补充下半年的进展")
    looked_at(clerk, "task-returned")
    submit(clerk)
    office.goto(task)
    office.get_by_role("button", name="办结").first.click()
    expect(office.locator("body")).to_contain_text("已办结")
    looked_at(office, "task-closed")

    office.goto(item)
    office.get_by_role("button", name="报送公开").click()
    expect(office.locator("body")).to_contain_text("待签发")
    citizen = session.window()
    assert citizen.goto(f"{session.origin}/ledger/2023/4/").status == 404

    leader = session.signed_in("leader.qinghe")
    leader.goto(f"{session.origin}/admin/review/waiting/")
    looked_at(leader, "waiting")
    leader.get_by_role("link", name="国资国企").first.click()
    looked_at(leader, "decide")
    leader.get_by_role("button", name="签发").first.click()
    expect(leader.locator("body")).to_contain_text("已签发")

    citizen.goto(f"{session.origin}/ledger/2023/")
    looked_at(citizen, "public-ledger")
    citizen.get_by_role("link", name="国资国企").first.click()
    expect(citizen.locator("main")).to_contain_text("财政局")
    expect(citizen.locator("main")).to_contain_text("已办结")
    looked_at(citizen, "public-item")
    assert session.strangers == []
    assert not FOUND, "\n".join(FOUND)


def import_the_notice(office: Page, path) -> None:
    office.get_by_role("link", name="导入通知").first.click()
    looked_at(office, "import-start")
    office.set_input_files("input[type=file]", path)
    office.get_by_role("button", name="上传并识别").click()
    office.wait_for_url("**/import/*/")
    looked_at(office, "import-review")
    office.get_by_role("button", name="按上表处理").click()
    office.get_by_role("button", name="全部采纳").click()
    expect(office.locator("body")).to_contain_text("可以导入")
    office.get_by_role("button", name="导入台账").click()
    expect(office.locator("body")).to_contain_text("2023")


def plan_of(office: Page, session: Session, year: int) -> str:
    """The number of the year's plan, from the choice above the board."""
    office.goto(f"{session.origin}/admin/ledger/")
    looked_at(office, "board")
    return office.locator("#plan-choice option", has_text=str(year)).get_attribute("value")


def add_link(clerk: Page, address: str) -> None:
    """The worker opens the link by itself; the page says so when it has."""
    clerk.locator("summary", has_text="添加网页链接").click()
    clerk.get_by_label("网页链接").fill(address)
    clerk.get_by_role("button", name="添加网页链接").click()
    for _ in range(60):
        clerk.reload()
        if clerk.get_by_text("2023-06-01").count():
            break
        time.sleep(1)
    expect(clerk.locator("#evidence + *")).to_contain_text("2023-06-01")


def submit(clerk: Page) -> None:
    clerk.get_by_role("button", name="提交审核").first.click()
    expect(clerk.locator("body")).to_contain_text("待审核")
