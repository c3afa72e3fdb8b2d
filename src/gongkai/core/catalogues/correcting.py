"""Cells of a catalogue as a person corrects them before it is used: addressed, shown by row, replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.core.catalogues.headers import Header, find_header
from gongkai.core.catalogues.places import cell_place
from gongkai.core.documents import Cell, Document, Table

_ADDRESS = re.compile(r"t(\d{1,4})r(\d{1,6})c(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell of a row: t (table), r (row), c (column), each counted from 0, and what stands there."""

    address: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: `key` is the beginning of its addresses, `wheres` the places of its own cells in words."""

    key: str
    wheres: tuple[str, ...]
    spots: tuple[Spot, ...]


def cell_lines(document: Document) -> Iterator[Line]:
    """The rows beneath the headers of all tables that are headed as a catalogue."""
    header: Header | None = None
    for at, table in enumerate(_tables(document)):
        found = find_header(table)
        if found is None and (header is None or table.columns != len(header.columns)):
            continue
        first = found.last + 1 if found else 0
        header = found or header
        if header is not None:
            yield from _lines(at, table, header, first)


def _lines(at: int, table: Table, header: Header, first: int) -> Iterator[Line]:
    for number, cells in list(enumerate(table.grid()))[first:]:
        if not any(cell is not None and cell.text.strip() for cell in cells):
            continue
        key = f"t{at}r{number}"
        spots = (
            Spot(f"{key}c{column}", kind.heading, cell.text if cell else "")
            for column, (kind, cell) in enumerate(zip(header.columns, cells, strict=True))
            if kind is not None
        )
        own = (cell_place(cell) for cell in cells if cell is not None and cell.row == number)
        yield Line(key, tuple(own), tuple(spots))


def corrected(document: Document, fixes: Mapping[str, str]) -> Document:
    """The document with these cells (address -> text) in place of its own; what is no address is passed over."""
    by_table: dict[int, dict[tuple[int, int], str]] = {}
    for address, text in fixes.items():
        if found := _ADDRESS.fullmatch(address):
            table, row, column = (int(part) for part in found.groups())
            by_table.setdefault(table, {})[row, column] = text
    if not by_table:
        return document
    blocks = list(document.blocks)
    tables = [at for at, block in enumerate(blocks) if isinstance(block, Table)]
    for number, wanted in by_table.items():
        if number < len(tables):
            block = blocks[tables[number]]
            assert isinstance(block, Table)  # noqa: S101 - chosen so above
            blocks[tables[number]] = replace(block, cells=tuple(_cells(block, wanted)))
    return replace(document, blocks=tuple(blocks))


def _cells(table: Table, wanted: Mapping[tuple[int, int], str]) -> list[Cell]:
    """A merged cell that is corrected in one of its rows is taken apart; a blank place gets a cell."""
    cells: list[Cell] = []
    done: set[tuple[int, int]] = set()
    for cell in table.cells:
        inside = {spot for spot in _covered(cell) if spot in wanted}
        done |= inside
        if not inside:
            cells.append(cell)
        elif cell.row_span == cell.column_span == 1:
            cells.append(replace(cell, text=wanted[cell.row, cell.column]))
        else:
            cells += [_at(cell, row, column, wanted.get((row, column), cell.text)) for row, column in _covered(cell)]
    anchors: Sequence[Cell] = table.cells
    for row, column in sorted(set(wanted) - done):
        if row < table.rows and column < table.columns and anchors:
            near = min(anchors, key=lambda cell: (abs(cell.row - row), abs(cell.column - column)))
            cells.append(_at(near, row, column, wanted[row, column]))
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _at(cell: Cell, row: int, column: int, text: str) -> Cell:
    """A single cell at another place of the same table, named as that place is."""
    place = cell.place
    if place.cell:
        place = replace(place, cell=_shifted(place.cell, row - cell.row, column - cell.column))
    if place.row is not None and place.column is not None:
        place = replace(place, row=place.row + row - cell.row, column=place.column + column - cell.column)
    return replace(cell, row=row, column=column, row_span=1, column_span=1, text=text, place=place)


def _shifted(name: str, rows: int, columns: int) -> str:
    """B4 moved by rows and columns."""
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter

    letters, number = coordinate_from_string(name)
    return f"{get_column_letter(column_index_from_string(letters) + columns)}{number + rows}"


def _covered(cell: Cell) -> list[tuple[int, int]]:
    rows = range(cell.row, cell.row + cell.row_span)
    return [(row, column) for row in rows for column in range(cell.column, cell.column + cell.column_span)]


def _tables(document: Document) -> Iterator[Table]:
    return (block for block in document.blocks if isinstance(block, Table))
