"""A record of a source -> an article as the portal holds one, with everything that is wrong with it named."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from html import escape
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from gongkai.core.documents import DocumentError
from gongkai.core.pasting import Carried, clean
from gongkai.core.siteimport.fields import FIELDS
from gongkai.core.siteimport.moments import read_aware, read_moment
from gongkai.core.siteimport.records import Record

HERE = ZoneInfo("Asia/Shanghai")
ATTACHED = re.compile(r"\.(?:docx?|xlsx?|wps|et|pdf|ofd|csv|txt|zip|rar|7z|pptx?)(?:[?#]|$)", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z][^>]*>")
_LONGEST = {"title": 255, "source": 100, "summary": 500, "keywords": 100, "author": 60}
_LABELS = {field.key: field.label for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Attached:
    """附件. place: its path in the source, or its address there."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Article:
    """文章. body: clean HTML. pictures: those that hold a place in it, by their address in the source.

    problems: why it cannot be taken over; notes: what was left out of it or changed.
    """

    number: int
    url: str = ""
    title: str = ""
    body: str = ""
    day: date | None = None
    at: time | None = None
    column: str = ""
    source: str = ""
    summary: str = ""
    keywords: str = ""
    author: str = ""
    attachments: tuple[Attached, ...] = ()
    pictures: tuple[Carried, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_article(record: Record, fields: Mapping[str, str]) -> Article:
    """fields: key of a field -> its name in the source."""
    if record.problem:
        return Article(
            record.number, url=_text(record.values.get(fields.get("url", "url"))), problems=(record.problem,)
        )
    said = {key: record.values.get(fields.get(key, key)) for key in _LABELS}
    texts = {key: _text(said[key]) for key in _LABELS if key not in ("body", "attachments")}
    listed = _listed(said["attachments"])
    problems, notes = _wrong_with(texts), []
    moment = _moment(texts["published"])
    if texts["published"] and moment is None:
        problems.append(f"发布时间“{texts['published'][:30]}”读不懂，应为 2023-01-12 08:30 的形式")
    body, attachments = "", listed
    pictures: tuple[Carried, ...] = ()
    try:
        body, linked, left_out, pictures = _body(_raw(said["body"]), texts["url"], {one.place for one in listed})
        notes += left_out
        attachments = (*listed, *linked)
    except DocumentError as error:
        problems.append(str(error))
    else:
        problems += [] if body else ["没有正文"]
    for key, most in _LONGEST.items():
        if len(texts[key]) > most:
            told = f"{_LABELS[key]}超过 {most} 字"
            if key in ("title", "source"):
                problems.append(told)
            else:
                notes.append(f"{told}，已截短")
                texts[key] = texts[key][:most]
    day, at = moment or (None, None)
    return Article(
        number=record.number,
        body=body,
        day=day,
        at=at,
        attachments=attachments,
        pictures=pictures,
        problems=tuple(problems),
        notes=tuple(notes),
        **{key: texts[key] for key in ("url", "title", "column", "source", "summary", "keywords", "author")},
    )


def _wrong_with(texts: Mapping[str, str]) -> list[str]:
    missing = [
        f"没有{field.label}" for field in FIELDS if field.required and field.key in texts and not texts[field.key]
    ]
    parts = urlsplit(texts["url"]) if _is_address(texts["url"]) else None
    if texts["url"] and (parts is None or parts.scheme not in ("http", "https") or not parts.hostname):
        missing.append("原网址不完整，应以 http:// 或 https:// 开头")
    return missing


def _is_address(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:
        return False
    return len(url) <= 1000


def _moment(text: str) -> tuple[date, time | None] | None:
    aware = read_aware(text)
    if aware is not None:
        here = aware.astimezone(HERE)
        return here.date(), here.time().replace(second=0, microsecond=0)
    return read_moment(text)


def _body(raw: str, url: str, listed: set[str]) -> tuple[str, list[Attached], list[str], tuple[Carried, ...]]:
    """Clean HTML, the files it links to, what was left out, and its pictures.

    What is attached is no link any more but words.
    """
    if not _MARKUP.search(raw):
        lines = [line.strip() for line in raw.splitlines() if line.strip()]
        return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines), [], [], ()
    tree, linked = LexborHTMLParser(raw), dict[str, Attached]()
    for link in tree.css("a[href]"):
        href = (link.attributes.get("href") or "").strip()
        whole = urljoin(url, href) if _is_address(href) else ""
        if ATTACHED.search(whole) or whole in listed or href in listed:
            if whole not in listed and href not in listed:
                linked.setdefault(whole, Attached(_text(link.text())[:200] or _name_of(whole), whole))
            link.unwrap()
        elif whole and not href.startswith("#"):
            link.attrs["href"] = whole
    for picture in tree.css("img[src]"):
        address = (picture.attributes.get("src") or "").strip()
        if _is_address(address):  # what a text holds itself is longer than any address
            picture.attrs["src"] = urljoin(url, address)
    pasted = clean(tree.html or "", addresses=True)
    return pasted.html, list(linked.values()), list(pasted.notes), pasted.pictures


def _listed(said: Any) -> tuple[Attached, ...]:
    """A list of paths, addresses or {"name", "path" or "url"}; in a cell several are parted by line ends, ; or |."""
    if isinstance(said, str):
        said = [one for one in re.split(r"[\n;；|]+", said) if one.strip()]
    found: dict[str, Attached] = {}
    for one in said if isinstance(said, list) else []:
        told = one if isinstance(one, dict) else {"path": one}
        place = _text(told.get("path") or told.get("url"))
        if place:
            found.setdefault(place, Attached((_text(told.get("name")) or _name_of(place))[:200], place))
    return tuple(found.values())


def _name_of(place: str) -> str:
    return unquote(posixpath.basename(urlsplit(place).path if _is_address(place) else place))


def _raw(value: Any) -> str:
    return value.replace("\0", "") if isinstance(value, str) else ""


def _text(value: Any) -> str:
    """One line; numbers as they are written."""
    if isinstance(value, bool) or value is None or isinstance(value, list | dict):
        return ""
    return " ".join(str(value).replace("\0", "").split())
