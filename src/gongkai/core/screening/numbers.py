"""Numbers of people: cut out by their digits, held against their standards, and against what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from gongkai.core.screening.broken import join
from gongkai.core.screening.hits import Hit
from gongkai.core.screening.identifiers import BY_DIGITS
from gongkai.core.screening.identifiers.bank_card import is_bank_card
from gongkai.core.screening.identifiers.phone import is_line, is_mobile, national, split_landline
from gongkai.core.screening.identifiers.regions import is_region, prefectures
from gongkai.core.screening.identifiers.resident_id import (
    birth_date,
    is_cut_resident_id,
    is_disability_card,
    is_old_resident_id,
    is_residence_permit,
    is_resident_id,
)
from gongkai.core.screening.identifiers.travel import is_passport, is_travel_permit
from gongkai.core.screening.identifiers.uscc import is_sole_trader, is_uscc
from gongkai.core.screening.labels import is_cut_by_a_slash, is_numbered_by_day, labelled, of_something_else
from gongkai.core.screening.offices import of_an_office
from gongkai.core.screening.rules.model import Rule
from gongkai.core.screening.runs import RUN, groups_of

Found = tuple[str, int, int]  # identifier, start, end
_TOKEN = 24  # code points to either side in which a number may have letters of its own
_AREA_IN_BRACKETS = re.compile(r"[（(](0\d{2,3})[)）][ -]?$")
_SERVICE = re.compile(r"(?<!\d)[48]00[ -]?$")  # 400-1234567: a company's number for the whole country
_PHONE_LETTERS = re.compile(r"(?:tel|mobile|phone|mob|t|m|fax)", re.IGNORECASE)
_SHORTEST_BROKEN = 11  # ten digits and a gap
_LETTER_APART = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,2})[ \u3000\xa0]$")  # E 12345678
_SEVEN = re.compile(r"[0-9]{7}")
_ADULT = 14  # 个人信息保护法第二十八条: data of those under 14 are sensitive


class NumberRules:
    """The rules with an identifier that is found by digits."""

    def __init__(self, rules: Iterable[Rule], whitelist: frozenset[str], on: date | None) -> None:
        self._rules = {rule.identifier: rule for rule in rules if rule.identifier in BY_DIGITS and not rule.pattern}
        numbers = {bare for entry in whitelist if "@" not in entry and (bare := _digits(entry))}
        self._official = numbers | {parts[1] for number in numbers if (parts := split_landline(number))}
        self._on = on

    def judge(self, text: str) -> Iterator[Hit]:
        """The numbers of people in the text."""
        if not self._rules:
            return
        for match in RUN.finditer(text):
            run, start = match[0], match.start()
            if run.isdigit():
                found = whole(text, start, match.end())
                if found is not None:
                    yield from self._hit(text, found)
                continue
            if len(run) < _SHORTEST_BROKEN and not _SEVEN.search(run):
                continue  # a date
            groups = groups_of(run, start)
            for group in groups:
                if len(group.digits) >= 7 and (found := whole(text, group.start, group.end)) is not None:
                    yield from self._hit(text, found)
            for found in join(text, groups):
                yield from self._hit(text, found)

    def _hit(self, text: str, found: Found) -> Iterator[Hit]:
        kind, start, end = found
        if kind in ("mobile", "landline", "local-line") and self._is_official(_digits(text[start:end])):
            return
        if kind in ("landline", "local-line") and of_an_office(text, start, end):
            return
        if kind == "resident-id" and self._of_a_child(text[start:end]):
            kind = "resident-id-minor" if "resident-id-minor" in self._rules else kind
        rule = self._rules.get(kind)
        if rule is not None:
            yield Hit(rule, start, end)

    def _is_official(self, number: str) -> bool:
        if number in self._official:
            return True
        parts = split_landline(number)
        return parts is not None and parts[1] in self._official

    def _of_a_child(self, written: str) -> bool:
        if self._on is None:
            return False
        born = birth_date("".join(character for character in written if character.isalnum()))
        if born is None:
            return False
        age = self._on.year - born.year - ((self._on.month, self._on.day) < (born.month, born.day))
        return 0 <= age < _ADULT


def whole(text: str, start: int, end: int) -> Found | None:
    """What digits without a gap are, together with the letters that touch them."""
    if end - start > 20:
        return None
    first, last = _token(text, start, end)
    if (first, last) == (start, end):
        return _plain(text, start, end)
    return _lettered(text, start, end, first, last)


def _token(text: str, start: int, end: int) -> tuple[int, int]:
    """The letters and digits around, as far as a number of people can reach."""
    first, last = start, end
    while first > max(0, start - _TOKEN) and text[first - 1].isascii() and text[first - 1].isalnum():
        first -= 1
    while last < min(len(text), end + _TOKEN) and text[last].isascii() and text[last].isalnum():
        last += 1
    return first, last


def _plain(text: str, start: int, end: int) -> Found | None:
    """Digits alone."""
    digits, length = text[start:end], end - start
    if length == 18:
        return _eighteen(text, digits, start, end)
    if length == 20:
        return ("disability-card", start, end) if is_disability_card(digits) else None
    if length in (7, 8, 9, 10) and (found := _short(text, digits, start, end)):
        return found
    kind = ""
    if length == 11 and is_mobile(digits):
        kind = "" if _is_record(text, start, end) else "mobile"
    elif is_mobile(national(digits)) and (text[start - 1 : start] == "+" or labelled("phone", text, start)):
        kind, start = "mobile", end - 11
    elif parts := split_landline(digits):
        kind = "landline" if is_line(parts[1]) or labelled("phone", text, start) else ""
    elif length == 15 and is_old_resident_id(digits):
        kind = "resident-id-old"
    elif length >= 13 and _is_card(text, digits, start):
        kind = "bank-card"
    return (kind, start, end) if kind and not of_something_else(text, start, end) else None


def _eighteen(text: str, digits: str, start: int, end: int) -> Found | None:
    if is_resident_id(digits):
        if is_numbered_by_day(text, digits, start):
            return None
        if is_uscc(digits) and (labelled("organisation", text, start) or is_cut_by_a_slash(text, end)):
            return None
        return "resident-id", start, end
    if is_residence_permit(digits):
        return "residence-permit", start, end
    if is_sole_trader(digits):
        return "sole-trader-code", start, end
    kind = ""
    if _is_card(text, digits, start) and not is_uscc(digits):
        kind = "bank-card"
    elif is_cut_resident_id(digits) and (digits.endswith("000") or labelled("identity", text, start)):
        kind = "resident-id-cut"
    return (kind, start, end) if kind and not of_something_else(text, start, end) else None


def _is_card(text: str, digits: str, start: int) -> bool:
    """Foreign brands share their ranges with serial numbers: they need a word, or 16 digits that name no place."""
    if not is_bank_card(digits):
        return False
    if digits.startswith("62") or labelled("card", text, start):
        return True
    return len(digits) == 16 and not _begins_with_a_place_and_a_year(digits)


def _begins_with_a_place_and_a_year(digits: str) -> bool:
    """5107222023……: as contracts and tenders are numbered."""
    county = is_region(digits[:6]) and digits[6:8] in ("19", "20")
    return county or (digits[:4] in prefectures() and digits[4:6] in ("19", "20"))


def _is_record(text: str, start: int, end: int) -> bool:
    """A record of 公安 or a serial goes on: 35012899001-19002. A telephone number may have an extension."""
    follows = re.compile(r"[-—]\d{5}").match(text, end, end + 7)
    return follows is not None and not labelled("phone", text, start)


def _short(text: str, digits: str, start: int, end: int) -> Found | None:
    """Seven to ten digits are nothing by themselves: an area code in brackets or a label must say what they are."""
    area = _AREA_IN_BRACKETS.search(text, max(0, start - 8), start)
    if area is not None and split_landline(area[1] + digits):
        return "landline", area.start(), end
    if (
        text[start - 1 : start].isspace()
        and (letter := _LETTER_APART.search(text, max(0, start - 4), start))
        and is_passport(letter[1] + digits)
        and labelled("passport", text, letter.start())
    ):
        return "passport", letter.start(), end
    if is_travel_permit(digits) and labelled("permit", text, start):
        return "travel-permit", start, end
    if is_line(digits) and labelled("phone", text, start) and not of_something_else(text, start, end):
        return None if _SERVICE.search(text, max(0, start - 4), start) else ("local-line", start, end)
    return None


def _lettered(text: str, start: int, end: int, first: int, last: int) -> Found | None:
    """Digits with letters before or behind."""
    token, length = text[first:last], end - start
    behind = text[end:last]
    if behind in ("x", "X") and length == 17:
        number = text[start:last]
        if is_resident_id(number):
            return "resident-id", start, last
        if is_residence_permit(number):
            return "residence-permit", start, last
    if length == 17 and behind[:1] in ("x", "X") and is_disability_card(text[start:last]):
        return "disability-card", start, last
    if len(token) == 18 and is_sole_trader(token.upper()):
        return "sole-trader-code", first, last
    if behind:
        return None
    if length == 18:
        return ("resident-id", start, end) if is_resident_id(text[start:end]) else None
    if length == 11 and is_mobile(text[start:end]) and _PHONE_LETTERS.fullmatch(text, first, start):
        return "mobile", start, end
    if is_passport(token) and (labelled("passport", text, first) or text.startswith("号护照", last)):
        return "passport", first, last
    if is_travel_permit(token) and labelled("permit", text, first):
        return "travel-permit", first, last
    return None


def _digits(written: str) -> str:
    return "".join(character for character in written if character.isdigit())
