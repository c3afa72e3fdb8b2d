"""A saved page -> the fields of its article: by the national meta tags, else by rules that can be read (pages.yaml)."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin, urlsplit

import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.core.documents.decoding import decode
from gongkai.core.documents.html import check_depth

_SOURCE = re.compile(r"(?:信息来源|稿件来源|文章来源|来\s*源)\s*[：:]\s*([^\s　|<]{2,40})")
_LABELLED = re.compile(
    r"(?:发布|公开|发文)(?:时间|日期)\s*[：:]?\s*(\S+(?:\s+\d{1,2}:\d{2})?)|(?:日\s*期|时\s*间)\s*[：:]\s*(\S+(?:\s+\d{1,2}:\d{2})?)"
)
_HOST = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")
LEAST = 20  # characters that a text must have to be one


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("pages.yaml").read_text("utf-8"))
    return rules


def read_page(data: bytes, name: str = "") -> dict[str, Any]:
    """The fields of the article; `body` is empty where the page has none. name: its path as it was saved.

    A mirror keeps pages below a folder named by the host, which then is their address.
    """
    text = decode(data, html=True)
    check_depth(text)
    tree = LexborHTMLParser(text)
    metas = _metas(tree)
    said = {key: next((metas[one] for one in names if metas.get(one)), "") for key, names in _rules()["meta"].items()}
    url = _address(said["url"], name)
    for node in tree.css(_rules()["noise"]):
        node.decompose()
    visible = " ".join(tree.body.text(separator=" ").split()) if tree.body else ""
    body = _body(tree)
    text = "".join(body.text().split()) if body is not None else ""
    return said | {
        "url": url,
        "column": said["column"] or _folder(url),
        "summary": said["summary"] if _begins_in(said["summary"], text) else "",
        "keywords": ",".join(one for one in re.split(r"[\s,，;；、]+", said["keywords"]) if one and one in text),
        "title": said["title"] or _title(tree),
        "published": said["published"] or _found(_LABELLED, visible),
        "source": said["source"] or _found(_SOURCE, visible),
        "body": body.html or "" if body is not None else "",
    }


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        if value := (node.attributes.get("content") or "").strip():
            metas.setdefault(name, value)
    return metas


def _address(said: str, name: str) -> str:
    """The page's own word when it is a whole address, else that of the mirror's folder."""
    if urlsplit(said).scheme in ("http", "https"):
        return said
    host = name.partition("/")[0]
    saved = f"http://{name}" if "/" in name and _HOST.match(host) else name
    return urljoin(saved, said) if said and saved != name else saved


def _folder(url: str) -> str:
    """A page that names no column is filed by its folder; parts that are days or numbers are none."""
    parts = urlsplit(url).path.split("/")[1:-1]
    return "/".join(part for part in parts if part and not re.fullmatch(r"[\d_-]+", part))


def _begins_in(words: str, text: str) -> bool:
    """Whether the words are the article's: many sites repeat one description and the same keywords on every page."""
    return bool(words) and "".join(words.split())[:12] in text


def _title(tree: LexborHTMLParser) -> str:
    for selector in ("h1", "head title", "title"):
        node = tree.css_first(selector)
        if node is not None and (title := " ".join(node.text().split())):
            return title.partition("_")[0].strip() if selector != "h1" else title
    return ""


def _found(pattern: re.Pattern[str], visible: str) -> str:
    found = pattern.search(visible)
    return next((one for one in found.groups() if one), "") if found else ""


def _body(tree: LexborHTMLParser) -> LexborNode | None:
    """By the known containers; else the smallest element that holds most of the words that are no links."""
    for selector in _rules()["body"]:
        node = tree.css_first(selector)
        if node is not None and _words(node) >= LEAST:
            return node
    best, most = None, LEAST
    for node in tree.css("div, td, section"):
        own = sum(
            _words(child) for child in node.css("p") if child.parent is not None and child.parent.mem_id == node.mem_id
        )
        if own > most:
            best, most = node, own
    return best


def _words(node: LexborNode) -> int:
    linked = sum(len("".join(link.text().split())) for link in node.css("a"))
    return len("".join(node.text().split())) - linked
