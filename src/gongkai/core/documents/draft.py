"""Blocks before they have offsets: what a reader has understood, and how it becomes part of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from gongkai.core.documents.builder import Builder, RawCell, Run, in_body, visible_text
from gongkai.core.documents.model import Place


@dataclass(slots=True)
class Para:
    """One paragraph with its automatic number and heading level."""

    runs: list[Run]
    label: str = ""
    level: int | None = None


@dataclass(slots=True)
class Grid:
    """A table; `inner` keeps the content of each cell, for tables that only arrange others."""

    cells: list[RawCell] = field(default_factory=list)
    inner: list[list[Para | Grid]] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    header_rows: int = 0
    aside: list[list[Run]] = field(default_factory=list)  # deleted and hidden rows

    def is_layout(self) -> bool:
        """It arranges tables on a page rather than being one: few cells, or most of the text in the tables."""
        nested = [grid for content in self.inner for grid in content if isinstance(grid, Grid)]
        if not any((grid.rows > 1 and grid.columns > 1) or grid.is_layout() for grid in nested):
            return False
        whole = sum(len(visible_text(cell.runs)) for cell in self.cells)
        theirs = sum(len(visible_text(cell.runs)) for grid in nested for cell in grid.cells)
        return min(self.rows, self.columns) <= 2 or 2 * theirs > whole


def cell_runs(content: Iterable[Para | Grid]) -> list[Run]:
    """A cell's paragraphs as one text with line breaks; automatic numbers are printed, so they belong to it."""
    joined: list[Run] = []
    started = False
    for line in _lines(content):
        if not visible_text(line).strip():
            joined += [run for run in line if not in_body(run.visibility)]
            continue
        joined += [Run("\n"), *line] if started else line
        started = True
    return joined


def _lines(content: Iterable[Para | Grid]) -> Iterator[list[Run]]:
    for block in content:
        if isinstance(block, Para):
            yield [Run(block.label), *block.runs] if block.label else block.runs
            continue
        rows: dict[int, list[Run]] = {}
        for cell in block.cells:
            row = rows.setdefault(cell.row, [])
            row += [*([Run("\t")] if row else []), *cell.runs]
        yield from rows.values()
        yield from block.aside


def emit(builder: Builder, blocks: Iterable[Para | Grid], place: Place, numbers: Iterator[int] | None = None) -> None:
    """Hand blocks over in reading order; a table that only arranges others is opened up."""
    numbers = count(1) if numbers is None else numbers
    for block in blocks:
        if isinstance(block, Para):
            builder.paragraph(block.runs, replace(place, paragraph=next(numbers)), block.label, block.level)
        elif block.is_layout():
            for content in block.inner:
                emit(builder, content, place, numbers)
            for runs in block.aside:
                builder.set_aside(runs, place)
        else:
            builder.table(block.cells, block.rows, block.columns, place, block.header_rows)
            for runs in block.aside:
                builder.set_aside(runs, replace(place, table=builder.tables))
