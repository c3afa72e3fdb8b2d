"""The moment itself, for commands that load no Django; everything else asks `gongkai.foundation.clock`."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(written: str) -> datetime:
    """What `written` (GONGKAI_NOW) names, or this moment when it is empty; aware, in Asia/Shanghai.

    ValueError when it names none; without an offset it is taken for the time of Shanghai.
    """
    if not written:
        return datetime.now(SHANGHAI)
    named = datetime.fromisoformat(written)
    return named.astimezone(SHANGHAI) if named.tzinfo else named.replace(tzinfo=SHANGHAI)
