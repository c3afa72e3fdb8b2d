"""A table that goes on over page breaks becomes one table again."""

from __future__ import annotations

from gongkai.core.documents.pdf.grid import PdfCell, PdfGrid, cluster, nearest
from gongkai.core.documents.pdf.lines import join, starts_item, wraps

_SAME_SIDE = 6.0  # points: the same table may shift a little between pages
_MOST_HEADER_ROWS = 4


def continues(upper: PdfGrid, lower: PdfGrid) -> bool:
    """The same outer rulings, and most inner rulings of the one in the other."""
    sides = abs(upper.edges[0] - lower.edges[0]) < _SAME_SIDE and abs(upper.edges[-1] - lower.edges[-1]) < _SAME_SIDE
    fewer, more = sorted((upper.edges, lower.edges), key=len)
    shared = sum(any(abs(edge - other) < _SAME_SIDE for other in more) for edge in fewer)
    return sides and shared == len(fewer)


def stitch(upper: PdfGrid, lower: PdfGrid) -> None:
    """Append `lower` to `upper`: common columns, repeated header rows dropped, what was cut in two joined."""
    _share_columns(upper, lower)
    _drop_header(upper, lower)
    if not lower.rows:
        return
    ends = [cell for cell in upper.cells if cell.last_row == upper.rows - 1]
    above = {column: cell for cell in ends for column in _columns(cell)}
    tops = [cell for cell in lower.cells if cell.row == 0]
    cut_row = _is_open_row(ends, above, tops) or _is_cut_row(above, tops)
    offset = upper.rows - (1 if cut_row else 0)
    for cell in lower.cells:
        host = above.get(cell.column) if cell.row == 0 else None
        same = host is not None and host.column_span == cell.column_span
        if host and same and (cut_row or (not _is_numbered_anew(cell, tops) and _is_cut_cell(host, cell))):
            _join(host, cell, cell.row_span - (1 if cut_row else 0))
        else:
            cell.row += offset
            upper.cells.append(cell)
    upper.rows = offset + lower.rows
    upper.page, upper.bottom = lower.page, lower.bottom


def _join(host: PdfCell, cell: PdfCell, rows: int) -> None:
    host.row_span += rows
    host.is_open = cell.is_open
    if not host.text or cell.first is None:
        host.text += cell.text
    else:
        host.text = join(host.text, cell.text) if wraps(host.slack, cell.first) else f"{host.text}\n{cell.text}"
    if cell.text:
        host.slack = cell.slack


def _columns(cell: PdfCell) -> range:
    return range(cell.column, cell.column + cell.column_span)


def _share_columns(upper: PdfGrid, lower: PdfGrid) -> None:
    """Number the columns of both by all rulings of both."""
    shift = lower.edges[0] - upper.edges[0]
    edges = cluster([*upper.edges, *(edge - shift for edge in lower.edges)])
    for grid, moved in ((upper, 0.0), (lower, shift)):
        for cell in grid.cells:
            left = nearest(edges, grid.edges[cell.column] - moved)
            right = nearest(edges, grid.edges[cell.column + cell.column_span] - moved)
            cell.column, cell.column_span = left, max(1, right - left)
    upper.edges, lower.edges = edges, [edge + shift for edge in edges]


def _drop_header(upper: PdfGrid, lower: PdfGrid) -> None:
    """Leave out the first rows of `lower` that repeat the first rows of the table."""
    rows = 0
    for count in range(1, min(_MOST_HEADER_ROWS, upper.rows - 1, lower.rows) + 1):
        same = _print(upper, count) == _print(lower, count)
        closed = all(cell.row >= count or cell.last_row < count for cell in lower.cells)
        if same and closed and any(cell.text for cell in lower.cells if cell.row < count):
            rows = count
    lower.cells = [cell for cell in lower.cells if cell.row >= rows]
    for cell in lower.cells:
        cell.row -= rows
    lower.rows -= rows


def _print(grid: PdfGrid, rows: int) -> list[tuple[int, int, int, str]]:
    return sorted(
        (cell.row, cell.column, cell.column_span, "".join(cell.text.split())) for cell in grid.cells if cell.row < rows
    )


def _is_open_row(ends: list[PdfCell], above: dict[int, PdfCell], tops: list[PdfCell]) -> bool:
    """The last row lacks its lower ruling and goes on: some text does, or all of it stands where there was none above.

    The ruling alone tells nothing: some programs leave it out between two rows as well.
    """
    filled = [(above.get(cell.column), cell) for cell in tops if cell.text]
    if not all(cell.is_open for cell in ends):
        return False
    if any(host and host.text and starts_item(cell.text) for host, cell in filled):
        return False
    return any(_goes_on(host, cell) for host, cell in filled) or not any(host and host.text for host, _ in filled)


def _is_cut_row(above: dict[int, PdfCell], tops: list[PdfCell]) -> bool:
    """The first row is the rest of the last one: every text in it goes on from a full line above.

    Somewhere the row above has text where this one has none, or every cell goes on, or several do and the rest are
    blank in both.
    """
    filled = [cell for cell in tops if cell.text]
    if not filled or not all(_goes_on(above.get(cell.column), cell) for cell in filled):
        return False
    ended = any(not cell.text and cell.column in above and above[cell.column].text for cell in tops)
    return ended or len(filled) == len(tops) or len(filled) > 1


def _goes_on(host: PdfCell | None, cell: PdfCell) -> bool:
    if host is None or not host.text or cell.first is None or host.column_span != cell.column_span:
        return False
    return wraps(host.slack, cell.first) and not starts_item(cell.text)


def _is_numbered_anew(cell: PdfCell, tops: list[PdfCell]) -> bool:
    """A number in front, over the same rows, begins something new."""
    return any(
        other.column < cell.column and other.row_span == cell.row_span and starts_item(other.text) for other in tops
    )


def _is_cut_cell(host: PdfCell, cell: PdfCell) -> bool:
    """A merged cell cut by the page break: a half of it is blank, or it goes on in the middle of the text."""
    merged = host.row_span > 1 or cell.row_span > 1
    if not cell.text:
        return merged or host.is_open
    return (merged and _goes_on(host, cell)) or (host.is_open and not host.text)
