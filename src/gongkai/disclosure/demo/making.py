"""Made-up content as data: `samples.yaml` read with a seeded source of choices."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook


@dataclass(frozen=True, slots=True)
class Making:
    """What is made together: by which bodies (codes without the county's; one a year in turn), how often, from what.

    once: in one of two years only.

    draw: names with what stands for them: a list to choose from (of a mapping all its names), or a range of numbers.
    records: each with kind, title and fields, words in which `{name}` stands for what was drawn.
    """

    bodies: tuple[str, ...]
    records: tuple[Mapping[str, Any], ...]
    a_year: int = 1
    once: bool = False
    draw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A record to be drafted. days: after the first of its making; follows: it goes on from the one before it."""

    kind: str
    title: str
    fields: Mapping[str, Any]
    days: int = 0
    follows: bool = False
    file: tuple[str, bytes] | None = None


class _Names(dict[str, Any]):
    """What was drawn; `day+32` is the day 32 days later."""

    def __missing__(self, name: str) -> Any:
        start, _, days = name.partition("+")
        return self[start] + timedelta(days=int(days))


@cache
def _samples() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("samples.yaml").read_text("utf-8"))
    return read


def makings() -> Iterator[Making]:
    for row in _samples()["makings"]:
        yield Making(**row)


def make(making: Making, words: random.Random, day: date, body: str) -> list[Made]:
    """The records of one making for a body, beginning on `day`."""
    names = _Names(day=day, year=day.year, last_year=day.year - 1, month=day.month, body=body)
    names["said"] = _samples()["said"].format_map(names | {"date": day.day})
    for name, source in {**_samples()["draw"], **making.draw}.items():
        drawn = words.randint(*source["from"]) if isinstance(source, dict) else words.choice(source)
        names.update(drawn if isinstance(drawn, dict) else {name: drawn})
    return [_record(row, names) for row in making.records]


def _record(row: Mapping[str, Any], names: _Names) -> Made:
    said = _filled({key: value for key, value in row.items() if key not in ("days", "follows")}, names)
    fields = {**_filled(_samples()["notes"].get(said.get("notes", ""), {}), names), **said["fields"]}
    file = _file(said)
    return Made(said["kind"], said["title"], fields, row.get("days", 0), row.get("follows", False), file)


def _filled(value: Any, names: _Names) -> Any:
    if isinstance(value, str):
        return value.format_map(names)
    if isinstance(value, dict):
        return {key: _filled(one, names) for key, one in value.items()}
    return [_filled(one, names) for one in value] if isinstance(value, list) else value


def _file(said: Mapping[str, Any]) -> tuple[str, bytes] | None:
    """The file of a record: lines of text, or the sheets of a workbook."""
    if "text" in said:
        return said["name"], said["text"].encode()
    if "book" not in said:
        return None
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in said["book"].items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([int(cell) if str(cell).lstrip("-").isdecimal() and len(str(cell)) < 7 and at else cell
                          for at, cell in enumerate(row)])  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    return said["name"], out.getvalue()


def days_of(year: int, count: int, words: random.Random, last: date) -> list[date]:
    """`count` days spread over a year, none after `last`."""
    first = date(year, 1, 5)
    span = max((min(date(year, 12, 20), last) - first).days, 1)
    step = span / count
    return [first + timedelta(days=int(step * n + words.random() * step * 0.8)) for n in range(count)]
