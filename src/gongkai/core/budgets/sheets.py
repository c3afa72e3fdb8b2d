"""A table of a workbook as numbers beside labels and under headings, each with the address of its cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import cast

from gongkai.core.documents import Cell, Document, Table

_LEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、]|其中[:：])+")
_BRACKETS = str.maketrans("()", "（）")
_SIGNS = str.maketrans({",": None, " ": None, "−": "-"})
_BELOW_NOTHING = re.compile(r"\(([\d.]+)\)")  # how accounts write a minus
_NONE = re.compile("无|没有|为空|未安排|不涉及")
LARGEST = 15  # powers of ten


@dataclass(frozen=True, slots=True)
class Number:
    """A number in its cell."""

    value: Decimal
    address: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table and what names it: the sheet, and the words above it. words: what the sheet says beside the table."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    words: tuple[str, ...] = ()

    def is_blank(self) -> bool:
        """Whether there is no number in it."""
        return not any(number(cell) for row in self.rows for cell in row)

    def says_none(self) -> bool:
        """Whether it says that there is nothing to list."""
        cells = (cell.text for row in self.rows for cell in row if cell is not None)
        return any(_NONE.search(said) for said in (*self.words, *cells))

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
    """The tables of a workbook, and the sheets that hold words alone, which only their name can name."""
    for name, found in groupby(document.blocks, key=lambda block: block.place.sheet or ""):
        blocks = list(found)
        words = tuple(block.text for block in blocks if not isinstance(block, Table))
        tables = [at for at, block in enumerate(blocks) if isinstance(block, Table)]
        if not tables:
            yield Sheet(name, (name,), (), words)
        for before, at in zip([-1, *tables], tables, strict=False):
            rows = tuple(tuple(row) for row in cast(Table, blocks[at]).grid())
            titles = [block.text for block in blocks[before + 1 : at] if not isinstance(block, Table)]
            # a title merged over the table is its first row
            first = [cell.text for cell in rows[0] if cell is not None] if rows else []
            yield Sheet(name, (name, *titles, *first), rows, words)


def plain(text: str) -> str:
    """A label without its numbering and spaces; 费用 is 费."""
    said = _LEADING.sub("", re.sub(r"\s", "", text).translate(_BRACKETS))
    return said[:-1] if said.endswith("费用") else said


def number(cell: Cell | None) -> Number | None:
    """The number that a cell holds, None for words and blanks."""
    text = unicodedata.normalize("NFKC", cell.text).translate(_SIGNS) if cell is not None else ""
    try:
        value = Decimal(_BELOW_NOTHING.sub(r"-\1", text))
    except InvalidOperation:
        return None
    if cell is None or not value.is_finite() or value.adjusted() > LARGEST:
        return None
    return Number(value, cell.place.cell or "")
