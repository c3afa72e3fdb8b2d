"""The links of a text, and what can be said of them without asking anybody."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page

MANY = 500  # links of one text that are looked at


@dataclass(frozen=True, slots=True)
class Link:
    """words: what the reader clicks. page: id of a page of ours, 0 for an address outside. href: "" for a page."""

    words: str
    href: str = ""
    page: int = 0


class Unreachable(Enum):
    INSIDE = "an address of the intranet or of one machine"
    NO_ADDRESS = "no address that a browser could open"


def links_of(tree: LexborHTMLParser) -> list[Link]:
    found = []
    for node in tree.css("a")[:MANY]:
        words = " ".join(node.text(deep=True).split()) or (node.attributes.get("href") or "")
        page = node.attributes.get("id") or ""
        if node.attributes.get("linktype") == "page" and page.isascii() and page.isdigit():
            found.append(Link(words, page=int(page)))
        else:
            found.append(Link(words, (node.attributes.get("href") or "").strip()))
    return found


def pages_linked(links: Iterable[Link]) -> list[tuple[Link, Page | None]]:
    """The links to pages of ours, each with its page; None for one that is gone. One query."""
    inside = [link for link in links if link.page]
    pages = Page.objects.in_bulk({link.page for link in inside}) if inside else {}
    return [(link, pages.get(link.page)) for link in inside]


def unreachable_for_public(link: Link) -> Unreachable | None:
    """Why nobody outside could open it whatever stands there; None when they might."""
    if link.page or (link.href.startswith(("/", "#", "mailto:", "tel:")) and not link.href.startswith("/admin")):
        return None
    try:
        parts = urlsplit(link.href)
        host = parts.hostname or ""
    except ValueError:
        return Unreachable.NO_ADDRESS
    if parts.scheme in ("http", "https") and host:
        return Unreachable.INSIDE if _is_inside(host) else None
    return Unreachable.INSIDE if link.href.startswith(("/admin", "file:", "\\\\")) else Unreachable.NO_ADDRESS


def _is_inside(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".local", ".lan", ".internal")) or "." not in host
