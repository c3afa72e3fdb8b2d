"""Cells put under columns by what they say, where a table has lost its grid.

A best path: each cell stands in a column at or after that of the cell before it (two may share one: a broken line),
or, in a stream of cells, opens the next row. Skipping a column costs according to what it holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.notices import enumerators
from gongkai.core.notices.bodynames import is_body
from gongkai.core.notices.cells import fit
from gongkai.core.notices.headings import Column, Kind

_SKIP = {
    Kind.NUMBER: 0.05,
    Kind.GROUP: 0.0,
    Kind.TASK: 0.0,
    Kind.TEXT: 9.0,
    Kind.BODIES: 0.6,
    Kind.DEADLINE: 0.4,
    Kind.GOAL: 0.1,
    Kind.OTHER: 0.1,
}
_SHARE = {
    Kind.NUMBER: 9.0,
    Kind.GROUP: 0.4,
    Kind.TASK: 0.6,
    Kind.TEXT: 0.6,
    Kind.BODIES: 0.9,
    Kind.DEADLINE: 0.8,
    Kind.GOAL: 0.6,
    Kind.OTHER: 0.3,
}
_NEW_ITEM = 2.0  # a line with an enumerator of its own seldom goes on with the text above it
_BROKEN_NAMES = 0.3  # single names on lines of their own share a cell
_FAR = -1e9


def align(cells: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """One row: a text for each column; cells that share a column are joined by a line break."""
    return _rows(cells, columns, _best_path(cells, columns, stream=False)[1])[0]


def align_stream(cells: Sequence[str], columns: Sequence[Column]) -> tuple[float, list[list[str]]]:
    """Rows that follow each other without a mark between them, and how well the cells suit the columns."""
    score, path = _best_path(cells, columns, stream=True)
    return score, _rows(cells, columns, path)


def _rows(cells: Sequence[str], columns: Sequence[Column], path: Sequence[tuple[int, bool]]) -> list[list[str]]:
    rows: list[list[list[str]]] = []
    for cell, (column, opens) in zip(cells, path, strict=True):
        if opens or not rows:
            rows.append([[] for _ in columns])
        rows[-1][column].append(cell)
    return [["\n".join(part for part in parts if part.strip()) for parts in row] for row in rows]


def _best_path(
    cells: Sequence[str], columns: Sequence[Column], *, stream: bool
) -> tuple[float, list[tuple[int, bool]]]:
    """The score of the best path, and for each cell its column and whether it opens a row."""
    text = next(at for at, column in enumerate(columns) if column.kind is Kind.TEXT)
    width = range(len(columns))
    scores = [[fit(columns[j], cells[0]) - _skipped(columns, 0, j) if j <= text or not stream else _FAR for j in width]]
    steps: list[list[tuple[int, bool]]] = [[(0, True)] * len(columns)]
    for at in range(1, len(cells)):
        row, step = [], []
        for j in width:
            best, origin = _FAR, (0, False)
            for i in width:
                for cost, opens in _moves(columns, i, j, text, cells[at - 1], cells[at], stream):
                    if scores[-1][i] - cost > best:
                        best, origin = scores[-1][i] - cost, (i, opens)
            row.append(best + fit(columns[j], cells[at]))
            step.append(origin)
        scores.append(row)
        steps.append(step)
    ends = [score - _skipped(columns, j + 1, len(columns)) for j, score in enumerate(scores[-1])]
    column = max(width, key=ends.__getitem__)
    path = []
    for step in reversed(steps):
        before, opens = step[column]
        path.append((column, opens))
        column = before
    return ends[path[0][0]], path[::-1]


def _skipped(columns: Sequence[Column], start: int, stop: int) -> float:
    return sum(_SKIP[column.kind] for column in columns[start:stop])


def _moves(
    columns: Sequence[Column], i: int, j: int, text: int, before: str, cell: str, stream: bool
) -> list[tuple[float, bool]]:
    """The ways from a cell in column i to the next in column j: their costs, and whether a row is opened."""
    if j > i:
        moves = [(_skipped(columns, i + 1, j), False)]
    elif j == i:
        moves = [(_sharing(columns[j].kind, before, cell), False)]
    else:
        moves = []
    if stream and i >= text >= j:
        moves.append((_skipped(columns, i + 1, len(columns)) + _skipped(columns, 0, j), True))
    return moves


def _sharing(kind: Kind, before: str, cell: str) -> float:
    if not cell.strip():
        return _SHARE[kind]
    if kind is Kind.TEXT and enumerators.parse(cell.strip()):
        return _NEW_ITEM
    if kind is Kind.BODIES and ((is_body(before) and is_body(cell)) or before.rstrip().endswith("、")):
        return _BROKEN_NAMES
    return _SHARE[kind]
