"""Telephone numbers of the mainland (工业和信息化部《电信网编号计划》, recalled)."""

from __future__ import annotations

import re

COUNTRY = ("86", "0086")  # before a number that is called from abroad
_AREA = re.compile(r"10|2[0-57-9]|[3-9]\d\d")


def is_mobile(number: str) -> bool:
    """Eleven digits from 13 to 19."""
    return len(number) == 11 and number[0] == "1" and number[1] in "3456789"


def national(number: str) -> str:
    """The number without the code of the country, "" when it has none."""
    return next((number[len(code) :] for code in COUNTRY if number.startswith(code)), "")


def split_landline(number: str) -> tuple[str, str] | None:
    """Area code with its 0, and the seven or eight digits of the line; None when it is no such number."""
    if number[:1] != "0" or not number.isdigit():
        return None
    area = _AREA.match(number, 1)
    if area is None:
        return None
    line = number[area.end() :]
    return (number[: area.end()], line) if len(line) in (7, 8) else None


def is_line(number: str) -> bool:
    """Seven or eight digits as an exchange gives them out: none begins with 0, 1 or 9."""
    return len(number) in (7, 8) and number[0] in "2345678"
