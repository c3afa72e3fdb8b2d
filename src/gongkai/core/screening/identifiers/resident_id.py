"""公民身份号码: GB 11643-1999, the older form of 15 digits, and the numbers of residence permits built the same way."""

from __future__ import annotations

from datetime import date
from operator import mul

from gongkai.core.screening.identifiers.regions import is_region

# GB 11643-1999: weight of the i-th digit is 2^(17-i) mod 11; the check digit for each remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ZEROS = ord("0") * sum(_WEIGHTS)  # digits are weighed as the bytes that they are written with
_CHECKS = "10X98765432"
# 港澳台居民居住证: codes in place of a region (国务院2018年《港澳台居民居住证申领发放办法》; the codes recalled).
_PERMITS = frozenset({"810000", "820000", "830000"})
_FIRST_YEAR = 1890
_LAST_YEAR = 2099


def check_digit(first: str) -> str:
    """The 18th character that belongs to seventeen digits."""
    return _CHECKS[(sum(map(mul, _WEIGHTS, first.encode())) - _ZEROS) % 11]


def birth_date(number: str) -> date | None:
    """The date of birth in a number of 18 or 15 digits; None when there is no such day."""
    written = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None


def is_resident_id(number: str) -> bool:
    """18 characters: a real region, a real day, the right check digit (`x` is read as `X`)."""
    return is_region(number[:6]) and _holds(number)


def is_old_resident_id(number: str) -> bool:
    """15 digits: a real region and a real day of the 20th century; there is no check digit."""
    return len(number) == 15 and number.isdigit() and is_region(number[:6]) and birth_date(number) is not None


def is_cut_resident_id(number: str) -> bool:
    """18 digits typed as a number: a spreadsheet keeps fifteen or sixteen of them and writes 0 for the others."""
    if len(number) != 18 or not number.isdigit() or not number.endswith("00") or not is_region(number[:6]):
        return False
    born = birth_date(number)
    return born is not None and _FIRST_YEAR <= born.year <= _LAST_YEAR


def is_residence_permit(number: str) -> bool:
    """港澳居民居住证 (81, 82), 台湾居民居住证 (83): the same number with a code of its own for the place."""
    return number[:6] in _PERMITS and _holds(number)


def _holds(number: str) -> bool:
    if len(number) != 18 or check_digit(number[:17]) != number[17].upper():
        return False
    born = birth_date(number)
    return born is not None and _FIRST_YEAR <= born.year <= _LAST_YEAR


def is_disability_card(number: str) -> bool:
    """残疾人证: the resident ID, kind 1–7, degree 1–4 (中国残联 2008年《残疾人证管理办法》, recalled)."""
    return len(number) == 20 and number[18] in "1234567" and number[19] in "1234" and is_resident_id(number[:18])
