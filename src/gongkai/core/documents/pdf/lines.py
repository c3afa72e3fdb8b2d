"""Characters with boxes -> lines -> text, telling a line that wraps from a line that ends."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_NEVER_FIRST = "，。、；：？！）》〉】〕」』％,.;:?!)]}"  # closing punctuation is pulled along with what it closes
_NEVER_LAST = "（《〈【〔「『([{"
_QUOTES = "“”‘’"  # they hold on to both sides
_NUMERALS = frozenset("0123456789X")  # of numbers in lists; IDs end in X
_ITEM = re.compile(
    r"\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十百]{1,4})[)）、.．]|第[一二三四五六七八九十百\d]+[章条项]|[①-⑳⑴-⒇]|附\s*件[：:\d]?|\d{1,4}\s*$)"
)


@dataclass(frozen=True, slots=True)
class Char:
    """One character and its box in points, from the top left of the page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; `size` is its usual character height."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    lead: float  # width of what cannot be broken at its start


def lines(chars: Iterable[Char]) -> list[Line]:
    """Characters gathered into lines, from top to bottom and left to right."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: (char.top + char.bottom) / 2):
        middle = (char.top + char.bottom) / 2
        last = rows[-1][-1] if rows else None
        if last and middle - (last.top + last.bottom) / 2 < 0.5 * min(last.bottom - last.top, char.bottom - char.top):
            rows[-1].append(char)
        else:
            rows.append([char])
    made = (_line(sorted(row, key=lambda char: char.x0)) for row in rows)
    return [line for line in made if line.text.strip()]


def _line(chars: Sequence[Char]) -> Line:
    inked = [char for char in chars if char.text.strip()] or list(chars)
    size = sorted(char.bottom - char.top for char in inked)[len(inked) // 2]
    text = ""
    for index, char in enumerate(chars):
        before = chars[index - 1] if index else None
        if before and before.text != " " and char.text != " ":
            text += " " * (_apart(before, char, size) or _between_numbers(chars, index, size))
        text += char.text
    return Line(
        text=text.strip(),
        x0=inked[0].x0,
        top=min(char.top for char in inked),
        x1=max(char.x1 for char in inked),
        bottom=max(char.bottom for char in inked),
        size=size,
        lead=_lead(inked),
    )


def _apart(before: Char, char: Char, size: float) -> bool:
    """A gap that a reader sees as a space: small between Latin words, wide between Chinese characters."""
    latin = before.text.isascii() and char.text.isascii()
    return char.x0 - before.x1 > size * (0.2 if latin else 1.0)


def _between_numbers(chars: Sequence[Char], index: int, size: float) -> bool:
    """Digits further apart than those before and behind: two numbers, in cells that no rulings part."""
    if not 2 <= index < len(chars) - 1 or any(chars[at].text not in _NUMERALS for at in (index - 1, index)):
        return False
    around = [at for at in (index - 1, index + 1) if chars[at - 1].text in _NUMERALS and chars[at].text in _NUMERALS]
    return bool(around) and _gap(chars, index) > max(_gap(chars, at) for at in around) + 0.1 * size


def _gap(chars: Sequence[Char], index: int) -> float:
    return chars[index].x0 - chars[index - 1].x1


def _lead(chars: Sequence[Char]) -> float:
    end = 1
    while end < len(chars) and _glued(chars[end - 1].text, chars[end].text):
        end += 1
    if chars[end - 1].text in _NEVER_LAST:  # a bracket cut off from what it opens
        return math.inf
    return chars[end - 1].x1 - chars[0].x0


def _glued(left: str, right: str) -> bool:
    """No line may break between the two (Unicode line breaking, as far as Chinese layout needs it)."""
    if right in _NEVER_FIRST or left in _NEVER_LAST or left in _QUOTES or right in _QUOTES:
        return True
    return right.isascii() and (left.isascii() or (right.isdigit() and left in _NEVER_FIRST))


def wraps(slack: float, following: Line) -> bool:
    """What follows had no room in the `slack` points left: the line was broken by the layout, not by the author."""
    return slack < following.lead + 0.3 * following.size


def join(text: str, more: str) -> str:
    """Two halves of a wrapped text; only Latin words and numbers, which no line breaks, get a space between them."""
    gap = " " if text[-1:].isascii() and more[:1].isascii() and (text[-1:] + more[:1]).isalnum() else ""
    return text + gap + more


def starts_item(text: str) -> bool:
    """It begins with a number of its own, so it continues nothing."""
    return _ITEM.match(text) is not None
