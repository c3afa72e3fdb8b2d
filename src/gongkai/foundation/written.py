"""Days and moments as people and spreadsheets write them into cells and forms."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_TIME = re.compile(
    r"[T\s]*(上午|下午|晚上|凌晨|中午)?\s*(\d{1,2})\s*[:时点]\s*(?:整|(\d{1,2})?(?:\s*[:分]\s*(?:\d{1,2}(?:\.0+)?秒?)?)?)"
)
_LATER = ("下午", "晚上")  # hours that are counted from noon
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")  # a day as Excel counts it, in a cell without the format of a date
_SERIAL_ZERO = datetime(1899, 12, 30)
_CHINESE = re.compile(r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


def read_day(text: str) -> date | None:
    """The day that is meant (2026-03-05, 2026年3月5日, 20260305, 二〇二六年三月五日, 46086); None when there is none.

    What is written behind it as a time goes unheeded.
    """
    plain = _plain(text)
    if _SERIAL.fullmatch(plain):
        return _of_serial(plain).date()
    found = _DAY.match(plain)
    behind = plain[found.end() :].strip() if found else ""
    return _day_of(found) if not behind or _TIME.fullmatch(behind) else None


def read_moment(text: str) -> datetime | None:
    """The minute that is meant (2026-03-05 08:30, 2026年3月5日下午3时, 3月4日24时 of a year); None without a time."""
    plain = _plain(text)
    if _SERIAL.fullmatch(plain):
        return _of_serial(plain) if "." in plain else None
    found = _DAY.match(plain)
    day, time = _day_of(found), _TIME.fullmatch(plain[found.end() :]) if found else None
    if day is None or time is None:
        return None
    hour, minute = int(time[2]) + (12 if time[1] in _LATER and int(time[2]) < 12 else 0), int(time[3] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute)


def _plain(text: str) -> str:
    return _CHINESE.sub(_in_digits, unicodedata.normalize("NFKC", text)).strip()


def _in_digits(found: re.Match[str]) -> str:
    year = "".join(str(_DIGITS[sign]) for sign in found[1])
    return f"{year}-{_count(found[2])}-{_count(found[3])}"


def _count(words: str) -> int:
    """三, 十二, 二十, 三十一 -> a number below a hundred."""
    tens, ten, ones = words.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _day_of(found: re.Match[str] | None) -> date | None:
    try:
        return date(*map(int, filter(None, found.groups()))) if found else None
    except ValueError:
        return None


def _of_serial(text: str) -> datetime:
    return _SERIAL_ZERO + timedelta(minutes=round(float(text) * 24 * 60))
