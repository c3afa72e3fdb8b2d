"""A table that has become lines: one cell a line, or cells between `|`, its empty and merged cells gone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.core.notices import carry, headings
from gongkai.core.notices.align import align_stream
from gongkai.core.notices.cells import is_number
from gongkai.core.notices.folding import fold
from gongkai.core.notices.headings import Column, Kind
from gongkai.core.notices.model import NoPlan
from gongkai.core.notices.names import Lexicon
from gongkai.core.notices.rows import Written

_FEWEST_HEADINGS = 3
# What a page prints below a table.
_FOOT = re.compile(r"^(?:抄送|来源|主办|承办|附件下载|相关链接|打印|关闭|分享|上一篇|下一篇|版权|（此件|注：|备注：)")
_CATALOGUE = "这是公开标准目录（表头：{}），不是任务分解表；请改用目录读取"


def read_lines(lines: Sequence[str], lexicon: Lexicon) -> Written | None:
    """The plan of a table in lines, None when no heading of a plan is among them."""
    del lexicon  # cells are told apart by their kind, not by their names
    cells = [(at, cell) for at, line in enumerate(lines) for cell in _cells(line)]
    found = _header(cells)
    if found is None:
        return None
    start, end = found
    labels = [cell for _, cell in cells[start:end]]
    body = [cell for _, cell in cells[end:]]
    foot = next((at for at, cell in enumerate(body) if _FOOT.match(fold(cell))), len(body))
    stream = _without_repeats(body[:foot], labels)
    if not stream:
        return None
    columns, rows = _best(stream, labels)
    return Written(carry.items_of(list(rows), columns), list(lines[: cells[start][0]]))


def _cells(line: str) -> list[str]:
    """The cells of a line: what `|`, tabs or wide gaps keep apart, blanks left out."""
    return [cell.strip() for cell in re.split(r"[|｜\t]|\s{2,}", line) if cell.strip()]


def _header(cells: Sequence[tuple[int, str]]) -> tuple[int, int] | None:
    """Where the headings stand: the first run of at least three that are those of a plan."""
    start = 0
    while start < len(cells):
        end = start
        while end < len(cells) and headings.classify(cells[end][1]):
            end += 1
        labels = [cell for _, cell in cells[start:end]]
        if headings.is_catalogue(labels):
            raise NoPlan(_CATALOGUE.format("、".join(labels)[:60]))
        if len(labels) >= _FEWEST_HEADINGS and headings.is_header(labels):
            return start, end
        start = max(end, start + 1)
    return None


def _without_repeats(cells: Sequence[str], labels: Sequence[str]) -> list[str]:
    """The cells without the headings that each page repeats."""
    result: list[str] = []
    at = 0
    while at < len(cells):
        if list(cells[at : at + len(labels)]) == list(labels):
            at += len(labels)
        else:
            result.append(cells[at])
            at += 1
    return result


def _best(stream: Sequence[str], labels: Sequence[str]) -> tuple[list[Column], list[list[str]]]:
    """The columns that suit the cells best: as headed, or with the heading of the tasks over group and task."""
    choices = [headings.columns_of(labels)]
    first = next((at for at, column in enumerate(choices[0]) if column.kind is Kind.GROUP), None)
    if first is not None and not any(column.kind is Kind.TASK for column in choices[0]):
        choices.append(headings.columns_of([*labels[: first + 1], *labels[first:]]))
    if any(map(is_number, stream)):
        choices = [numbered for columns in choices for numbered in _numbered(columns)]
    results = [(align_stream(stream, columns), columns) for columns in choices]
    (_, rows), columns = max(results, key=lambda result: (_holds_groups(result[0][1], result[1]), result[0][0]))
    return columns, rows


def _holds_groups(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> bool:
    """Whether the group column, if there is one, holds anything: a lone heading over the tasks is the group's."""
    group = next((at for at, column in enumerate(columns) if column.kind is Kind.GROUP), None)
    return group is None or any(row[group].strip() for row in rows)


def _numbered(columns: list[Column]) -> list[list[Column]]:
    """Where no heading has the numbers: a column for them in front, or right before the text."""
    if any(column.kind is Kind.NUMBER for column in columns):
        return [columns]
    text = next(at for at, column in enumerate(columns) if column.kind is Kind.TEXT)
    number = [Column(Kind.NUMBER)]
    return [number + columns, columns[:text] + number + columns[text:]]
