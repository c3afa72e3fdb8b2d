"""Word 97 files mended before they are converted: the paragraph that must follow a last table.

LibreOffice up to 7.4 writes a table that ends a document without the paragraph after it, and then cannot read the
table back. The mark is put into the padding behind the text, and the tables that count characters are told of it
(structure: [MS-DOC] 2.5 FIB, 2.8.35 PlcPcd, 2.8.5 PlcfBtePapx, 2.9.174 PapxFkp).
"""

from __future__ import annotations

import struct

from gongkai.core.documents.compound import Malformed, Stream, streams_of

_PAGE = 512  # bytes of the pages that Word 97 divides its stream into
_BX = 13  # bytes by which a page of paragraph properties refers to one of them
_COMPRESSED = 0x4000_0000
_CELL_END, _PARAGRAPH_END = 7, 13


def with_last_paragraph(data: bytes) -> bytes:
    """The file with a paragraph behind the table that ends it; the file itself when it needs none."""
    mended = bytearray(data)
    try:
        streams = streams_of(mended)
        document = streams["WordDocument"]
        table = streams["1Table" if document.get("<H", 0x0A) & 0x200 else "0Table"]
        return bytes(mended) if _mend(document, table) else data
    except (Malformed, KeyError, struct.error):
        return data


def _mend(document: Stream, table: Stream) -> bool:
    """Put the mark behind the text; False when the text ends with one."""
    length, beside = document.get("<I", 0x4C), [document.get("<I", 0x50 + 4 * at) for at in range(7)]
    pieces, count = _pieces(table, document.get("<I", 0x1A2))
    begin = table.get("<I", pieces + 4 * (count - 1))
    where = table.get("<I", pieces + 4 * (count + 1) + 8 * (count - 1) + 2)
    form, step = ("<B", 1) if where & _COMPRESSED else ("<H", 2)
    end = (where & ~_COMPRESSED) // (2 // step) + step * (length - begin)
    if document.get(form, end - step) != _CELL_END:
        return False
    if any(beside) or end % _PAGE == 0 or document.get(form, end):  # other text behind it, or no padding
        raise Malformed
    _describe(document, table, end, step)
    document.put(form, end, _PARAGRAPH_END)
    for counted in (0x1C, 0x4C):  # the end of the text, its number of characters
        document.add(counted, step if counted == 0x1C else 1)
    table.add(pieces + 4 * count, 1)
    sections, size = document.get("<I", 0xCA), document.get("<I", 0xCE)
    table.add(sections + 4 * ((size - 4) // 16), 1)
    return True


def _pieces(table: Stream, position: int) -> tuple[int, int]:
    """Where the table of pieces of text begins, and how many it has."""
    while table.get("<B", position) == 1:
        position += 3 + table.get("<H", position + 1)
    return position + 5, (table.get("<I", position + 1) - 4) // 12


def _describe(document: Stream, table: Stream, end: int, step: int) -> None:
    """Give the new paragraph an entry of its own, without properties, on the last page of paragraph properties."""
    first, size = document.get("<I", 0x102), document.get("<I", 0x106)
    pages = (size - 4) // 8
    page = _PAGE * table.get("<I", first + 4 * (pages + 1) + 4 * (pages - 1))
    runs = document.get("<B", page + _PAGE - 1)
    old, new = page + 4 * (runs + 1), page + 4 * (runs + 2)
    entries = [document.get("<B", old + at) for at in range(_BX * runs)]
    used = [2 * entries[at] for at in range(0, len(entries), _BX) if entries[at]]
    if document.get("<I", old - 4) != end or new + _BX * (runs + 1) > page + min(used, default=_PAGE - 1):
        raise Malformed
    for at, byte in enumerate([*entries, *[0] * _BX]):
        document.put("<B", new + at, byte)
    document.put("<I", old, end + step)
    document.put("<B", page + _PAGE - 1, runs + 1)
    table.put("<I", first + 4 * pages, end + step)
