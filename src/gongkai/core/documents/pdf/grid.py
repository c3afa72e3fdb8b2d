"""A ruled table of one page: cells on a grid of its rulings, with the text inside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.core.documents.pdf.lines import Char, Line, join, lines, wraps

if TYPE_CHECKING:
    from pdfplumber.table import Table

_SAME_EDGE = 3.0  # points
_SAME_RULING = 1.2  # points: a strip of a row at the end of a page may be little higher
_MOST_PADDING = 12.0  # points between a ruling and its text
_HANGING = 18.0  # points, about a line


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """The lower end of the last table of a page: at `y`, closed by rulings only over the stretches `closed`."""

    y: float = -1.0
    closed: Sequence[tuple[float, float]] = ()

    def cuts(self, box: Box) -> bool:
        """The page break leaves this cell open."""
        middle = (box[0] + box[2]) / 2
        return abs(box[3] - self.y) < _SAME_RULING and not any(x0 <= middle <= x1 for x0, x1 in self.closed)


@dataclass(slots=True)
class PdfCell:
    """One cell; `slack` is the room left on its last line, `first` its first line.

    `is_open`: it has no ruling below, so it goes on on the next page.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str = ""
    slack: float = 0.0
    first: Line | None = None
    is_open: bool = False

    @property
    def last_row(self) -> int:
        return self.row + self.row_span - 1


@dataclass(slots=True)
class PdfGrid:
    """A table between `top` and `bottom`, its column rulings at `edges`; `page` is the last page it stands on."""

    first_page: int
    page: int
    top: float
    bottom: float
    edges: list[float]
    rows: int
    cells: list[PdfCell] = field(default_factory=list)

    def holds(self, char: Char) -> bool:
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        return self.edges[0] <= x <= self.edges[-1] and self.top <= y <= self.bottom


def grids(tables: Iterable[Table], chars: Sequence[Char], page: int, open_end: OpenEnd) -> list[PdfGrid]:
    """Tables of at least two cells; a single box is a frame around text.

    Cells that the page break cuts take in text that hangs out below.
    """
    found = []
    for table in tables:
        boxes = [box for box in table.cells if box]
        if len(boxes) < 2:
            continue
        x_edges = cluster([box[0] for box in boxes] + [box[2] for box in boxes])
        y_edges = cluster([box[1] for box in boxes] + [box[3] for box in boxes], _SAME_RULING)
        cut = {box for box in boxes if open_end.cuts(box)}
        grid = PdfGrid(page, page, y_edges[0], y_edges[-1] + (_HANGING if cut else 0), x_edges, len(y_edges) - 1)
        inside = [char for char in chars if grid.holds(char)]
        printed = [(box, lines(_within(inside, box, _HANGING if box in cut else 0))) for box in boxes]
        grid.cells = [_cell(box, text, x_edges, y_edges, _padding(printed, box)) for box, text in printed]
        for box, cell in zip(boxes, grid.cells, strict=True):
            cell.is_open = box in cut
        if any(cell.text for cell in grid.cells):
            found.append(grid)
    return sorted(found, key=lambda grid: grid.top)


def cluster(values: Iterable[float], apart: float = _SAME_EDGE) -> list[float]:
    """Nearly equal positions taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > apart:
            edges.append(value)
    return edges


def nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _within(chars: Iterable[Char], box: Box, hanging: float) -> list[Char]:
    x0, top, x1, bottom = (*box[:3], box[3] + hanging)
    return [
        char for char in chars if x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= (char.top + char.bottom) / 2 <= bottom
    ]


def _padding(printed: Sequence[tuple[Box, list[Line]]], box: Box) -> float:
    """The smallest distance of text from the left ruling among the cells of a column."""
    gaps = [line.x0 - other[0] for other, text in printed if abs(other[0] - box[0]) < _SAME_EDGE for line in text]
    return max(0.0, min([*gaps, _MOST_PADDING]))


def _cell(box: Box, text: list[Line], x_edges: list[float], y_edges: list[float], padding: float) -> PdfCell:
    left, right = nearest(x_edges, box[0]), nearest(x_edges, box[2])
    top, bottom = nearest(y_edges, box[1]), nearest(y_edges, box[3])
    cell = PdfCell(top, left, max(1, bottom - top), max(1, right - left))
    room = box[2] - box[0] - 2 * padding
    for line in text:
        if cell.first is None:
            cell.first, cell.text = line, line.text
        else:
            cell.text = join(cell.text, line.text) if wraps(cell.slack, line) else f"{cell.text}\n{line.text}"
        cell.slack = room - (line.x1 - line.x0)
    return cell
