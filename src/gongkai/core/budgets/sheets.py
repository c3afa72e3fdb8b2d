"""A table of a workbook as numbers beside labels and under headings, each with the address of its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from gongkai.core.documents import Cell, Document, Table

_LEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、]|其中[:：])+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in its cell; `decimals` are the places it was written with."""

    value: Decimal
    address: str
    decimals: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table and what names it: the sheet, and the words above it."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]

    def beside(self, label: str) -> Number | None:
        """The first number to the right of the cell that says `label`."""
        for row in self.rows:
            for at, cell in enumerate(row):
                if cell is not None and plain(cell.text) == label:
                    found = next((one for one in map(number, row[at + 1 :]) if one is not None), None)
                    if found is not None:
                        return found
        return None

    def columns(self) -> dict[str, int]:
        """The columns by heading; of a heading that stands twice the first."""
        found: dict[str, int] = {}
        for row in self.rows[:4]:
            for at, cell in enumerate(row):
                if cell is not None and cell.text.strip() and number(cell) is None:
                    found.setdefault(plain(cell.text), at)
        return found


def sheets(document: Document) -> Iterator[Sheet]:
    """The tables of a workbook."""
    titles: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            name = block.place.sheet or ""
            rows = tuple(tuple(row) for row in block.grid())
            # a title merged over the table is its first row
            first = [cell.text for cell in rows[0] if cell is not None] if rows else []
            yield Sheet(name, (name, *titles, *first), rows)
            titles = []
        else:
            titles.append(block.text)


def plain(text: str) -> str:
    """A label without its numbering and spaces."""
    return _LEADING.sub("", re.sub(r"\s", "", text))


def number(cell: Cell | None) -> Number | None:
    """The number that a cell holds, None for words and blanks."""
    text = cell.text.replace(",", "").replace("，", "").strip() if cell is not None else ""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if cell is None or not value.is_finite():
        return None
    exponent = value.as_tuple().exponent
    return Number(value, cell.place.cell or "", max(-exponent if isinstance(exponent, int) else 0, 0))
