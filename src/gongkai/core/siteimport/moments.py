"""When something was published, as sites write it."""

from __future__ import annotations

import re
from datetime import date, datetime, time

_DAY = re.compile(r"((?:19|20)\d\d)\s*(?:[-/.年—–]+)\s*(\d{1,2})\s*(?:[-/.月—–]+)\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"[\sT]*(\d{1,2})\s*[:：时]\s*(\d{1,2})")


def read_moment(text: str) -> tuple[date, time | None] | None:
    """Day, and the time to the minute where it is written; None when there is no day in it, or none that exists.

    The annex of the guideline prints the day with —— between its parts, sites with -, / or 年月日.
    """
    found = _DAY.search(text)
    if not found:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        clock = _TIME.match(text, found.end())
        at = time(int(clock[1]), int(clock[2])) if clock else None
    except ValueError:
        return None
    return day, at


def read_aware(text: str) -> datetime | None:
    """A moment with its zone, as programs write it (2023-01-12T08:30:00Z); None for every other."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
