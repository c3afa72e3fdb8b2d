"""The three reviews as people take them: each signs in, opens what waits, and passes it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browsing import Session

QUESTIONS = ("state-secret", "forbidden-by-law", "endangers", "third-party", "internal-affairs", "process")
GROUND = "《政府信息公开条例》第二十条"


def fill_sheet(page: Page) -> None:
    """公开依据, and “否” to every question on Articles 14-16."""
    for key in QUESTIONS:
        page.locator(f"input[name='{key}'][value=no]").check()
    page.get_by_label("公开依据").fill(GROUND)


def review_through(
    session: Session, body: str, title: str, looked_at: Callable[[Page, str], None] | None = None
) -> None:
    """初审, 保密审查 and 签发 of the body's release with this title."""
    for role in ("reviewer", "secrecy", "leader"):
        page = session.signed_in(f"{role}.{body}")
        page.goto(f"{session.origin}/admin/review/waiting/")
        if looked_at:
            looked_at(page, f"waiting-{role}")
        page.get_by_role("link", name=title).first.click()
        if looked_at:
            looked_at(page, f"review-{role}")
        if role == "secrecy":
            fill_sheet(page)
            page.get_by_role("button", name="保存审查表").click()
            expect(page.locator("body")).to_contain_text("审查表已保存")
        page.get_by_role("button", name="审查通过").click()
        expect(page.locator("body")).to_contain_text("已通过")
        page.context.close()
