"""Masked numbers: whether what is left still tells who it is.

A resident ID is badly masked when the whole date of birth is left, or when fewer than a thousand numbers fit what is
left (the check digit divides them by eleven): 440308 1990**** 1512 leaves 33. A mobile number needs four digits hidden
(138****1234), a bank card six. Bounds: our own; forms: 永安市政府办 2023-01 as reported.
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

from gongkai.core.screening.identifiers.regions import prefectures

_MASK = "*＊×xX●•#○□■◆＃_"
_FEW = 1000
_YEARS = range(1925, 2027)
_BETWEEN = re.compile(r"[ \-]")
_BLOCK = re.compile(r"\?\?")


def is_weakly_masked(written: str) -> bool:
    """Whether the stretch is a masked number of a known kind that can be rebuilt or shows a date of birth."""
    shape = _shape(written)
    if "?" not in shape or not (_BLOCK.search(shape) or "*" in written.strip("*")):
        return False
    if len(shape) == 18 and _may_be_resident(shape):
        return _tells_resident(shape)
    if len(shape) == 11 and shape[0] == "1" and shape[1] in "3456789?":
        return shape.count("?") < 4
    if 16 <= len(shape) <= 19 and shape[:1] in "456":
        return shape.count("?") < 6
    return False


def mask_again(written: str) -> str:
    """The accepted form of what is left: ID two and three, mobile three and four, card the last four."""
    shape = _shape(written)
    first, last = {18: (2, 3), 11: (3, 4)}.get(len(shape), (0, 4))
    return (shape[:first] + "?" * (len(shape) - first - last) + shape[-last:]).replace("?", "*")


def _shape(written: str) -> str:
    """Digits as they are, every mask as ?, an X that can only be a check digit as X."""
    bare = _BETWEEN.sub("", written)
    shape = "".join(character if character.isdigit() else "?" for character in bare)
    others = set(bare[:-1]) & set(_MASK)
    if len(bare) == 18 and bare[-1] in "xX" and others and not others & {"x", "X"}:
        shape = shape[:-1] + "X"
    return shape


def _may_be_resident(shape: str) -> bool:
    return any(_fits(code, shape[:4]) for code in prefectures())


def _tells_resident(shape: str) -> bool:
    return "?" not in shape[6:14] or _candidates(shape) < _FEW


@lru_cache(maxsize=1024)
def _candidates(shape: str) -> int:
    """How many numbers fit: places × days × serial numbers, an eleventh of them when the check digit is left."""
    places: int = 1 if "?" not in shape[:6] else 10 ** min(3, shape[:6].count("?"))
    days = sum(
        calendar.monthrange(2000, month)[1] if shape[12:14] == "??" else _days(month, shape[12:14])
        for month in range(1, 13)
        if _fits(f"{month:02}", shape[10:12])
    )
    years = sum(_fits(str(year), shape[6:10]) for year in _YEARS)
    serials: int = 10 ** shape[14:17].count("?")
    return places * years * days * serials // (1 if shape[17] == "?" else 11)


def _days(month: int, shape: str) -> int:
    return sum(_fits(f"{day:02}", shape) for day in range(1, calendar.monthrange(2000, month)[1] + 1))


def _fits(value: str, shape: str) -> bool:
    return all(sign in ("?", digit) for digit, sign in zip(value, shape, strict=True))
