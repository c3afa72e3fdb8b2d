"""What a page says of itself in its head, and what the national rules find missing in it."""

from __future__ import annotations

import json

from selectolax.lexbor import LexborHTMLParser

from gongkai.core.siteaudit import PageKind, fits, missing, tags


def metas(text: str) -> dict[str, str]:
    """name → content of the national tags, in the case they are written in."""
    known = {tag.name for tag in tags()}
    found = {
        one.attributes.get("name"): one.attributes["content"] for one in LexborHTMLParser(text).css("head meta[name]")
    }
    return {name: value or "" for name, value in found.items() if name in known}


def faults(text: str, kind: PageKind) -> list[str]:
    """Required tags that are missing, any that is empty, and a moment that is not written as it must be."""
    found = metas(text)
    empty = [name for name, value in found.items() if not value.strip()]
    moment = [] if fits("moment", found.get("PubDate", "2026-01-01 00:00")) else ["PubDate is no moment"]
    return [*missing(found, kind), *empty, *moment]


def linked(text: str) -> dict[str, dict]:
    """JSON-LD by type."""
    script = LexborHTMLParser(text).css_first('script[type="application/ld+json"]')
    return {node["@type"]: node for node in json.loads(script.text())["@graph"]} if script else {}


def canonical(text: str) -> str:
    return LexborHTMLParser(text).css_first('link[rel="canonical"]').attributes["href"]
