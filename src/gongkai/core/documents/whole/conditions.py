"""Conditional formats of a sheet that make text disappear: white on white, or a number format that shows nothing.

Whether the condition holds is the spreadsheet program's to say; what it may hide counts as hidden.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.core.documents.whole.markup import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_WHITE = {"FFFFFFFF", "00FFFFFF"}
_NOTHING = re.compile(r";;;?(?:\[[^\]]*\])?")
_RANGE = re.compile(r"\$?([A-Z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Z]{1,3})?\$?(\d{1,7})?)?")
_MOST_RANGES = 1_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384

Area = tuple[int, int, int, int]  # left, top, right, bottom, from 1


def hiding_formats(styles: _Element | None) -> set[str]:
    """Index of each differential format that hides."""
    groups = {local(child): list(child) for child in styles} if styles is not None else {}
    return {str(index) for index, form in enumerate(groups.get("dxfs", [])) if _hides(form)}


def _hides(form: _Element) -> bool:
    white = filled = False
    for child in form:
        match local(child):
            case "numFmt" if _NOTHING.fullmatch(re.sub(r"\s", "", str(child.get("formatCode", "")))):
                return True
            case "font":
                white = any(local(each) == "color" and _is_white(each) for each in child)
            case "fill":
                colours = [each for each in child.iter() if local(each) in ("bgColor", "fgColor")]
                filled = any(not _is_white(each) for each in colours)
    return white and not filled


def _is_white(colour: _Element) -> bool:
    return str(colour.get("rgb", "")).upper() in _WHITE or colour.get("theme") == "0"


def hidden_areas(conditional: _Element, hiding: set[str]) -> list[Area]:
    """The areas of one `conditionalFormatting`, if one of its rules hides."""
    if not any(local(rule) == "cfRule" and str(rule.get("dxfId", "")) in hiding for rule in conditional):
        return []
    written = str(conditional.get("sqref", "")).split()[:_MOST_RANGES]
    return [area for each in written if (area := _area(each)) is not None]


def _area(written: str) -> Area | None:
    match = _RANGE.fullmatch(written)
    if match is None or not written:
        return None
    left, top, right, bottom = match.groups()
    if ":" not in written:
        right, bottom = left, top
    return (
        _column(left) if left else 1,
        int(top) if top else 1,
        _column(right) if right else _LAST_COLUMN,
        int(bottom) if bottom else _LAST_ROW,
    )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def lies_in(address: str, areas: list[Area]) -> bool:
    """Whether a cell (B4) lies in one of the areas."""
    match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", address)
    if match is None:
        return False
    column, row = _column(match[1]), int(match[2])
    return any(left <= column <= right and top <= row <= bottom for left, top, right, bottom in areas)
