"""A number as people write it, with its unit, is stored as a decimal string."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from gongkai.disclosure.declaring.model import Column, Type
from gongkai.disclosure.declaring.unreadable import Unreadable

MONEY = {"元": 1, "万元": 10**4, "亿元": 10**8}
YUAN = "元"
_TIMES = {None: 1, "万": 10**4, "亿": 10**8}
_MONEY_UNIT = re.compile(r"(?<=[\d)])(亿|万)?(?:元整?)?$")
_SIGNS = str.maketrans({"−": "-", " ": None, "¥": None})
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_BRACKETED = re.compile(r"\(([\d.,]+)\)")  # how accounts write what is below nothing
LARGEST, FINEST = 15, -10  # powers of ten


def number(field: Column, text: str) -> str:
    """The number in the unit of the field; of money also one in 元, 万元 or 亿元. Unreadable says what is wrong."""
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    plain, factor = _money(field, plain) if field.type is Type.MONEY else (plain.removesuffix(field.unit), Decimal(1))
    plain = _BRACKETED.sub(r"-\1", plain)
    if "," in plain and _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Unreadable(_("“%(text)s”不是数字") % {"text": text})
    exponent = found.as_tuple().exponent
    if found.adjusted() > LARGEST or (isinstance(exponent, int) and exponent < FINEST):
        raise Unreadable(_("“%(text)s”太大或者小数位数太多") % {"text": text})
    return _within(field, found if factor == 1 else (found * factor).normalize(), text)


def _money(field: Column, plain: str) -> tuple[str, Decimal]:
    """The number without its unit, and by what it is to be multiplied."""
    said = _MONEY_UNIT.search(plain)
    if not said or not said[0]:
        return plain, Decimal(1)
    return plain[: said.start()], Decimal(_TIMES[said[1]]) / MONEY[field.unit or YUAN]


def _within(field: Column, found: Decimal, text: str) -> str:
    if field.type is Type.INTEGER and found != found.to_integral_value():
        raise Unreadable(_("“%(text)s”不是整数") % {"text": text})
    least = 0 if field.type is Type.INTEGER and field.least is None else field.least
    if least is not None and found < least:
        raise Unreadable(_("“%(text)s”小于 %(least)d") % {"text": text, "least": least})
    if field.greatest is not None and found > field.greatest:
        raise Unreadable(_("“%(text)s”大于 %(greatest)d") % {"text": text, "greatest": field.greatest})
    return f"{found:.0f}" if field.type is Type.INTEGER else f"{found:f}"
