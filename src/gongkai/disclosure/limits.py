"""限值 and 级别: what readings are held against. They are parameters with their origin, never called law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from gongkai.disclosure.declaring.choosing import folded
from gongkai.disclosure.declaring.model import Kind, Source

PARAMETERS = Path(__file__).with_name("parameters")


@dataclass(frozen=True, slots=True)
class Limit:
    """The values of one measured thing that are in order."""

    name: str
    unit: str
    also: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def holds_number(self, value: float) -> bool:
        """The same for a number as charts have it."""
        return self.holds(Decimal(str(value)))

    def __str__(self) -> str:
        if self.least is not None and self.most is not None:
            return f"{self.least}～{self.most}"
        return f"≥{self.least}" if self.most is None else f"≤{self.most}"


@dataclass(frozen=True)
class Limits:
    """A table of limits and where it comes from; a thing is known by each of its names, whatever their width."""

    source: Source
    rows: tuple[Limit, ...]

    @cached_property
    def _named(self) -> dict[str, Limit]:
        return {folded(name): limit for limit in self.rows for name in (limit.name, *limit.also)}

    def of(self, row: Mapping[str, Any]) -> Limit | None:
        """The limit of what the row has a reading of."""
        return self._named.get(folded(str(row.get("name") or "")))

    def exceeded(self, readings: Iterable[Mapping[str, Any]]) -> list[tuple[int, Mapping[str, Any], Limit]]:
        """The rows (`name`, `value`) that are not in order, each with its number from 1 and the limit."""
        return [
            (number, row, limit)
            for number, row in enumerate(readings, 1)
            if (limit := self.of(row)) is not None and not limit.holds(Decimal(row["value"]))
        ]

    def judged(self, row: Mapping[str, Any]) -> tuple[str, str]:
        """The limit of a reading and how it stands to it, in words."""
        limit = self.of(row)
        if limit is None:
            return "–", _("未设限值")
        return str(limit), _("达标") if limit.holds(Decimal(row["value"])) else _("超标")


@dataclass(frozen=True, slots=True)
class Grades:
    """空气质量级别: by the index of a day. clean: the grade that has no main pollutant."""

    source: Source
    clean: str
    rows: tuple[tuple[Decimal, str], ...]

    def of(self, index: Decimal) -> str:
        return next((grade for most, grade in self.rows if index <= most), self.rows[-1][1])


@cache
def limits() -> dict[str, Limits]:
    tables = yaml.safe_load(PARAMETERS.joinpath("limits.yaml").read_text("utf-8"))
    return {key: Limits(Source(**table["source"]), tuple(map(_limit, table["rows"]))) for key, table in tables.items()}


@cache
def air_grades() -> Grades:
    said = yaml.safe_load(PARAMETERS.joinpath("air_grades.yaml").read_text("utf-8"))
    rows = tuple((Decimal(row["most"]), str(row["grade"])) for row in said["rows"])
    return Grades(Source(**said["source"]), said["clean"], rows)


def limits_for(kind: Kind, fields: Mapping[str, Any]) -> Limits | None:
    """The table that the readings of a record with these fields are held against."""
    if kind.limits is None:
        return None
    return limits().get(fields.get(kind.limits.by, "") if kind.limits.by else kind.limits.tables[0])


def _limit(row: Mapping[str, Any]) -> Limit:
    also = tuple(row.get("also", ()))
    return Limit(row["name"], row["unit"], also, _decimal(row, "least"), _decimal(row, "most"))


def _decimal(row: Mapping[str, Any], key: str) -> Decimal | None:
    return Decimal(str(row[key])) if key in row else None
