"""The year files: what the notices of the State Council say about each year, and the statute for years without one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

YEARS = Path(__file__).parent / "years"
_MOVABLE = re.compile(r"(?P<name>[a-z]+)(?P<offset>[+-]\d+)?")


class CalendarError(ValueError):
    """A date that cannot be answered, or a year file that contradicts itself; the message names the place."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice (放假安排通知) that a day off or a make-up day comes from.

    `origin` tells how far the number was verified: `notice` (read in the notice's own text), `cited` (as others cite
    it), `library` (unknown, the days come from a library), `override` (a local decision).
    """

    title: str
    number: str | None = None
    issued: date | None = None
    url: str | None = None
    origin: str = "library"

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Mark:
    """One day that a notice moved out of the ordinary week: off (放假), or worked on a weekend (调休上班)."""

    date: date
    off: bool
    name: str
    notice: Notice


@dataclass(frozen=True, slots=True)
class YearFile:
    """The notices for one year. Marks may lie in the December before; a later notice overrules an earlier one."""

    year: int
    notices: tuple[Notice, ...]
    marks: dict[date, Mark]


def _load(name: str) -> dict[str, Any]:
    import yaml  # here, so that asking the command line for help does not pay for it

    return dict(yaml.safe_load((YEARS / name).read_text("utf-8")))


@cache
def official_years() -> frozenset[int]:
    """The years for which a notice is known."""
    return frozenset(int(path.stem) for path in YEARS.glob("[0-9]*.yaml"))


@cache
def read_year(year: int) -> YearFile:
    """The file of `year`, which must be one of `official_years()`."""
    name = f"{year}.yaml"
    return parse_year(_load(name), name)


def parse_year(raw: dict[str, Any], where: str) -> YearFile:
    """Check a year file as loaded; `where` names it in errors."""
    year = int(raw["year"])
    notices: list[Notice] = []
    marks: dict[date, Mark] = {}
    for entry in raw["notices"]:
        notice = Notice(entry["title"], entry.get("number"), entry.get("date"), entry.get("url"), entry["origin"])
        notices.append(notice)
        for mark in _marks(entry, notice):
            if mark.date.year != year and (mark.date.year, mark.date.month) != (year - 1, 12):
                raise CalendarError(f"{where}：{mark.date} 不属于{year}年的安排")
            if not mark.off and mark.date.weekday() < 5:
                raise CalendarError(f"{where}：{mark.date} 不是周末，不能列为调休上班")
            marks[mark.date] = mark
    return YearFile(year, tuple(notices), marks)


def _marks(entry: dict[str, Any], notice: Notice) -> list[Mark]:
    marks = []
    for block in entry["days_off"]:
        length = (block["to"] - block["from"]).days + 1
        days = (block["from"] + timedelta(days=i) for i in range(length))
        marks += [Mark(day, True, block["name"], notice) for day in days]
    marks += [Mark(day["date"], False, day["name"], notice) for day in entry.get("make_up", ())]
    return marks


@cache
def _statute() -> dict[str, Any]:
    return _load("statutory.yaml")


@cache
def statutory_days(year: int) -> dict[date, Mark]:
    """The statutory holidays of `year` (全国年节及纪念日放假办法 art. 2), without any moved days; 1999–2099."""
    statute = _statute()
    if year not in statute["movable"]:
        known = statute["movable"]
        raise CalendarError(f"没有{year}年的节假日资料，可计算的年份为{min(known)}—{max(known)}年")
    movable = dict(zip(statute["movable_columns"], statute["movable"][year], strict=True))
    rule = [rule for rule in statute["rules"] if rule["from"] <= year][-1]
    notice = Notice(rule["source"], origin="statute")
    marks = [
        Mark(_resolve(expression, year, movable), True, name, notice)
        for name, expressions in rule["days"].items()
        for expression in expressions
    ]
    return {mark.date: mark for mark in marks}


def _resolve(expression: str, year: int, movable: dict[str, str]) -> date:
    match = _MOVABLE.fullmatch(expression)
    day = movable[match["name"]] if match else expression
    offset = int(match["offset"] or 0) if match else 0
    return date.fromisoformat(f"{year}-{day}") + timedelta(days=offset)
