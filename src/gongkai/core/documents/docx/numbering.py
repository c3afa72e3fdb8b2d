"""Automatic numbers: what Word prints before a paragraph but does not store as its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.core.documents.docx.package import W, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_MOST = 32_767  # Word counts no further


@dataclass(slots=True)
class Level:
    """How one level of a list counts."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False  # all numbers in the label as decimals


@dataclass(slots=True)
class List:
    """One numbering instance: its levels, and the abstract list whose counters it shares."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through a document in reading order."""

    def __init__(self, root: _Element | None) -> None:
        self._lists: dict[str, List] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def label(self, num_id: str, level: int) -> str:
        """Count one paragraph of the list and return its printed number, "" when it prints none."""
        found = self._lists.get(num_id)
        if found is None or level not in found.levels:
            return ""
        counters = self._counters.setdefault(found.abstract, [None] * _LEVELS)
        if level in found.restarts and (num_id, level) not in self._restarted:
            self._restarted.add((num_id, level))
            counters[level] = found.restarts[level] - 1
        current = counters[level]
        counters[level] = found.levels[level].start if current is None else current + 1
        counters[level + 1 :] = [None] * (_LEVELS - level - 1)
        return self._printed(found, level, counters)

    def _printed(self, found: List, level: int, counters: list[int | None]) -> str:
        rule = found.levels[level]
        if rule.form == "bullet":
            return "•" if any("\ue000" <= char <= "\uf8ff" for char in rule.text) else rule.text

        def count(match: re.Match[str]) -> str:
            other = int(match.group(1)) - 1
            its = found.levels.get(other, Level())
            current = counters[other] if other < _LEVELS else None
            shown = its.start if current is None else current
            return spell(shown, "decimal" if rule.legal else its.form)

        return re.sub(r"%([1-9])", count, rule.text).strip()

    def _load(self, root: _Element) -> None:
        abstracts = {
            str(one.get(f"{W}abstractNumId")): {
                number(str(level.get(f"{W}ilvl", "0")), 0, _LEVELS - 1): _level(level)
                for level in one.iterfind(f"{W}lvl")
            }
            for one in root.iterfind(f"{W}abstractNum")
        }
        for num in root.iterfind(f"{W}num"):
            abstract = value(num, f"{W}abstractNumId")
            instance = List(abstract, dict(abstracts.get(abstract, {})))
            for override in num.iterfind(f"{W}lvlOverride"):
                self._override(instance, override)
            self._lists[str(num.get(f"{W}numId"))] = instance

    def _override(self, instance: List, override: _Element) -> None:
        index = number(str(override.get(f"{W}ilvl", "0")), 0, _LEVELS - 1)
        replaced = override.find(f"{W}lvl")
        if replaced is not None:
            instance.levels[index] = _level(replaced)
        start = value(override, f"{W}startOverride")
        if start:
            instance.restarts[index] = number(start, 1, _MOST)
            if index in instance.levels:
                rule = instance.levels[index]
                instance.levels[index] = Level(instance.restarts[index], rule.form, rule.text, rule.legal)


def _level(element: _Element) -> Level:
    return Level(
        start=number(value(element, f"{W}start", "1"), 1, _MOST),
        form=value(element, f"{W}numFmt", "decimal"),
        text=value(element, f"{W}lvlText"),
        legal=element.find(f"{W}isLgl") is not None,
    )


def chinese(count: int) -> str:
    """A number below 100,000 in Chinese as headings write it: 十一, 二十, 一百零五."""
    digits, units, text, gap = "零一二三四五六七八九", ("", "十", "百", "千", "万"), "", False
    for place in range(4, -1, -1):
        digit = count // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + units[place]
        gap = not digit
    return (text[1:] if text.startswith("一十") else text) or "零"


def _legal(count: int) -> str:
    text = "一" + chinese(count) if 10 <= count < 20 else chinese(count)
    return text.translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))


_HIGH_ROMAN = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC"}
_LOW_ROMAN = {50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}


def _roman(count: int) -> str:
    text = ""
    for amount, sign in (_HIGH_ROMAN | _LOW_ROMAN).items():
        text += sign * (count // amount)
        count %= amount
    return text


def _letter(count: int) -> str:
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count else ""


def _from(first: str, most: int) -> Callable[[int], str]:
    """Ready-made numbered characters, such as ① to ⑳; plain digits beyond them."""
    return lambda count: chr(ord(first) + count - 1) if 1 <= count <= most else str(count)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda count: signs[(count - 1) % len(signs)]


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "koreanCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "ideographDigital",
            "japaneseDigitalTenThousand",
            "taiwaneseDigital",
        ),
        chinese,
    ),
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalFullWidth": lambda count: str(count).translate(_WIDE),
    "decimalFullWidth2": lambda count: str(count).translate(_WIDE),
    "decimalZero": lambda count: f"{count:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda count: _letter(count).lower(),
    "none": lambda count: "",
}


def spell(count: int, form: str) -> str:
    """A count in one of Word's number formats; decimal for those that this country's documents do not use."""
    return _FORMS.get(form, str)(count)
