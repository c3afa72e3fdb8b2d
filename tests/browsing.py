"""A real browser for tests: Chromium, with axe, an eye on every request, and pictures at two widths."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
LEVELS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # the rest is counted, not described, which takes most of axe's time
}
WIDTHS = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
# Nothing is animated, and for five frames nothing was scrolled: a focused field is brought into sight smoothly.
AT_REST = """new Promise(done => {
    const places = () => ["main", "html"].map(part => document.querySelector(part)?.scrollTop).join();
    let last = places(), still = 0;
    const look = () => {
        const now = places();
        still = now === last ? still + 1 : 0;
        last = now;
        still < 5 ? requestAnimationFrame(look) : done();
    };
    requestAnimationFrame(look);
}).then(() => Promise.all(document.getAnimations()
    .filter(one => Number.isFinite(one.effect.getComputedTiming().endTime))
    .map(one => one.finished.catch(() => null))))"""
HAS_RUN = "!document.querySelector('.content-wrapper') || document.body.classList.contains('ready')"
# Neither the window nor the part of it that Wagtail scrolls is wider than it shows.
STANDS = """[document.documentElement, document.querySelector('main')]
    .every(part => !part || part.scrollWidth <= part.clientWidth + 1)"""
# Wagtail scrolls within the window: a picture of the whole page wants a window as high as what is scrolled.
HEIGHT = """Math.ceil(Math.max(innerHeight, document.documentElement.scrollHeight,
    ...[...document.querySelectorAll('main')].map(part => part.scrollHeight + part.getBoundingClientRect().top)))"""
TALLEST = 12_000  # px; beyond it pictures grow too big to be looked at
# Where pictures of the screens go, for people to look at.
PICTURES = os.environ.get("SCREENSHOTS", "")


@contextmanager
def browsing(origin: str) -> Iterator[Session]:
    """A browser in which only `origin` may be asked for anything; skips where there is no Chromium."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("Chromium is not installed: see scripts/system-packages")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        try:
            yield Session(browser, origin)
        finally:
            browser.close()


class Session:
    """People at the same site, each with a window of their own."""

    def __init__(self, browser, origin: str) -> None:
        self.browser, self.origin = browser, origin.rstrip("/")
        self.strangers: list[str] = []

    def window(self, width: str = "wide", **options) -> Page:
        context = self.browser.new_context(viewport=WIDTHS[width], locale="zh-CN", **options)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("request", self._seen)
        return page

    def signed_in(self, username: str, password: str = "gongkai-demo", width: str = "wide") -> Page:
        page = self.window(width)
        page.goto(f"{self.origin}/admin/login/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", password)
        page.click("form button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    def _seen(self, request) -> None:
        where = urlsplit(request.url)
        if where.scheme in ("http", "https") and not request.url.startswith(self.origin):
            self.strangers.append(request.url)


def at_rest(page: Page) -> None:
    """Wait until nothing moves or scrolls: Wagtail brings its messages in once its own script has run."""
    page.wait_for_function(HAS_RUN)
    page.evaluate(AT_REST)


def violations(page: Page) -> list[str]:
    """What axe finds on the page against WCAG 2.2 A and AA: rule, and the first element that breaks it.

    A message that is still fading in has the contrast of the moment, so the page comes to rest first.
    """
    at_rest(page)
    found = Axe().run(page, options=LEVELS).response["violations"]
    return [f"{page.url}: {rule['id']} — {rule['nodes'][0]['html'][:160]}{_why(rule)}" for rule in found]


def _why(rule: dict) -> str:
    return " — ".join(["", *rule["nodes"][0]["failureSummary"].splitlines()[1:]])


def barriers(page: Page, name: str) -> list[str]:
    """What axe finds on the page, and whether it must be scrolled sideways at either width.

    A picture of each width is kept when SCREENSHOTS names a folder.
    """
    found, size = violations(page), page.viewport_size
    for label, viewport in WIDTHS.items():
        page.set_viewport_size(viewport)
        at_rest(page)
        try:  # the side bar folds in its own time
            page.wait_for_function(STANDS, timeout=3000)
        except PlaywrightTimeout:
            found.append(f"{label}: {page.url} scrolls sideways")
        if PICTURES:
            page.set_viewport_size({"width": viewport["width"], "height": min(page.evaluate(HEIGHT), TALLEST)})
            page.screenshot(path=Path(PICTURES) / f"{name}-{label}.png", full_page=True)
    page.set_viewport_size(size)
    return found
