"""The enumerators of official papers: 第一条, 一、 （一） 1. （1） ①, their numbers, and how they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from gongkai.core.notices.folding import fold

_DIGITS = "零一二三四五六七八九"


class Style(StrEnum):
    """The styles, from the outermost level of a paper to the innermost (国家标准 GB/T 9704-2012, 7.3.3)."""

    ARTICLE = "第一条"
    HAN = "一、"
    HAN_BRACKET = "（一）"
    ARABIC = "1."
    ARABIC_BRACKET = "（1）"
    CIRCLED = "①"


@dataclass(frozen=True, slots=True)
class Enumerator:
    """An enumerator as found: its style, its number and the characters it takes, white space after it included."""

    style: Style
    number: int
    length: int


_HAN = "[一二三四五六七八九十]{1,3}"
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.ARTICLE, re.compile(rf"第({_HAN}|\d{{1,3}})[条章]\s*")),
    (Style.HAN, re.compile(rf"({_HAN})[、.]\s*")),
    (Style.HAN_BRACKET, re.compile(rf"（({_HAN})）[、.]?\s*")),
    (Style.ARABIC_BRACKET, re.compile(r"（\s*(\d{1,3})\s*）[、.]?\s*|(\d{1,3})）\s*")),
    (Style.ARABIC, re.compile(r"(\d{1,3})(?:[.](?![\d])|[、])\s*")),
)
_SINGLE = (
    (Style.CIRCLED, 0x2460, 20),
    (Style.ARABIC_BRACKET, 0x2474, 20),
    (Style.ARABIC, 0x2488, 20),
    (Style.HAN_BRACKET, 0x3220, 10),
)


def han_number(text: str) -> int | None:
    """The value of a Chinese numeral up to 99 (二十一 → 21), None when it is none."""
    if not (match := re.fullmatch(rf"(?:([{_DIGITS[1:]}]?)(十))?([{_DIGITS[1:]}]?)", text)):
        return None
    tens, ten, ones = match.groups()
    value = (_DIGITS.index(tens or "一") if ten else 0) * 10 + (_DIGITS.index(ones) if ones else 0)
    return value or None


def to_han(number: int) -> str:
    """The Chinese numeral of a number from 1 to 99 (21 → 二十一)."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


def parse(text: str) -> Enumerator | None:
    """The enumerator that the text begins with, None when there is none."""
    if text and (single := _single(text)):
        return single
    folded = fold(text[:16])
    for style, pattern in _PATTERNS:
        if match := pattern.match(folded):
            printed = next(group for group in match.groups() if group)
            number = int(printed) if printed.isdigit() else han_number(printed)
            if number:
                return Enumerator(style, number, match.end())
    return None


def _single(text: str) -> Enumerator | None:
    code = ord(text[0])
    for style, first, count in _SINGLE:
        if first <= code < first + count:
            spaces = len(text) - 1 - len(text[1:].lstrip())
            return Enumerator(style, code - first + 1, 1 + spaces)
    return None


def strip(text: str) -> tuple[Enumerator | None, str]:
    """The enumerator that a text begins with, and the text after it."""
    text = text.strip()
    found = parse(text)
    return found, text[found.length :].strip() if found else text


def render(style: Style, number: int) -> str:
    """The enumerator as papers print it."""
    if style is Style.ARTICLE:
        return f"第{to_han(number)}条"
    if style is Style.HAN:
        return f"{to_han(number)}、"
    if style is Style.HAN_BRACKET:
        return f"（{to_han(number)}）"
    if style is Style.ARABIC:
        return f"{number}."
    if style is Style.ARABIC_BRACKET:
        return f"（{number}）"
    return chr(0x2460 + number - 1) if number <= 20 else f"（{number}）"
