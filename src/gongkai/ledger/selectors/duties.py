"""常设要求: what the notice demands of every year outside its table, as the rooms that can count it declare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.foundation.registries import Indicator, Reading, indicators
from gongkai.ledger.models import Plan


@dataclass(frozen=True, slots=True)
class Duty:
    """One demand of the plan's year, and how often it was met by the day that was looked at."""

    indicator: Indicator
    reading: Reading
    due: date
    late: bool

    @property
    def met(self) -> bool:
        return (self.reading.value or 0) >= self.indicator.yearly

    @property
    def done(self) -> int:
        return int(self.reading.value or 0)

    @property
    def address(self) -> str:
        return self.indicator.address() if self.indicator.address else ""


def duties(plan: Plan, today: date) -> list[Duty]:
    """The demands of the plan's year; a year that is over without one is late."""
    end = date(plan.year, 12, 31)
    return [
        Duty(indicator, indicator.measure(plan.county_id, min(today, end)), end, today > end)
        for indicator in indicators
        if indicator.yearly
    ]
