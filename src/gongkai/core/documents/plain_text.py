"""Plain text: each line a paragraph; tables as tab cells, separated rows or Markdown pipes."""

from __future__ import annotations

import re
from collections import Counter

from gongkai.core.documents import delimited, markdown
from gongkai.core.documents.builder import Builder, RawCell, plain
from gongkai.core.documents.model import Document, Place

_TAB_CELL = re.compile(r"\t[^\t]*")


def read(text: str) -> Document:
    """Read decoded text; kind csv, markdown or txt."""
    rows = delimited.whole_file(text)
    if rows is not None:
        return delimited.read(rows)
    lines = text.split("\n")
    builder = Builder()
    in_markdown = markdown.is_markdown(lines)
    index = 0
    while index < len(lines):
        end = (
            markdown.table(lines, index, builder)
            or _tab_cells(lines, index, builder)
            or _separated(lines, index, builder)
        )
        if not end:
            _line(lines[index], index, builder, in_markdown)
            end = index + 1
        index = end
    return builder.build("markdown" if in_markdown else "txt")


def _line(line: str, index: int, builder: Builder, in_markdown: bool) -> None:
    level, text = markdown.heading(line) if in_markdown else (None, line)
    builder.paragraph(plain(text), Place(paragraph=index + 1), level=level)


def _tab_cells(lines: list[str], index: int, builder: Builder) -> int:
    """Rows apart by empty lines, each cell beginning with one tab; where the table ends, 0 when there is none.

    A line without a tab goes on with the cell before it.
    """
    if not _TAB_CELL.fullmatch(lines[index]):
        return 0
    rows: list[list[str]] = [[]]
    while index < len(lines):
        line = lines[index]
        if _TAB_CELL.fullmatch(line):
            rows[-1].append(line[1:])
        elif "\t" in line or (line.strip() and not rows[-1]):
            break
        elif line.strip():
            rows[-1][-1] += "\n" + line
        elif rows[-1] and line == "":
            rows.append([])
        index += 1
    rows = [row for row in rows if row]
    wide = sum(len(row) > 1 for row in rows)
    if wide < 2 or 2 * wide <= len(rows):  # paragraphs indented with a tab
        return 0
    put(rows, builder)
    return index


def _separated(lines: list[str], index: int, builder: Builder) -> int:
    """At least two lines with the same number of tabs (trailing ones may be missing in the first)."""
    rows: list[list[str]] = []
    while index < len(lines) and "\t" in lines[index].strip("\n"):
        rows.append(lines[index].split("\t"))
        index += 1
    widths = Counter(len(row) for row in rows)
    if len(rows) < 2 or all(row[0] == "" for row in rows) or 2 * widths.most_common(1)[0][1] < len(rows):
        return 0
    if delimited.are_numbered(rows):
        return 0
    put(rows, builder)
    return index


def put(rows: list[list[str]], builder: Builder, header_rows: int = 0) -> None:
    """A table of unmerged cells; a row shorter than the others stays short."""
    cells = [
        RawCell(row, column, plain(text.strip())) for row, texts in enumerate(rows) for column, text in enumerate(texts)
    ]
    builder.table(cells, len(rows), max(map(len, rows)), Place(), header_rows)
