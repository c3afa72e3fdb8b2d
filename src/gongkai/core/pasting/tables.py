"""Tables: from the grid of a file or page to rows of cells, with a guess at the head row where none is named."""

from __future__ import annotations

import re

from gongkai.core.documents import DocumentError
from gongkai.core.pasting.model import Cell, Table

MOST_CELLS = 3_000
_HEADING = 20  # characters of a column's heading, at most
_DIGIT = re.compile(r"\d{3}|[.%]")

Placed = tuple[int, int, str, int, int]  # row, column, text, rows covered, columns covered


def table_of(cells: list[Placed], rows: int, head_rows: int, caption: str = "") -> Table:
    """Cells in any order as rows; refused when a page would not be the place for so large a table."""
    if len(cells) > MOST_CELLS:
        raise DocumentError(f"表格超过 {MOST_CELLS} 个单元格，请作为附件（xlsx）上传")
    laid: list[list[Cell]] = [[] for _ in range(rows)]
    heads = head_rows or _guessed(cells)
    for row, _column, text, down, across in sorted(cells):
        laid[row].append(Cell(text.strip(), row < heads, across, down))
    return Table(laid, caption)


def _guessed(cells: list[Placed]) -> int:
    """One head row when its cells read like headings: none blank, none long, none a figure."""
    first = [text for row, _column, text, _down, _across in cells if row == 0]
    return int(
        len(first) > 1 and all(text.strip() and len(text) <= _HEADING and not _DIGIT.search(text) for text in first)
    )
