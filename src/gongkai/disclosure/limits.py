"""限值: what readings are held against. They are parameters with their origin, never called law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from gongkai.disclosure.declaring.model import Source


@dataclass(frozen=True, slots=True)
class Limit:
    """The values of one measured thing that are in order."""

    name: str
    unit: str
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


@dataclass(frozen=True, slots=True)
class Limits:
    """A table of limits and where it comes from."""

    source: Source
    rows: Mapping[str, Limit]

    def exceeded(self, readings: Iterable[Mapping[str, Any]]) -> list[tuple[int, Mapping[str, Any], Limit]]:
        """The rows (`name`, `value`) that are not in order, each with its number from 1 and the limit."""
        return [
            (number, row, self.rows[row["name"]])
            for number, row in enumerate(readings, 1)
            if row.get("name") in self.rows and not self.rows[row["name"]].holds(Decimal(row["value"]))
        ]

    def judged(self, row: Mapping[str, Any]) -> tuple[str, str]:
        """The limit of a reading and how it stands to it, in words."""
        limit = self.rows.get(str(row.get("name")))
        if limit is None:
            return "–", _("未设限值")
        return str(limit), _("达标") if limit.holds(Decimal(row["value"])) else _("超标")


@cache
def limits() -> dict[str, Limits]:
    tables = yaml.safe_load(Path(__file__).with_name("parameters").joinpath("limits.yaml").read_text("utf-8"))
    return {key: Limits(Source(**table["source"]), _rows(table["rows"])) for key, table in tables.items()}


def _rows(rows: Iterable[Mapping[str, Any]]) -> dict[str, Limit]:
    return {row["name"]: Limit(row["name"], row["unit"], _decimal(row, "least"), _decimal(row, "most")) for row in rows}


def _decimal(row: Mapping[str, Any], key: str) -> Decimal | None:
    return Decimal(str(row[key])) if key in row else None
