"""Passports and travel permits (公安部出入境管理局, formats recalled). Without check digits: only in their context."""

from __future__ import annotations

import re

# E, G (ordinary), D, S, P (diplomatic, service, public affairs), some with a second letter.
_PASSPORT = re.compile(r"(?:[EG]\d{8}|[EDSP][A-HJ-NP-Z]\d{7}|[DSP]\d{7,8}|1[45]\d{7})", re.IGNORECASE)
# 来往内地: H (香港), M (澳门) with 8 or 10 digits; 来往大陆: 8 digits; 往来港澳: C, W; 往来台湾: L, T;
# 外国人永久居留: the state of the holder and 12 digits.
_PERMIT = re.compile(r"(?:[HM]\d{8}(?:\d{2})?|[CWLT][A-Z]?\d{7,8}|\d{8}(?:\d{2}[A-Z]?)?|[A-Z]{3}\d{12})", re.IGNORECASE)


def is_passport(number: str) -> bool:
    return _PASSPORT.fullmatch(number) is not None


def is_travel_permit(number: str) -> bool:
    return _PERMIT.fullmatch(number) is not None
