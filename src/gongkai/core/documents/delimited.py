"""Comma, semicolon and tab separated files with quoted cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from gongkai.core.documents.builder import Builder, RawCell, plain
from gongkai.core.documents.model import Document
from gongkai.core.documents.sheet_blocks import emit_sheet

_DELIMITERS = "\t,;，"
_ENUMERATOR = re.compile(
    r"\s*(?:[（(][\d一二三四五六七八九十]{1,3}[）)]|[\d一二三四五六七八九十]{1,3}[.、．)）]|[①-⑳⑴-⒇])\s*"
)
_SHARE = 0.8  # of the records must have the usual number of fields
_MOST = 1_000_000  # rows


def whole_file(text: str) -> list[list[str]] | None:
    """The records when the whole text is one delimited table, else None."""
    for delimiter in _DELIMITERS:
        if delimiter in text:
            rows = _records(text, delimiter)
            if rows is not None and _is_table(rows, text, delimiter):
                return rows
    return None


def read(rows: list[list[str]]) -> Document:
    """The table, with the titles before it as paragraphs."""
    builder = Builder()
    cells = [
        RawCell(row, column, plain(text.strip()))
        for row, record in enumerate(rows)
        for column, text in enumerate(record)
    ]
    emit_sheet(builder, cells, len(rows), None)
    return builder.build("csv")


def _records(text: str, delimiter: str) -> list[list[str]] | None:
    csv.field_size_limit(2**27)
    try:
        # Not strict: a quotation mark inside a sentence is text.
        return [row for _, row in zip(range(_MOST), csv.reader(io.StringIO(text), delimiter=delimiter), strict=False)]
    except csv.Error:
        return None


def _is_table(rows: list[list[str]], text: str, delimiter: str) -> bool:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    titles = next((at for at, row in enumerate(filled) if len(row) > 1), len(filled))  # the letter above the table
    records = filled[titles:]
    usual, often = Counter(map(len, records)).most_common(1)[0] if records else (0, 0)
    if usual < 2 or often < _SHARE * len(records):
        return False
    if delimiter == "\t":
        # Tab cells (one a line) and tab-indented prose begin with their only tab.
        cells = any(row[0].strip() for row in records) and not _indented(records) and not are_numbered(records)
        return len(records) >= 2 and cells
    # Sentences have commas too: only several records with several fields each are sure to be a table.
    return (len(records) >= 3 and usual >= 3) or (len(records) >= 2 and text.startswith('"'))


def are_numbered(records: list[list[str]]) -> bool:
    """Paragraphs whose numbers stand apart by a tab (1.<tab>…), as word processors save them."""
    return all(len(row) == 2 and _ENUMERATOR.fullmatch(row[0]) for row in records if len(row) > 1)


def _indented(records: list[list[str]]) -> bool:
    return all(len(row) <= 2 and not row[0].strip() for row in records if len(row) > 1)
