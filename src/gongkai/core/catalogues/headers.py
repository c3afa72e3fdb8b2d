"""The header of a catalogue: one to three rows, of which the lower divide 公开事项, 公开对象, 公开方式, 公开层级."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongkai.core.catalogues import words
from gongkai.core.catalogues.places import cell_place
from gongkai.core.documents import Cell, Document, Table

Line = Sequence[Cell | None]

_DEEPEST = 3  # header rows
_NEEDED = {"first": "公开事项", "content": "公开内容", "basis": "公开依据", "limit": "公开时限", "body": "公开主体"}
_ENOUGH = 4  # known headings by which a catalogue is told from another table


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of the table holds: a key of words.yaml, and what a mark in it chooses."""

    key: str
    chooses: tuple[str, ...] = ()
    channel: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """first, last: its rows in the table (from 0, the last one included); one column for each of the table's."""

    first: int
    last: int
    columns: tuple[Column | None, ...]

    def has(self, key: str) -> bool:
        return any(column is not None and column.key == key for column in self.columns)


def find_header(table: Table) -> Header | None:
    """The header of the table; None when it is no catalogue."""
    grid = table.grid()
    for at, line in enumerate(grid):
        if _is_top(line):
            last = _last_row(grid, at)
            return Header(at, last, _deepened([_column(grid, at, last, column) for column in range(table.columns)]))
    return None


def _deepened(columns: list[Column | None]) -> tuple[Column | None, ...]:
    """Of several columns that mean 一级事项 (公开类别, 公开事项名称) each is a level deeper than the one before."""
    if any(column and column.key in ("second", "third") for column in columns):
        return tuple(columns)
    levels = iter(("first", "second", "third"))
    return tuple(
        replace(column, key=next(levels, "third")) if column and column.key == "first" else column for column in columns
    )


def nearest(document: Document) -> str:
    """Where in a document without a header something comes nearest to one, and what it lacks; "" where nothing does."""
    best: tuple[int, Line] = (1, ())
    for table in (block for block in document.blocks if isinstance(block, Table)):
        for line in table.grid():
            known = len({key for text in _texts(line) if (key := words.column_of(text))})
            best = max(best, (known, line), key=lambda pair: pair[0])
    keys = {key for text in _texts(best[1]) if (key := words.column_of(text))}
    first = next((cell for cell in best[1] if cell is not None and cell.text.strip()), None)
    if first is None:
        sheets = dict.fromkeys(block.place.sheet for block in document.blocks if block.place.sheet)
        return f"（已查看工作表：{'、'.join(sheets)}）" if sheets else ""
    lacking = "、".join(name for key, name in _NEEDED.items() if key not in keys)
    return f"（{cell_place(first)} 所在行最像表头，缺：{lacking}）"


def is_header_line(line: Line) -> bool:
    """Whether a row repeats the header, or its second row, at the top of a page."""
    texts = _texts(line)
    return _is_top(line) or (len(texts) > 1 and all(_is_heading(text) for text in texts))


def _is_top(line: Line) -> bool:
    keys = {key for text in _texts(line) if (key := words.column_of(text))}
    return len(keys) >= _ENOUGH and bool(keys & {"first", "content"})


def _texts(line: Line) -> list[str]:
    cells = dict.fromkeys(cell for cell in line if cell is not None)
    return [cell.text for cell in cells if cell.text.strip()]


def _is_heading(text: str) -> bool:
    return bool(words.column_of(text) or words.group_of(text) or words.spelling(text) in words.channels())


def _last_row(grid: Sequence[Line], top: int) -> int:
    """A further row belongs to the header while all it adds are headings."""
    last = top
    for at in range(top + 1, min(top + _DEEPEST, len(grid))):
        above = set(filter(None, grid[at - 1]))
        added = [cell for cell in dict.fromkeys(grid[at]) if cell is not None and cell not in above]
        filled = [cell for cell in added if cell.text.strip()]
        if filled and not all(_is_heading(cell.text) for cell in filled):
            break
        if not filled and not above & set(filter(None, grid[at])):
            break
        last = at
    return last


def _column(grid: Sequence[Line], top: int, last: int, at: int) -> Column | None:
    """What a column holds, by its headings from top to bottom."""
    path = list(dict.fromkeys(cell.text for line in grid[top : last + 1] if (cell := line[at]) and cell.text.strip()))
    if not path:
        return None
    known = [key for text in path if (key := words.column_of(text))]
    key = known[-1] if known else words.group_of(path[-1])
    deepest = path[-1]
    if key in ("audience", "mode", "level"):
        return Column(key, words.choice_of(key, deepest), heading=deepest)
    if key == "channels" and len(path) > 1:
        return Column(key, channel=words.channels().get(words.spelling(deepest), ""), heading=deepest)
    return Column(key, heading=deepest) if key else Column("", heading=deepest)
