"""The seconds of people and machines. They pass while `GONGKAI_NOW` holds the product at one day: nobody could wait
out a limit, or take three seconds to fill a form, if the clock of the business were asked."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def seconds() -> float:
    """Seconds since 1970, really."""
    return time.time()


def moment(at: float | None = None) -> datetime:
    return datetime.fromtimestamp(seconds() if at is None else at, UTC)
