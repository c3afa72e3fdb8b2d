"""公开时限 as structures: clauses with their numbers, to data and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Period:
    """n units; unit: workday, day, month, year, hour."""

    n: int
    unit: str

    def to_dict(self) -> dict[str, Any]:
        return {"n": self.n, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class Due:
    """A day within each period: the month counted from its first, and the day; beyond the month's end, its last."""

    month: int
    day: int

    def to_dict(self) -> dict[str, Any]:
        return {"month": self.month, "day": self.day}


@dataclass(frozen=True, slots=True)
class Clause:
    """One limit: for what (`when`: licence, penalty; none for everything), counted from what, how long.

    as_soon_as: 及时; real_time: 实时, the same day by convention; standing: 永久, 长期; display: how long it must stay
    public (公告期限). every: how often it recurs by the calendar; after_end: how long after a period's end
    (季度终了后15日内); due: by which day of each period (每年3月底前).
    """

    when: tuple[str, ...] = ()
    start: str = ""
    period: Period | None = None
    as_soon_as: bool = False
    real_time: bool = False
    standing: bool = False
    every: str = ""
    after_end: Period | None = None
    due: Due | None = None
    display: Period | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "when": list(self.when),
            "from": self.start or None,
            "n": self.period.n if self.period else None,
            "unit": self.period.unit if self.period else None,
            "as_soon_as": self.as_soon_as,
            "real_time": self.real_time,
            "standing": self.standing,
            "every": self.every or None,
            "after_end": self.after_end.to_dict() if self.after_end else None,
            "due": self.due.to_dict() if self.due else None,
            "display_period": self.display.to_dict() if self.display else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Clause:
        """What was written before a key came has none of it."""
        return cls(
            tuple(data["when"]),
            data["from"] or "",
            Period(data["n"], data["unit"]) if data["n"] else None,
            data["as_soon_as"],
            data["real_time"],
            data["standing"],
            data["every"] or "",
            _period(data.get("after_end")),
            Due(**data["due"]) if data.get("due") else None,
            _period(data["display_period"]),
        )


def _period(data: Mapping[str, Any] | None) -> Period | None:
    return Period(data["n"], data["unit"]) if data else None


@dataclass(frozen=True, slots=True)
class Limit:
    """The text as printed and its clauses; none: nothing of it was understood."""

    text: str
    clauses: tuple[Clause, ...] = ()

    @property
    def general(self) -> Clause | None:
        """The clause with a number that holds for everything; None: no machine can say what is late."""
        return next((one for one in self.clauses if not one.when and (one.period or one.every)), None)

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "clauses": [clause.to_dict() for clause in self.clauses],
            "checkable": self.general is not None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Limit:
        return cls(data["text"], tuple(map(Clause.from_dict, data["clauses"])))
