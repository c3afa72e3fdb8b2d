"""What a workbook of Excel 97 (.xls) keeps besides values: hidden rows and columns, comments ([MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from gongkai.core.documents.compound import Malformed, streams_of
from gongkai.core.documents.sheet_extras import Extras

_BOF, _EOF, _SHEET, _ROW, _COLUMNS = 0x809, 0x0A, 0x85, 0x208, 0x7D
_NOTE, _OBJECT, _TEXT, _CONTINUE = 0x1C, 0x5D, 0x1B6, 0x3C
_BIFF8 = 0x600
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_MOST_COLUMNS = 256

Record = tuple[int, bytes]


def read_biff(data: bytes) -> dict[str, Extras] | None:
    """Extras by sheet name; None for older formats and damaged files."""
    try:
        stream = streams_of(bytearray(data))["Workbook"].content()
        if struct.unpack_from("<HHH", stream)[0::2] != (_BOF, _BIFF8):
            return None
        sheets = [_sheet(content) for kind, content in _records(stream, 0) if kind == _SHEET]
        return {name: _extras(_records(stream, at)) for at, name in sheets}
    except (Malformed, KeyError, IndexError, struct.error, UnicodeDecodeError):
        return None


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """The records of one substream, its end left out; embedded ones (charts) are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth < 1:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _sheet(content: bytes) -> tuple[int, str]:
    """Where a sheet's substream begins, and its name."""
    at, _, length = struct.unpack_from("<IHB", content)
    return at, _characters(content[7:], length)


def _characters(content: bytes, length: int) -> str:
    """A string behind the byte that tells whether its characters take two bytes or one."""
    return (
        content[1 : 1 + 2 * length].decode("utf-16-le") if content[0] & 1 else content[1 : 1 + length].decode("latin-1")
    )


def _extras(records: Iterator[Record]) -> Extras:
    extras = Extras()
    texts: dict[int, str] = {}  # by object
    notes: list[tuple[int, int, int, str]] = []
    owner = awaited = 0
    for kind, content in records:
        if kind == _ROW and struct.unpack_from("<H", content, 12)[0] & _ROW_HIDDEN:
            extras.hidden_rows.add(struct.unpack_from("<H", content)[0])
        elif kind == _COLUMNS and struct.unpack_from("<H", content, 8)[0] & _COLUMN_HIDDEN:
            first, last = struct.unpack_from("<HH", content)
            extras.hidden_columns |= set(range(first, min(last + 1, _MOST_COLUMNS)))
        elif kind == _OBJECT:
            owner = struct.unpack_from("<H", content, 6)[0]
        elif kind == _TEXT:
            awaited = struct.unpack_from("<H", content, 10)[0]
        elif kind == _CONTINUE and awaited:
            text = _characters(content, awaited)
            texts[owner] = texts.get(owner, "") + text
            awaited -= len(text)
        elif kind == _NOTE:
            row, column, _, number, length = struct.unpack_from("<HHHHH", content)
            notes.append((row, column, number, _characters(content[10:], length) if length else ""))
    for row, column, number, author in notes:
        if text := texts.get(number, "").strip():
            extras.comments.append((_address(row, column), text, author.strip()))
    return extras


def _address(row: int, column: int) -> str:
    letters = chr(65 + column % 26)
    return f"{chr(64 + column // 26) if column > 25 else ''}{letters}{row + 1}"
