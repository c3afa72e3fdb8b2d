"""What a clerk does in the back office before the reviews: finds the column, writes, attaches, puts forward."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.browsing import Session, at_rest
from tests.journeys.reviewing import fill_sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What stands below a page, or, while nothing does, where something is added.
BELOW = re.compile(r"/admin/pages/\d+/(add_subpage/)?")


def opened(clerk: Page, session: Session, *titles: str) -> str:
    """The number of the page that is reached from the body's own section by these titles, in the explorer."""
    clerk.goto(f"{session.origin}/admin/pages/")  # whoever serves one body begins in its section
    for title in titles:
        row = clerk.locator("tbody tr", has=clerk.get_by_role("link", name=title, exact=True)).first
        row.wait_for()
        addresses = [one.get_attribute("href") or "" for one in row.locator("a").all()]
        clerk.goto(session.origin + next(one for one in addresses if BELOW.fullmatch(one)))
    return re.search(r"/pages/(\d+)/", clerk.url)[1]


def attach(clerk: Page, name: str, data: bytes, title: str, kind: str = XLSX) -> None:
    """Upload a file from the chooser in the editor."""
    clerk.locator("#id_attachments-ADD").click()
    clerk.locator("[id^=inline_child_attachments] button[data-chooser-action-choose]").last.click()
    clerk.get_by_role("tab", name="上传").click()
    clerk.set_input_files(".modal-body input[type=file]", {"name": name, "mimeType": kind, "buffer": data})
    named = clerk.locator(".modal-body input[name$=title]").last
    expect(named).not_to_have_value("")  # a script makes a title of the name of the file; what is typed comes after it
    named.fill(title)
    clerk.locator(".modal-body form[enctype] button[type=submit], .modal-body form[enctype] input[type=submit]").click()
    clerk.locator(".modal-body").wait_for(state="detached")


def press_put_forward(clerk: Page) -> None:
    """保存并报送审查, which stands where Wagtail would publish."""
    at_rest(clerk)
    clerk.click("footer .w-dropdown__toggle, footer [data-controller~=w-dropdown] button")
    clerk.click("[name=action-put-forward]")


def put_forward(clerk: Page, kind: str) -> None:
    """As far as the sheet, which is shown when nothing is lacking."""
    press_put_forward(clerk)
    clerk.wait_for_url(f"**/review/put-forward/{kind}/**")


def send(clerk: Page, urgent: str = "") -> None:
    """Fill in the sheet and put forward; `urgent` is the reason why it cannot wait."""
    fill_sheet(clerk)
    if urgent:
        clerk.get_by_label("加急办理").check()
        clerk.get_by_label("加急事由").fill(urgent)
    clerk.get_by_role("button", name="报送审查").click()
    expect(clerk.locator("body")).to_contain_text("已报送审查")
    settle_what_is_asked(clerk)


def settle_what_is_asked(clerk: Page, reason: str = "内容经核对无误，依法应当公开") -> None:
    """What only had to be confirmed is kept with a reason, by name."""
    if clerk.get_by_role("button", name="处置所选").count():
        clerk.get_by_label("处置", exact=True).select_option("keep")
        clerk.get_by_label("理由").first.fill(reason)
        clerk.get_by_role("button", name="处置所选").click()
        expect(clerk.locator("body")).to_contain_text("处置已登记")
