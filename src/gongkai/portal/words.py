"""The text of an article as people read it, with every address a link hides behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

BLOCKS = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "hr",
        "br",
        "div",
        "blockquote",
        "table",
        "tr",
        "caption",
    }
)
CELLS = frozenset({"td", "th"})
PAGE = "站内页面 {}"  # belongs to what is read and judged, so it is never translated
PICTURE = "〔图片：{}〕"  # as well
TARGET = re.compile(r"（(?:https?://[^）\s]*|mailto:[^）\s]*|站内页面 \d+|#[^）\s]*)）")

SHOWN = re.compile(r"〔图片：[^〕]*〕\n?")


def plain(html: str) -> str:
    """One line for each paragraph; after the words of a link its target in brackets.

    Nothing is left out: comments and attributes that no editor writes are read as well.
    """
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    lines = "".join(_read(body)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def without_targets(text: str) -> str:
    """What `plain` made, without the addresses behind its links: for where it is read and not judged."""
    return TARGET.sub("", text)


def without_pictures(text: str) -> str:
    """What `plain` made, without the words that stand for pictures: for where the text itself is quoted."""
    return SHOWN.sub("", text)


def _read(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True, skip_empty=False):
        if child.tag == "-text":
            yield child.text(deep=True)
            continue
        if child.tag == "embed":
            yield _picture(child)
            continue
        block = child.tag in BLOCKS
        yield "\n" if block else ""
        yield from _read(child)
        target = _target(child)
        yield f"（{target}）" if target else ""
        yield "\n" if block else "\t" if child.tag in CELLS else ""


def _picture(node: LexborNode) -> str:
    """Alternative text and caption, which readers of the page have as well."""
    said = node.attributes
    return f"\n{PICTURE.format(said.get('alt') or '')}\n{said.get('caption') or ''}\n"


def _target(node: LexborNode) -> str:
    if node.tag != "a":
        return ""
    attributes = node.attributes
    if attributes.get("linktype") == "page":
        return PAGE.format(attributes.get("id"))
    return attributes.get("href") or ""
