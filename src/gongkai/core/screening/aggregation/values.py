"""Values of a list made comparable: dates, digits behind masks, places; and their coarser and masked forms."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from gongkai.core.screening.aggregation.kinds import Kind, rules, squeeze

UNKNOWN = "*"

_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?:[-./年](?P<m>\d{1,2})(?:[-./月](?P<d>\d{1,2})日?|月?)|年?)(?:[T ]?\d\d:\d\d.*)?"
)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])?")
_COUNTY = re.compile(r"(?:[^省]{1,8}省)?(?:[^市]{1,8}市)?(?:[^县区镇乡]{1,8}(?:县|(?<!社)区))?")
_TOWNSHIP = re.compile(r".+?(?:镇|乡|街道)(?!村|社区)")
_VILLAGE = re.compile(r"(?:.*(?:镇|乡|街道(?:办事处)?))?(.+?(?:村委会|村|社区|居委会))")
_CARD = re.compile(r"[\d*]{16,19}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def date_parts(value: str) -> tuple[str, str, str]:
    """Year, month and day as digits, "" for what is not told."""
    text = squeeze(value)
    match = _DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        return "", "", ""
    month, day = match["m"] or "", match["d"] or ""
    return match["y"], month.rjust(2, "0") if month else "", day.rjust(2, "0") if day else ""


def township(value: str) -> str:
    """The township of a place, "" when it names none."""
    found = _TOWNSHIP.match(_COUNTY.sub("", squeeze(value), count=1))
    return found.group() if found else ""


def village(value: str) -> str:
    """The village or community of a place without what stands around it, "" when it names none."""
    found = _VILLAGE.match(squeeze(value))
    return found[1].removesuffix("委会") if found else ""


def fragment(kind: Kind, value: str) -> str:
    """The readable digits of a masked or whole number at their positions, `*` elsewhere; "" when it is none."""
    text = squeeze(value).upper()
    if kind.key == "id":
        text = _eighteen(text)
    shown = "".join(each if each.isdecimal() else UNKNOWN for each in text)
    if text[-1:] == "X" and shown[-2:-1].isdecimal() and len(text) == kind.digits:
        shown = shown[:-1] + "X"
    if not kind.digits:
        return shown if _CARD.fullmatch(shown) and shown.strip(UNKNOWN) and _only_digits_and_masks(text) else ""
    if len(shown) != kind.digits:
        shown = _stretched(shown, kind.digits)
    return shown if shown.strip(UNKNOWN) else ""


def _only_digits_and_masks(text: str) -> bool:
    return all(each.isdecimal() or each in rules().masks for each in text)


def _eighteen(text: str) -> str:
    """A number of 15 digits in its present form (its century is 19, its check digit unknown); 残疾证号 is ID + 2."""
    if len(text) == 20:
        return text[:18]
    return f"{text[:6]}19{text[6:]}*" if len(text) == 15 and text.isdecimal() else text


def _stretched(shown: str, digits: int) -> str:
    """Masks are often shorter or longer than what they hide: one run of them is stretched to fit."""
    match = re.fullmatch(r"(\d*)\*+(\d*X?)", shown)
    if match is None or len(match[1]) + len(match[2]) >= digits:
        return ""
    return match[1] + UNKNOWN * (digits - len(match[1]) - len(match[2])) + match[2]


def birth_digits(value: str) -> str:
    """A birth date as the digits it gives away of an ID."""
    year, month, day = date_parts(value)
    told = (year or "****") + (month or "**") + (day or "**")
    return "" if not year else f"******{told}****"


def united(first: str, second: str) -> str | None:
    """Two fragments put together; None when they contradict each other. A blank one says nothing."""
    if not first or not second or first == second:
        return first or second
    if len(first) != len(second):
        return None
    joined = []
    for one, other in zip(first, second, strict=True):
        if one != other and UNKNOWN not in (one, other):
            return None
        joined.append(other if one == UNKNOWN else one)
    return "".join(joined)


def known(shown: str) -> int:
    """How many digits are readable."""
    return len(shown) - shown.count(UNKNOWN)


def coarse(kind: Kind, to: str, value: str) -> str:
    """A value in a coarser form; "" stands for nothing told."""
    text = squeeze(value)
    if to == "drop" or not text:
        return ""
    if to == "surname":
        return text[0]
    if to in ("year", "month", "decade"):
        year, month, _ = date_parts(text)
        if to == "decade":
            return f"{year[:3]}0年代" if year else ""
        return year if to == "year" else f"{year}-{month}" if month else year
    if to == "village":
        return (township(text) + village(text)) if village(text) else township(text)
    if to == "township":
        return township(text)
    return _band(kind, text)


def _band(kind: Kind, text: str) -> str:
    match = _NUMBER.search(text.replace(",", ""))
    if match is None:
        return ""
    try:
        number = Decimal(match.group())
    except InvalidOperation:
        return ""
    if kind.key == "age":
        low = int(number) // 10 * 10
        return f"{low}—{low + 9}岁"
    for limit in _LIMITS:
        if number < limit:
            return f"{limit}元以下"
    return f"{_LIMITS[-1]}元以上"


_LIMITS = (500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 500_000)


def excerpt(kind: Kind, value: str) -> str:
    """A value as a report may show it: nothing from which a person could be found again outside the list."""
    text = " ".join(value.split())
    if not text or kind.excerpt == "show":
        return text[:20]
    if kind.excerpt == "surname":
        return text[0] + "**"
    if kind.excerpt == "year":
        year = date_parts(text)[0]
        return f"{year}年**" if year else "**"
    if kind.excerpt == "township":
        return (township(text) or text[:2]) + "**"
    shown = squeeze(text)
    first = 2 if len(shown) >= 8 else 0
    return shown[:first] + "*" * (len(shown) - first)


def surname(name: str) -> str:
    """The first character of a name, "" when even that is masked."""
    text = squeeze(name)
    return text[0] if text and text[0] not in rules().masks else ""
