"""Lists typed as text: a line of headings, below it rows with the same sign between their cells -> tables.

The heading of a column says what its numbers are; a reader sees that, a sentence does not say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.documents.model import Cell, Place, Table

# A column of people, of bodies or of candidates, without which a list says nothing that its cells do not.
_NAMES = re.compile(r"姓[ \u3000]?名|户主|领取人|申请人|患者|持卡人|单位|部门|机构|名称|考证号")
_TAB, _BAR, _COMMA, _BLANK = r"\t", r"[|｜]", r"[,，]", r"[ \u3000]+"
_FEWEST = {
    _TAB: 2,
    _BAR: 2,
    _COMMA: 3,
    _BLANK: 3,
}  # sign -> columns; sentences have commas and blanks
_RULE = re.compile(r"[|｜:\- ]+")  # the line below the headings in Markdown
_SAID = re.compile(r"[。；：！？:;!?]|[0-9]{4}")  # in a sentence or a filled form, not in headings
_LONGEST = 12  # code points of a heading
_MOST = 400  # code points of a row


def typed_tables(text: str, start: int = 0, end: int | None = None) -> Iterator[Table]:
    """The tables in that stretch of the text, with the offset of each cell in the whole."""
    end = len(text) if end is None else end
    done = start
    for match in _NAMES.finditer(text, start, end):
        if match.start() < done:
            continue
        first, last = _line(text, match.start(), done, end)
        done = last
        line = text[first:last]
        sign = next((sign for sign in _FEWEST if _are_headings(line, sign)), None) if len(line) <= _MOST else None
        if sign is None:
            continue
        table = _table(text, first, end, sign)
        if table.rows > 1:
            yield table
            done = table.cells[-1].start


def _line(text: str, at: int, start: int, end: int) -> tuple[int, int]:
    """Where the line around `at` begins and ends."""
    last = text.find("\n", at, end)
    return max(start, text.rfind("\n", start, at) + 1), end if last < 0 else last


def _are_headings(line: str, sign: str) -> bool:
    cells = _cells(line, sign)
    short = all(0 < len(words) <= _LONGEST for _, words in cells)
    return short and len(cells) >= _FEWEST[sign] and not _SAID.search(line)


def _table(text: str, start: int, end: int, sign: str) -> Table:
    """The headings at `start` and the rows that follow them."""
    cells: list[Cell] = []
    rows = columns = 0
    for at, words in _lines(text, start, end):
        row = _cells(words, sign, columns)
        if columns and len(row) != columns:
            break
        columns = len(row)
        if not _RULE.fullmatch(words):
            cells += (Cell(rows, column, cell, at + offset, Place()) for column, (offset, cell) in enumerate(row))
            rows += 1
    return Table(tuple(cells), rows, columns, Place())


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Each line from `start` on that is no longer than a row, and where it begins."""
    while start < end:
        last = text.find("\n", start, min(end, start + _MOST))
        if last < 0 and end - start > _MOST:
            return
        last = end if last < 0 else last
        yield start, text[start:last]
        start = last + 1


def _cells(line: str, sign: str, columns: int = 0) -> list[tuple[int, str]]:
    """Offset and words of each cell; between blanks the last column takes what is left."""
    edges = "|｜ \u3000\r" if sign == _BAR else " \u3000\r"
    first = len(line) - len(line.lstrip(edges))
    bare = line.strip(edges)
    cells: list[tuple[int, int]] = []
    at = 0
    for match in re.finditer(sign, bare):
        if columns and len(cells) == columns - 1 and sign == _BLANK:
            break
        cells.append((at, match.start()))
        at = match.end()
    cells.append((at, len(bare)))
    return [(first + low, bare[low:high]) for low, high in cells]
