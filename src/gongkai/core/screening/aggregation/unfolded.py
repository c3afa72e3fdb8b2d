"""Tables as whoever opens the file can see them: hidden rows, columns and sheets back in their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.core.documents import Cell, Document, Part, Place, Table, Visibility

Row = list[Cell | None]
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_COVERED = "被合并单元格遮住"  # leftovers under a merged cell belong to no column


@dataclass(frozen=True, slots=True)
class Unfolded:
    """A table with what is hidden in it. hidden: the columns of which the printed sheet shows nothing, from 0."""

    place: Place
    table: Table | None
    rows: list[Row]
    hidden: frozenset[int] = frozenset()

    @property
    def columns(self) -> int:
        return max(map(len, self.rows), default=0)


def tables_of(document: Document) -> Iterator[Unfolded]:
    """The tables in their order, those of files inside the file too; behind them the sheets that show no table."""
    aside = _set_aside(document)
    for table in document.tables():
        hidden = aside.pop((table.place.inside, table.place.sheet), None)
        yield _put_back(table, hidden) if hidden else Unfolded(table.place, table, table.grid())
    for (inside, sheet), parts in aside.items():
        shown = {
            _position(one.place.cell): Cell(0, 0, one.text, one.start, one.place)
            for one in document.paragraphs()
            if (one.place.inside, one.place.sheet) == (inside, sheet) and one.place.cell
        }
        yield _laid_out(Place(sheet=sheet, inside=inside), None, shown, parts)


def is_hidden(cell: Cell) -> bool:
    """Not on the printed sheet: such a cell stands far behind the others in the text."""
    return bool(cell.place.why)


def _set_aside(document: Document) -> dict[tuple[str, str | None], list[Part]]:
    """What sheets hide, by file and sheet."""
    found: dict[tuple[str, str | None], list[Part]] = {}
    for part in document.parts:
        place = part.place
        if place.part == "body" and place.cell and part.visibility is Visibility.HIDDEN and place.why != _COVERED:
            found.setdefault((place.inside, place.sheet), []).append(part)
    return found


def _put_back(table: Table, hidden: Sequence[Part]) -> Unfolded:
    """The rows and columns of the table get the numbers they have on the sheet; between them comes what is hidden."""
    seen: dict[tuple[int, int], Cell] = {}
    down, across = _numbers(table)
    for at, row in enumerate(table.grid()):
        for column, cell in enumerate(row):
            if cell is not None and at in down and column in across:
                seen[down[at], across[column]] = cell
    return _laid_out(table.place, table, seen, hidden)


def _numbers(table: Table) -> tuple[dict[int, int], dict[int, int]]:
    """Row and column of the table -> of the sheet, from the addresses of the cells that begin there."""
    down: dict[int, int] = {}
    across: dict[int, int] = {}
    for cell in table.cells:
        if cell.place.cell:
            down[cell.row], across[cell.column] = _position(cell.place.cell)
    return down, across


def _laid_out(place: Place, table: Table | None, seen: dict[tuple[int, int], Cell], hidden: Sequence[Part]) -> Unfolded:
    """Rows and columns in which nothing stands fall away."""
    cells = dict(seen)
    for part in hidden:
        at = _position(str(part.place.cell))
        cells.setdefault(at, Cell(at[0], at[1], part.text, part.start, part.place))
    rows, columns = (sorted({at[axis] for at in cells}) for axis in (0, 1))
    shown = {column for _, column in seen}
    return Unfolded(
        place,
        table,
        [[cells.get((row, column)) for column in columns] for row in rows],
        frozenset(at for at, column in enumerate(columns) if column not in shown),
    )


def _position(address: str) -> tuple[int, int]:
    """Row and column of an address such as B4, from 1."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
