"""One sheet -> blocks: titles before the table and notes behind it are paragraphs, the rest is the table."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.documents.builder import Builder, RawCell, visible_text
from gongkai.core.documents.model import Place


def emit_sheet(builder: Builder, cells: Sequence[RawCell], rows: int, sheet: str | None) -> None:
    """Add the visible cells of one sheet."""
    by_row: list[list[RawCell]] = [[] for _ in range(rows)]
    for cell in cells:
        by_row[cell.row].append(cell)
    first, last = 0, rows
    while first < last and _is_text(by_row[first]):
        first += 1
    while last > first and _is_note(by_row, last - 1):
        last -= 1
    if all(len(_filled(row)) < 2 for row in by_row[first:last]):
        first = last = rows  # one column of text, no table
    _paragraphs(builder, by_row[:first], 0, sheet)
    _table(builder, by_row[first:last], sheet)
    _paragraphs(builder, by_row[last:], last, sheet)


def _filled(row: list[RawCell]) -> list[RawCell]:
    return [cell for cell in row if visible_text(cell.runs).strip()]


def _is_text(row: list[RawCell]) -> bool:
    """A row with one filled cell at most, not one that is merged downwards."""
    filled = _filled(row)
    return len(filled) < 2 and all(cell.row_span == 1 for cell in filled)


def _is_note(by_row: list[list[RawCell]], index: int) -> bool:
    """A last row with a single text over the whole width, or apart from the table by a blank row."""
    if not _is_text(by_row[index]) or any(cell.row + cell.row_span > index + 1 for cell in by_row[index]):
        return False
    if any(cell.row_span > index - cell.row for row in by_row[:index] for cell in row):
        return False
    filled = _filled(by_row[index])
    width = max(cell.column + cell.column_span for row in by_row for cell in row)
    after_blank = index > 0 and not _filled(by_row[index - 1])
    return not filled or filled[0].column_span >= max(2, width - filled[0].column) or after_blank


def _paragraphs(builder: Builder, rows: list[list[RawCell]], offset: int, sheet: str | None) -> None:
    for index, row in enumerate(rows, start=offset):
        for cell in row:
            place = Place(row=index + 1, column=cell.column + 1, sheet=sheet, cell=cell.address)
            builder.paragraph(cell.runs, place)


def _table(builder: Builder, rows: list[list[RawCell]], sheet: str | None) -> None:
    """Row and column numbers count inside the table; the address says where the cell is on the sheet."""
    cells = [cell for row in rows for cell in row]
    if not cells:
        return
    top, left = cells[0].row, min(cell.column for cell in cells)
    for cell in cells:
        cell.row -= top
        cell.column -= left
    columns = max(cell.column + cell.column_span for cell in cells)
    builder.table(cells, len(rows), columns, Place(sheet=sheet))
