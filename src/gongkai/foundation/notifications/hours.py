"""When something may leave: digest hours and quiet hours (免打扰), as pure rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta


def is_quiet(moment: datetime, begins: time, ends: time) -> bool:
    """Whether `moment` (local) lies in the quiet hours, which may pass midnight; equal ends mean there are none."""
    now = moment.time()
    if begins <= ends:
        return begins <= now < ends
    return now >= begins or now < ends


def last_digest(moment: datetime, hours: Iterable[int]) -> datetime | None:
    """The newest full hour of `hours` that is not after `moment`; None when there are no hours."""
    today = moment.replace(minute=0, second=0, microsecond=0)
    times = [today.replace(hour=hour) for hour in hours]
    times += [slot - timedelta(days=1) for slot in times]
    return max((slot for slot in times if slot <= moment), default=None)
