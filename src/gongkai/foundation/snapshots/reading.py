"""What a page says of itself: its title, the date it was published, the beginning of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser

from gongkai.core.documents.decoding import decode
from gongkai.core.documents.kinds import is_html
from gongkai.core.documents.model import DocumentError

EXCERPT = 500  # code points
# Names of meta elements, lower case, best first. 《政府网站网页标题和元数据规范》 asks for the first of each.
_TITLES = ("articletitle", "og:title")
_DATES = ("pubdate", "publishdate", "article:published_time", "publish_time", "dc.date", "date")
_DATE = r"(20\d\d|19\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})"
# Best first. 成文日期 is when it was written, not when it was published, and 截止时间 when something ends.
_LABELLED = (
    re.compile(r"(?:发布|公开|发文)(?:时间|日期)\s*[：:]?\s*" + _DATE),
    re.compile(r"(?<![\u4e00-\u9fff])(?:日\s*期|时\s*间)\s*[：:]\s*" + _DATE),
)


@dataclass(frozen=True, slots=True)
class Page:
    """网页. Empty title and no date when it has none, or is no page but a file."""

    title: str = ""
    published_on: date | None = None
    text: str = ""

    @property
    def excerpt(self) -> str:
        return self.text[:EXCERPT]


def read_page(body: bytes, content_type: str = "") -> Page:
    """Read a page; what is not text gives an empty `Page`."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind and not kind.startswith("text/") and "html" not in kind and "xml" not in kind:
        return Page()
    try:
        text = decode(body, html=True)
    except DocumentError:
        return Page()
    if "html" not in kind and not is_html(text):
        return Page(text=_one_line(text))
    return _read_html(text)


def _read_html(text: str) -> Page:
    tree = LexborHTMLParser(text)
    metas: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        metas.setdefault(name, (node.attributes.get("content") or "").strip())
    for node in tree.css("script, style, noscript, template"):
        node.decompose()
    visible = _one_line(tree.body.text(separator=" ")) if tree.body else ""
    return Page(_title(tree, metas), _published(metas, visible), visible)


def _title(tree: LexborHTMLParser, metas: dict[str, str]) -> str:
    said = [metas.get(name, "") for name in _TITLES]
    said += [node.text() for node in (tree.css_first("head title"), tree.css_first("h1")) if node is not None]
    return next((title for title in map(_one_line, said) if title), "")[:300]


def _published(metas: dict[str, str], visible: str) -> date | None:
    for name in _DATES:
        found = re.search(_DATE, metas.get(name, ""))
        day = _day(found) if found else None
        if day:
            return day
    labelled = (_day(found) for pattern in _LABELLED for found in pattern.finditer(visible))
    return next((day for day in labelled if day), None)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _one_line(text: str) -> str:
    return " ".join(text.split())
