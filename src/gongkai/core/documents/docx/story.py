"""A story of a Word file — body, header, cell, note — as paragraphs and tables with merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.core.documents.builder import RawCell, Run, in_body, visible_text
from gongkai.core.documents.docx.inline import Inline, alternative, local, stronger
from gongkai.core.documents.docx.numbering import Numbering
from gongkai.core.documents.docx.package import W, number, switched, value
from gongkai.core.documents.docx.styles import Style, Styles, read_properties
from gongkai.core.documents.draft import Grid, Para, cell_runs
from gongkai.core.documents.model import Visibility

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_SPAN = 255  # columns; Word itself stops at 63


class Story:
    """Walks containers of blocks; counts numbering in reading order."""

    def __init__(self, styles: Styles, numbering: Numbering, inline: Inline) -> None:
        self._styles = styles
        self._numbering = numbering
        self._inline = inline

    def blocks(self, container: _Element, outer: Visibility = Visibility.VISIBLE) -> Iterator[Para | Grid]:
        """The paragraphs and tables of `container`; paragraphs whose mark is deleted flow into the next."""
        carried: list[Run] = []
        for element in flatten(container):
            if element.tag == f"{W}tbl":
                if carried:
                    yield Para(carried)
                    carried = []
                yield self._grid(element, outer)
                continue
            para, joins = self._paragraph(element, outer)
            para.runs = carried + para.runs
            carried = para.runs if joins else []
            if not joins:
                yield para
        if carried:
            yield Para(carried)

    def _paragraph(self, element: _Element, outer: Visibility) -> tuple[Para, bool]:
        properties = element.find(f"{W}pPr")
        own = read_properties(properties, None)
        style = own.over(self._styles.paragraph(value(properties, f"{W}pStyle")))
        runs = list(self._inline.runs(element, style, outer))
        mark = properties.find(f"{W}rPr") if properties is not None else None
        gone = mark is not None and any(mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))
        # A list paragraph is counted only where it is printed; a blank one prints its number too.
        printed = not gone and outer is not Visibility.DELETED and (bool(visible_text(runs)) or not runs)
        return Para(runs, self._label(style) if printed else "", style.outline or None), gone

    def _label(self, style: Style) -> str:
        if style.num_id in (None, "0"):
            return ""
        return self._numbering.label(str(style.num_id), style.num_level or 0)

    def _grid(self, table: _Element, outer: Visibility) -> Grid:
        grid = Grid()
        above: dict[int, int] = {}  # column -> index of the cell that a vertical merge would continue
        for row in flatten(table):
            properties = row.find(f"{W}trPr")
            visibility = _row_visibility(properties, outer)
            if not in_body(visibility):
                grid.aside.append(self._row_aside(row, visibility))
                continue
            if properties is not None and switched(properties.find(f"{W}tblHeader")) and grid.header_rows == grid.rows:
                grid.header_rows += 1
            column = number(value(properties, f"{W}gridBefore"), 0, _MOST_SPAN)
            here: dict[int, int] = {}
            for cell in flatten(row):
                column = self._cell(grid, cell, column, visibility, above, here)
            above = here
            grid.rows += 1
            grid.columns = max(grid.columns, column)
        return grid

    def _row_aside(self, row: _Element, visibility: Visibility) -> list[Run]:
        """A deleted or hidden row: text beside the table, no place in its grid."""
        runs: list[Run] = []
        for cell in flatten(row):
            runs += [*([Run("\t", visibility)] if runs else []), *cell_runs(list(self.blocks(cell, visibility)))]
        return runs

    def _cell(
        self, grid: Grid, element: _Element, column: int, outer: Visibility, above: dict[int, int], here: dict[int, int]
    ) -> int:
        """Add one w:tc at `column`; the column after it."""
        properties = element.find(f"{W}tcPr")
        span = max(1, number(value(properties, f"{W}gridSpan"), 1, _MOST_SPAN))
        content = list(self.blocks(element, outer))
        cell = RawCell(grid.rows, column, cell_runs(content), 1, span)
        upper = above.get(column) if _merge(properties, "vMerge") == "continue" else None
        left = grid.cells[-1] if _merge(properties, "hMerge") == "continue" and grid.cells else None
        if upper is not None and grid.cells[upper].column_span == span:
            grid.cells[upper].row_span = grid.rows - grid.cells[upper].row + 1
            _swallow(grid.cells[upper], cell)
            here[column] = upper
        elif left is not None and left.row == grid.rows and left.column + left.column_span == column:
            left.column_span += span
            _swallow(left, cell)
        else:
            grid.cells.append(cell)
            grid.inner.append(content)
            if _merge(properties, "vMerge"):
                here[column] = len(grid.cells) - 1
        return column + span


def flatten(container: _Element) -> Iterator[_Element]:
    """The blocks, rows or cells of a container, through content controls and alternatives."""
    for child in container:
        if child.tag in (f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"):
            yield child
        elif child.tag == f"{W}sdt":
            for content in child.iterfind(f"{W}sdtContent"):
                yield from flatten(content)
        elif child.tag in (f"{W}customXml", f"{W}smartTag", f"{W}ins", f"{W}moveTo"):
            yield from flatten(child)
        elif local(child) == "AlternateContent":
            yield from (one for one in alternative(child) if one.tag in (f"{W}p", f"{W}tbl"))


def _merge(properties: _Element | None, name: str) -> str:
    """restart or continue; "" for a cell that is not merged that way."""
    merge = properties.find(f"{W}{name}") if properties is not None else None
    return "" if merge is None else value(merge, default="continue")


def _row_visibility(properties: _Element | None, outer: Visibility) -> Visibility:
    if properties is None:
        return outer
    if properties.find(f"{W}del") is not None:
        return stronger(outer, Visibility.DELETED)
    if switched(properties.find(f"{W}hidden")):
        return stronger(outer, Visibility.HIDDEN)
    return stronger(outer, Visibility.INSERTED) if properties.find(f"{W}ins") is not None else outer


def _swallow(cell: RawCell, covered: RawCell) -> None:
    """Text in a cell that a merge covers is never printed, yet it is in the file."""
    hidden = [Run(run.text, stronger(run.visibility, Visibility.HIDDEN), run.author) for run in covered.runs]
    if any(run.text.strip() for run in hidden):
        cell.runs = [*cell.runs, *hidden]
