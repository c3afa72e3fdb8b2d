"""HTML tables laid out on a grid, as the standard's table model does it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from gongkai.core.documents.builder import RawCell, Run, in_body
from gongkai.core.documents.draft import Grid, Para, cell_runs
from gongkai.core.documents.model import DocumentError, Visibility

_MOST_COLUMNS = 200

_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)

Reader = Callable[[LexborNode, Visibility], list[Para | Grid]]


def read_table(node: LexborNode, read: Reader, outer: Visibility) -> Grid:
    """The cells of a <table>; `read` reads the content of one cell."""
    grid = Grid()
    for group in _groups(node):
        _read_group(grid, group, read, outer)
    _squeeze(grid)
    return grid


def _groups(node: LexborNode) -> Iterator[list[LexborNode]]:
    """Rows by row group: no span reaches out of its group."""
    for section in node.iter():
        if section.tag in ("thead", "tbody", "tfoot"):
            yield [row for row in section.iter() if row.tag == "tr"]
        elif section.tag == "tr":
            yield [section]


def _read_group(grid: Grid, rows: list[LexborNode], read: Reader, outer: Visibility) -> None:
    first, heads = grid.rows, grid.header_rows == grid.rows
    shown = [row for row in rows if not is_hidden(row)]
    grid.aside += [_aside(row, read) for row in rows if is_hidden(row)]
    taken: dict[int, int] = {}  # column -> first row below that is free again
    for row, tr in enumerate(shown, start=first):
        column = 0
        cells = [td for td in tr.iter() if td.tag in ("td", "th")]
        for td in cells:
            if is_hidden(td):
                grid.aside.append(cell_runs(read(td, Visibility.HIDDEN)))
                continue
            while taken.get(column, 0) > row:
                column += 1
            if column >= _MOST_COLUMNS:
                raise DocumentError(f"网页表格超过 {_MOST_COLUMNS} 列，请删除多余的列后再试")
            content = read(td, outer)
            down, across = _span(td, "rowspan", len(rows)), _span(td, "colspan", _MOST_COLUMNS)
            down = min(down or len(shown), first + len(shown) - row)
            grid.cells.append(RawCell(row, column, cell_runs(content), down, max(1, across)))
            grid.inner.append(content)
            for covered in range(column, column + max(1, across)):
                taken[covered] = row + down
            column += max(1, across)
        is_head = tr.parent is not None and tr.parent.tag == "thead"
        heads = heads and bool(cells) and (is_head or all(td.tag == "th" for td in cells))
        grid.header_rows += heads
    grid.rows = first + len(shown)


def _aside(row: LexborNode, read: Reader) -> list[Run]:
    runs: list[Run] = []
    for td in row.iter():
        content = [run for run in cell_runs(read(td, Visibility.HIDDEN)) if not in_body(run.visibility)]
        runs += [*([Run("\t", Visibility.HIDDEN)] if runs else []), *content]
    return runs


def _span(td: LexborNode, name: str, most: int) -> int:
    text = (td.attributes.get(name) or "1").strip()
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _squeeze(grid: Grid) -> None:
    """Drop columns in which no cell begins: a span wider than the table only stretches over nothing."""
    starts = sorted({cell.column for cell in grid.cells})
    index = {column: new for new, column in enumerate(starts)}
    free: dict[int, int] = {}
    for cell in grid.cells:
        end = cell.column + cell.column_span
        cell.column_span = sum(1 for column in starts if cell.column <= column < end)
        cell.column = index[cell.column]
        free[cell.row] = max(free.get(cell.row, 0), cell.column + cell.column_span)
    grid.columns = max(free.values(), default=0)


def children(node: LexborNode) -> Iterator[LexborNode]:
    """All children, texts and comments too."""
    child = node.child
    while child is not None:
        yield child
        child = child.next


def is_hidden(node: LexborNode) -> bool:
    """By its own attribute or inline style; style sheets are not evaluated."""
    if (node.tag or "-").startswith("-"):
        return False
    attributes = node.attributes
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None
