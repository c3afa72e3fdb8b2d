"""Reading the tables of the platform."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

T = TypeVar("T")
ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Block:
    """板块: one of the five parts of every platform, in their fixed order and under their uniform names.

    intro: the line beneath the name; rule: key of its update rule, "" where nothing is fed.
    """

    key: str
    slug: str
    title: str
    intro: str
    column_type: str
    basis: str
    origin: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """公开事项: a point of Article 20 or 21, as a column of each body it is addressed to.

    levels: which kinds of bodies (see `levels` in the table); owed: `always` when every such body has something to
    publish here, `if-any` when only a body that has such information owes it.
    """

    key: str
    slug: str
    title: str
    summary: str
    article: str
    levels: tuple[str, ...]
    owed: str
    column_type: str
    origin: str

    @property
    def always(self) -> bool:
        return self.owed == ALWAYS


@dataclass(frozen=True, slots=True)
class Rule:
    """更新要求: how long a column may go without new content, in days; None: no rule.

    outdated: the age in days from which an article of such a column is offered for withdrawal; None: never.
    """

    key: str
    max_days: int | None
    basis: str
    origin: str
    outdated: int | None = None


@dataclass(frozen=True, slots=True)
class ColumnType:
    """栏目类别 (ColumnType of the page tags); rule: the update rule of such columns unless the office sets another."""

    key: str
    rule: str
    origin: str


@dataclass(frozen=True, slots=True)
class Element:
    """公开指南要素: what Article 12 demands of the guide."""

    key: str
    label: str
    help: str
    article: str
    origin: str


@cache
def blocks() -> tuple[Block, ...]:
    return _rows("blocks.yaml", Block)


@cache
def rules() -> dict[str, Rule]:
    return {rule.key: rule for rule in _rows("rules.yaml", Rule)}


@cache
def column_types() -> dict[str, ColumnType]:
    """By key, in the order of the annex; the list is open: a row more is a class more."""
    return {entry.key: entry for entry in _rows("column_types.yaml", ColumnType)}


@cache
def elements() -> tuple[Element, ...]:
    return _rows("guide.yaml", Element)


@cache
def points() -> dict[str, Point]:
    """Every point by its key, in the order of the articles."""
    rows = [row | {"levels": tuple(row["levels"])} for row in _read("points.yaml")["points"]]
    return {row["key"]: Point(**row) for row in rows}


@cache
def points_for(kind: str) -> tuple[Point, ...]:
    """The points addressed to bodies of a kind (keys of `bodies.models.Kind`)."""
    levels = set(_read("points.yaml")["levels"].get(kind, ()))
    return tuple(point for point in points().values() if levels & set(point.levels))


def _rows(name: str, kind: type[T]) -> tuple[T, ...]:
    return tuple(kind(**row) for row in _read(name))


def _read(name: str) -> Any:
    return yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))
