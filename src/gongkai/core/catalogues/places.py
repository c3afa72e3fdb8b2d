"""Where something stands in a catalogue: sheet!cell of a workbook, else the table's row in words."""

from __future__ import annotations

from gongkai.core.documents import Cell, Table, describe


def cell_place(cell: Cell) -> str:
    place = cell.place
    return f"{place.sheet}!{place.cell}" if place.sheet and place.cell else describe(place)


def table_place(table: Table) -> str:
    return table.place.sheet or describe(table.place)
