"""Numbers with something between their digits: 138 0013 8000, 4403081999\\n01101512, 1.3.8.0.0.1.3.8.0.0.0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.core.screening.identifiers.bank_card import is_bank_card, is_union_pay
from gongkai.core.screening.identifiers.phone import COUNTRY, is_mobile, national, split_landline
from gongkai.core.screening.identifiers.resident_id import (
    is_disability_card,
    is_old_resident_id,
    is_residence_permit,
    is_resident_id,
)
from gongkai.core.screening.labels import is_numbered_by_day, labelled, of_something_else
from gongkai.core.screening.runs import Group

# How people write numbers in groups.
_MOBILE = {(3, 4, 4), (3, 3, 5), (4, 3, 4), (3, 8), (7, 4), (4, 7), (5, 6), (3, 4, 2, 2), (3, 2, 2, 2, 2)}
_CARD = {
    (4, 4, 4, 4),
    (4, 4, 4, 4, 3),
    (4, 4, 4, 4, 2),
    (4, 4, 4, 4, 1),
    (4, 4, 4, 7),
    (6, 10),
    (6, 13),
    (6, 12),
    (6, 11),
    (8, 8),
}
_ROW_NUMBER = 4  # fewer digits on the next line count its row
_ABROAD = 13  # digits of a mobile number with 86 before it
_OLD = {(6, 6, 3), (6, 2, 2, 2, 3), (6, 9), (12, 3)}
# First digit -> lengths a number of people that begins so can have.
_LENGTHS = {
    "0": (12, 11, 10),
    "1": (18, 17, 20, 15, 11),
    "2": (18, 17, 20, 16, 15),
    "3": (18, 17, 20, 16, 15),
    "4": (18, 17, 20, 19, 16, 15, 13),
    "5": (18, 17, 20, 16, 15),
    "6": (18, 17, 20, 19, 16, 15),
    "8": (18, 17, 13),
}


def join(text: str, groups: Sequence[Group]) -> Iterator[tuple[str, int, int]]:
    """Numbers made of two or more neighbouring groups; none uses a group twice. Bounded work for each group."""
    digits = "".join(group.digits for group in groups)
    if len(digits) < 10:
        return
    ends, total = {}, 0
    for index, group in enumerate(groups):
        total += len(group.digits)
        ends[total] = index
    offset, free = 0, 0
    for index, group in enumerate(groups):
        if index >= free:
            for length in _LENGTHS.get(group.digits[0], ()):
                last = ends.get(offset + length)
                if last is None or last == index:
                    continue
                found = _judge(text, groups, index, last, digits[offset : offset + length])
                if found is not None:
                    yield found
                    free = last + 1
                    break
        offset += len(group.digits)


def _judge(text: str, groups: Sequence[Group], first: int, last: int, digits: str) -> tuple[str, int, int] | None:
    start, end = groups[first].start, groups[last].end
    if len(digits) == 17:
        return None if _letter(text, start - 1) else _with_x(text, digits, start, end)
    kind = _kind(digits)  # cheap, and nearly always the end of it
    if not kind or _letter(text, start - 1) or _letter(text, end) or _in_a_name(text, start):
        return None
    if kind == "resident-id" and is_numbered_by_day(text, digits, start):
        return None
    if kind in _CERTAIN or _written_so(kind, text, groups, first, last, digits):
        return kind, start, end
    return None


_LABELS = {"mobile": "phone", "landline": "phone", "resident-id-old": "identity", "bank-card": "card"}
# Region, date and check digit together leave no doubt, however the digits are set.
_CERTAIN = frozenset({"resident-id", "residence-permit", "disability-card"})


def _kind(digits: str) -> str:
    """What the digits could be by themselves."""
    length = len(digits)
    if (length == 11 and is_mobile(digits)) or (length == 13 and is_mobile(national(digits))):
        return "mobile"
    if digits[0] == "0":
        return "landline" if split_landline(digits) else ""
    if length == 20:
        return "disability-card" if is_disability_card(digits) else ""
    if length == 18 and is_resident_id(digits):
        return "resident-id"
    if length == 18 and is_residence_permit(digits):
        return "residence-permit"
    if length == 15 and is_old_resident_id(digits):
        return "resident-id-old"
    return "bank-card" if is_bank_card(digits) else ""


def _written_so(kind: str, text: str, groups: Sequence[Group], first: int, last: int, digits: str) -> bool:
    """Whether such a number is written in these groups, and nothing around says that it is another."""
    start, end = groups[first].start, groups[last].end
    gaps = [text[groups[at].end : groups[at + 1].start] for at in range(first, last)]
    if any("\t" in gap for gap in gaps) and not labelled(_LABELS[kind], text, start):
        return False  # neighbours in a row
    if _goes_on(text, groups, first, last) or of_something_else(text, start, end):
        return False
    shape = tuple(len(group.digits) for group in groups[first : last + 1])
    spaced = _is_spaced(shape)
    if kind == "mobile":
        return _is_mobile(text, start, digits, shape, gaps, spaced)
    if kind == "landline":
        parts = split_landline(digits)
        if "\n" in gaps[-1] and shape[-1] < _ROW_NUMBER:
            return False
        return parts is not None and _is_landline(text, start, parts, shape, spaced)
    if kind == "resident-id-old":
        return spaced or shape in _OLD or labelled("identity", text, start)
    return _is_card(text, start, digits, shape, spaced)


def _is_spaced(shape: Sequence[int]) -> bool:
    """Something after every digit: nobody writes another kind of number so."""
    return all(length == 1 for length in shape)


def _is_mobile(text: str, start: int, digits: str, shape: tuple[int, ...], gaps: list[str], spaced: bool) -> bool:
    if labelled("phone", text, start) and not _is_date(digits, shape):
        return True
    if len(digits) == _ABROAD and text[start - 1 : start] != "+":
        return False
    kinds = set(gaps)
    if len(kinds) > 1:
        return spaced
    gap = kinds.pop()
    if "\n" in gap:  # the end of a line in a sentence; numbers of a table stand behind a blank or begin the line
        return len(shape) == 2 and not text[start - 1 : start].isspace() and start > 0
    if gap in (".", "．"):
        return spaced or (len(shape) > 2 and not _is_address(digits, shape) and shape in _MOBILE)
    if gap.strip() == "":
        return spaced or shape in _MOBILE
    return spaced or (not _is_date(digits, shape) and (shape in _MOBILE or gap in "·•・‧∙_"))


def _is_landline(text: str, start: int, parts: tuple[str, str], shape: tuple[int, ...], spaced: bool) -> bool:
    """The gap stands after the area code, or a label says so."""
    return shape[0] == len(parts[0]) or spaced or labelled("phone", text, start)


def _is_card(text: str, start: int, digits: str, shape: tuple[int, ...], spaced: bool) -> bool:
    if spaced or shape in _CARD or labelled("card", text, start):
        return True
    return len(shape) == 2 and is_union_pay(digits)  # broken by the end of a line


def _with_x(text: str, digits: str, start: int, end: int) -> tuple[str, int, int] | None:
    """Seventeen digits and an X, which may stand behind a gap too."""
    at = end
    while at < min(len(text), end + 4) and not text[at].isalnum():
        at += 1
    if text[at : at + 1] not in ("x", "X") or _letter(text, at + 1):
        return None
    number = digits + "X"
    if is_resident_id(number):
        return "resident-id", start, at + 1
    return ("residence-permit", start, at + 1) if is_residence_permit(number) else None


def _goes_on(text: str, groups: Sequence[Group], first: int, last: int) -> bool:
    """Whether the same gap joins it to a group before or behind: a part of a longer serial number.

    A full number before or behind (a list of numbers) does not make it one, nor does the code of the country.
    """
    inner = text[groups[first].end : groups[first + 1].start]
    if inner.strip() == "" and len(groups[first].digits) > 1:
        return False
    if first and len(groups[first - 1].digits) < 7 and groups[first - 1].digits not in COUNTRY:
        return text[groups[first - 1].end : groups[first].start] == inner
    if last + 1 < len(groups) and len(groups[last + 1].digits) < 7:
        return text[groups[last].end : groups[last + 1].start] == inner and not split_landline(groups[first].digits)
    return False


def _is_date(digits: str, shape: Sequence[int]) -> bool:
    """1978-12-18-001: begins with a day."""
    return tuple(shape[:3]) == (4, 2, 2) and "01" <= digits[4:6] <= "12" and "01" <= digits[6:8] <= "31"


def _is_address(digits: str, shape: Sequence[int]) -> bool:
    """172.16.254.10: four numbers of a network address."""
    if len(shape) != 4 or max(shape) > 3:
        return False
    at, parts = 0, []
    for length in shape:
        parts.append(int(digits[at : at + length]))
        at += length
    return all(part < 256 for part in parts)


def _in_a_name(text: str, start: int) -> bool:
    """art_1842_0374466: a part of an address or the name of a file."""
    return text[start - 1 : start] == "_" and _letter(text, start - 2)


def _letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isascii() and text[at].isalpha()
