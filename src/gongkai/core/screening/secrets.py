"""疑似国家秘密, judged alone and at once: may this be written here at all?

Every rule that blocks speaks of 密 somewhere, so a text without that character is passed after one search of it. What
programs carry is unfolded first (JSON, rich text, addresses): `\\u5bc6` is that character, a tag inside a word no end.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import unquote

from gongkai.core.screening.engine import Screener
from gongkai.core.screening.model import Category, Severity
from gongkai.core.screening.rules import Rule, load_rules

FLAG = "密"
_DEPTH = 4  # texts inside texts: rich text in JSON in a form
# The same character as JSON, HTML and addresses (UTF-8, GBK) may write it.
_WRITTEN_OTHERWISE = re.compile(
    r"\\u5bc6|&(?:amp;)*#0*23494\b|&(?:amp;)*#x0*5bc6\b|%(?:25)*E5%(?:25)*AF%(?:25)*86|%C3%DC", re.I
)
_BLOCKS = re.compile(r"<\s*/?\s*(?:p|div|br|li|ul|ol|h[1-6]|t[rdh]|table|section|blockquote|hr)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@cache
def secret_rules() -> tuple[Rule, ...]:
    """The rules whose finding stops everything: category state-secret, severity block."""
    return tuple(
        rule for rule in load_rules() if rule.category is Category.STATE_SECRET and rule.severity is Severity.BLOCK
    )


@cache
def _screener() -> Screener:
    return Screener(secret_rules())


@cache
def _headings() -> frozenset[str]:
    """Rules about how the head of a paper looks, which a single line is not."""
    return frozenset(rule.id for rule in secret_rules() if rule.head)


def suspected(text: str, *, paper: bool = False) -> str | None:
    """The id of the first rule that takes the plain text for a state secret; None when none does.

    paper: the text is a whole paper, so that a level alone on one of its first lines counts even when it is the only
    line; what somebody types into one line (a search for 秘密) is a word.
    """
    if FLAG not in text:
        return None
    said = paper or "\n" in text.strip()
    return next((one.rule for one in _screener().screen(text) if said or one.rule not in _headings()), None)


def suspected_in(carried: str) -> str | None:
    """The same for a text as programs carry it: JSON, HTML, parts of addresses, one inside the other."""
    if not may_speak(carried):
        return None
    return next((rule for reading in readings(carried) if (rule := suspected(reading))), None)


def suspected_value(value: Any) -> str | None:
    """The same for what JSON was decoded into: each text in it, and all of them one under the other."""
    texts = list(_texts(value))
    return next((rule for text in ("\n".join(texts), *texts) if (rule := suspected_in(text))), None)


def may_speak(carried: str) -> bool:
    """Whether a closer look is worth while: the character itself, or one of the ways to write it in ASCII."""
    if FLAG in carried:
        return True
    return any(sign in carried for sign in ("\\u", "&", "%")) and _WRITTEN_OTHERWISE.search(carried) is not None


def readings(carried: str, depth: int = _DEPTH) -> Iterator[str]:
    """The text, and what is left of it when one wrapping after the other is taken off."""
    yield carried
    if not depth:
        return
    unwrapped = {*_from_json(carried), *_from_escapes(carried), *_from_markup(carried), *_from_address(carried)}
    for inner in unwrapped - {carried}:
        yield from readings(inner, depth - 1)


def _from_json(carried: str) -> Iterator[str]:
    start = carried.lstrip()[:1]
    if not start or start not in '{["':
        return
    try:
        texts = list(_texts(json.loads(carried)))
    except (ValueError, RecursionError):
        return
    yield "\n".join(texts)
    yield from texts


def _from_escapes(carried: str) -> Iterator[str]:
    """Where the whole is no JSON: one record a line, a piece of a program."""
    if "\\u" in carried:
        yield _ESCAPE.sub(lambda found: chr(int(found[1], 16)), carried)


def _from_markup(carried: str) -> Iterator[str]:
    if "<" in carried or "&" in carried:
        yield html.unescape(_TAG.sub("", _BLOCKS.sub("\n", carried)))


def _from_address(carried: str) -> Iterator[str]:
    if "%" in carried:
        yield unquote(carried)
        if "%C3%DC" in carried.upper():
            yield unquote(carried, encoding="gb18030", errors="replace")


def _texts(value: Any) -> Iterator[str]:
    """Every text of decoded JSON, names included, in order."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [part for pair in reversed(list(one.items())) for part in reversed(pair)]
        elif isinstance(one, list | tuple):
            waiting += reversed(one)
