"""Web pages read whole: comments, scripts, hidden fields, attributes, pictures and files inside addresses."""

from __future__ import annotations

import base64
import binascii
import urllib.parse

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.core.documents import html
from gongkai.core.documents.decoding import decode
from gongkai.core.documents.model import Document
from gongkai.core.documents.whole.budget import Budget
from gongkai.core.documents.whole.gathering import Gathering

_SPOKEN = ("alt", "title", "placeholder", "aria-label", "summary", "content", "label")
_ADDRESSES = ("href", "src", "action", "data", "poster", "background")
_DROPPED = {"script", "noscript", "template", "svg", "math", "textarea", "datalist", "canvas", "audio", "video"}


def read(data: bytes, budget: Budget) -> Document:
    """The page as ever, then what it holds besides."""
    text = decode(data, html=True)
    document = html.read(text)
    gathering = Gathering(budget)
    tree = LexborHTMLParser(text)
    if tree.root is not None:
        for node in tree.root.traverse(include_text=True):
            _node(node, gathering)
    return gathering.onto(document)


def _node(node: LexborNode, gathering: Gathering) -> None:
    tag = node.tag or ""
    if tag == "-comment":
        gathering.part(node.comment_content or "", "markup-comment")
        return
    if tag.startswith("-"):
        return
    if tag in _DROPPED:
        gathering.part(node.text(), "script" if tag == "script" else "markup")
    attributes = node.attributes
    for name, value in attributes.items():
        if not value:
            continue
        if name in _SPOKEN or name.startswith("data-") or (name == "value" and tag in ("input", "option", "button")):
            gathering.part(value, "form" if tag in ("input", "option", "button") else "markup")
        elif name in _ADDRESSES:
            _address(value, gathering)


def _address(value: str, gathering: Gathering) -> None:
    if not value.startswith("data:"):
        gathering.part(urllib.parse.unquote(value), "link")
        return
    head, _, body = value.partition(",")
    try:
        content = base64.b64decode(body) if head.endswith(";base64") else urllib.parse.unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        gathering.not_examined("网页内嵌数据（已损坏）")
        return
    if head.startswith("data:image/") and not head.startswith("data:image/svg"):
        gathering.picture("网页内嵌图片", content)
    else:
        gathering.file("网页内嵌数据", content)
