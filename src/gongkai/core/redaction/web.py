"""Web pages: comments, scripts, hidden elements and telling attributes removed, text masked where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from gongkai.core.documents import Document
from gongkai.core.documents.decoding import decode
from gongkai.core.redaction.canvas import Canvas, Segment
from gongkai.core.redaction.edits import Edit, pieces

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_GONE = ("script", "template", "noscript", "iframe", "object", "embed", "applet", "meta", "base")
_KEPT = {
    *("href", "src", "class", "id", "style", "colspan", "rowspan", "width", "height", "align", "valign", "border"),
    *(
        "cellspacing",
        "cellpadding",
        "bgcolor",
        "color",
        "size",
        "face",
        "lang",
        "dir",
        "rel",
        "type",
        "start",
        "target",
    ),
    *("scope", "headers", "media", "name", "role"),
}
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])", re.IGNORECASE
)


def clean(data: bytes) -> tuple[bytes, list[str]]:
    """Without what a browser does not show; attributes are kept only where they are layout or links."""
    from lxml import etree, html

    root = html.document_fromstring(decode(data, html=True))
    said = []
    for element in list(root.iter()):
        if element is root or element.getparent() is None:
            continue
        if not isinstance(element.tag, str):
            said.append("网页注释")
            _remove(element)
        elif element.tag in _GONE or _is_hidden(element):
            if element.tag not in _GONE:
                said.append("隐藏的网页内容")
            _remove(element)
        else:
            _keep_attributes(element)
    head = root.find("head")
    if head is not None:
        head.insert(0, etree.Element("meta", charset="utf-8"))
    return _written(root), list(dict.fromkeys(said))


def apply(data: bytes, document: Document, edits: list[Edit]) -> tuple[bytes, list[str]]:
    """The page with the edits made; the same bytes when none could be placed."""
    from lxml import html

    root = html.document_fromstring(data.decode("utf-8"))
    canvas = Canvas(_segments(root))
    return (_written(root) if canvas.apply(pieces(document), edits, document.text) else data), []


def _written(root: HtmlElement) -> bytes:
    from lxml import html

    return bytes(html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>"))


def _is_hidden(element: HtmlElement) -> bool:
    return (
        "hidden" in element.attrib
        or bool(_HIDING.search(element.get("style", "")))
        or (element.tag == "input" and element.get("type", "").lower() == "hidden")
    )


def _keep_attributes(element: HtmlElement) -> None:
    for name in list(element.attrib):
        value = str(element.attrib[name]).strip().lower()
        if name not in _KEPT or value.startswith(("mailto:", "tel:", "sms:", "javascript:", "data:text")):
            del element.attrib[name]


def _remove(element: HtmlElement) -> None:
    """The element; the text behind it stays."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _segments(root: HtmlElement) -> Iterator[Segment]:
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end")):
        text = element.text if event == "start" else element.tail
        if text and element.tag != "style":
            yield Segment(text, _writer(element, event))


def _writer(element: HtmlElement, event: str) -> Callable[[str], None]:
    return lambda text: setattr(element, "text" if event == "start" else "tail", text)
