"""Markdown in text files: headings and pipe tables."""

from __future__ import annotations

import re

from gongkai.core.documents.builder import Builder, RawCell, plain
from gongkai.core.documents.model import Place

_DELIMITER = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)


def is_markdown(lines: list[str]) -> bool:
    """It has a pipe table, or headings written with # and a text below them."""
    tables = any(_is_table(lines, index) for index in range(len(lines) - 1))
    return tables or sum(1 for line in lines if _HEADING.fullmatch(line)) >= 2


def heading(line: str) -> tuple[int | None, str]:
    """Level and text of a heading, None and the line itself otherwise."""
    found = _HEADING.fullmatch(line)
    return (len(found[1]), found[2]) if found else (None, line)


def table(lines: list[str], index: int, builder: Builder) -> int:
    """Add the pipe table that begins at `index`; the line after it, 0 when there is none."""
    if not _is_table(lines, index):
        return 0
    rows = [_cells(lines[index])]
    end = index + 2
    while end < len(lines) and _PIPE.search(lines[end]) and lines[end].strip():
        rows.append(_cells(lines[end]))
        end += 1
    width = len(rows[0])  # GitHub's rule: the heading decides, what is beyond it is dropped; here it is kept
    cells = [RawCell(row, column, plain(text)) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    builder.table(cells, len(rows), max(width, *map(len, rows)), Place(), header_rows=1)
    return end


def _is_table(lines: list[str], index: int) -> bool:
    if index + 1 >= len(lines) or not _PIPE.search(lines[index]) or "-" not in lines[index + 1]:
        return False
    below = lines[index + 1]
    return "|" in below and _DELIMITER.fullmatch(below) is not None and len(_cells(below)) == len(_cells(lines[index]))


def _cells(line: str) -> list[str]:
    line = line.strip()
    line = line[1:] if line.startswith("|") else line
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [_BREAK.sub("\n", cell.strip()).replace("\\|", "|") for cell in _PIPE.split(line)]
