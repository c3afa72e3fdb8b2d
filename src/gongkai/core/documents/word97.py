"""Word 97 files mended before they are converted: the paragraph that must follow a last table.

LibreOffice up to 7.4 writes a table that ends a document without the paragraph after it, and then cannot read the
table back. The mark is put into the padding behind the text, and the tables that count characters are told of it
(structure: [MS-DOC] 2.5 FIB, 2.8.35 PlcPcd, 2.8.5 PlcfBtePapx, 2.9.174 PapxFkp; container: [MS-CFB]).
"""

from __future__ import annotations

import struct

_END_OF_CHAIN = 0xFFFFFFF0
_PAGE = 512  # bytes of the pages that Word 97 divides its stream into
_BX = 13  # bytes by which a page of paragraph properties refers to one of them
_COMPRESSED = 0x4000_0000
_CELL_END, _PARAGRAPH_END = 7, 13


class Unmendable(Exception):
    """The file is built otherwise, or there is no room."""


class _Stream:
    """One stream of a compound file, read and written in place."""

    def __init__(self, data: bytearray, sectors: list[int], width: int, size: int) -> None:
        """`sectors` are the positions in the file of stretches of `width` bytes."""
        self._data, self._sectors, self._width, self.size = data, sectors, width, size

    def _at(self, position: int) -> int:
        if not 0 <= position < self.size:
            raise Unmendable
        return self._sectors[position // self._width] + position % self._width

    def get(self, form: str, position: int) -> int:
        raw = bytes(self._data[self._at(position + at)] for at in range(struct.calcsize(form)))
        return int(struct.unpack(form, raw)[0])

    def put(self, form: str, position: int, value: int) -> None:
        for at, byte in enumerate(struct.pack(form, value)):
            self._data[self._at(position + at)] = byte

    def add(self, position: int, value: int) -> None:
        self.put("<I", position, self.get("<I", position) + value)


def with_last_paragraph(data: bytes) -> bytes:
    """The file with a paragraph behind the table that ends it; the file itself when it needs none."""
    mended = bytearray(data)
    try:
        streams = _streams(mended)
        document = streams["WordDocument"]
        table = streams["1Table" if document.get("<H", 0x0A) & 0x200 else "0Table"]
        return bytes(mended) if _mend(document, table) else data
    except (Unmendable, KeyError, IndexError, struct.error, UnicodeDecodeError):
        return data


def _streams(data: bytearray) -> dict[str, _Stream]:
    width, small = 1 << struct.unpack_from("<H", data, 30)[0], 1 << struct.unpack_from("<H", data, 32)[0]
    directory, _, _, cutoff, small_fat = struct.unpack_from("<IIIII", data, 48)
    if width not in (512, 4096) or small != 64:
        raise Unmendable
    tables = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _END_OF_CHAIN]
    fat = [each for sector in tables for each in struct.unpack_from(f"<{width // 4}I", data, (sector + 1) * width)]

    def places(first: int) -> list[int]:
        return [(sector + 1) * width for sector in _chain(first, fat)]

    entries: dict[str, tuple[int, int]] = {}
    for sector in places(directory):
        for at in range(sector, sector + width, 128):
            length = struct.unpack_from("<H", data, at + 64)[0]
            name = bytes(data[at : at + max(min(length, 64) - 2, 0)]).decode("utf-16-le")
            entries[name] = struct.unpack_from("<II", data, at + 116)
    container = places(entries["Root Entry"][0])
    small_sectors = [at + start for at in container for start in range(0, width, small)]
    small_table = [each for at in places(small_fat) for each in struct.unpack_from(f"<{width // 4}I", data, at)]
    streams = {}
    for name, (first, size) in entries.items():
        if size >= cutoff:
            streams[name] = _Stream(data, places(first), width, size)
        elif name != "Root Entry":
            streams[name] = _Stream(data, [small_sectors[at] for at in _chain(first, small_table)], small, size)
    return streams


def _chain(first: int, following: list[int]) -> list[int]:
    sectors: list[int] = []
    while first < _END_OF_CHAIN:
        if len(sectors) > len(following):
            raise Unmendable
        sectors.append(first)
        first = following[first]
    return sectors


def _mend(document: _Stream, table: _Stream) -> bool:
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
        raise Unmendable
    _describe(document, table, end, step)
    document.put(form, end, _PARAGRAPH_END)
    for counted in (0x1C, 0x4C):  # the end of the text, its number of characters
        document.add(counted, step if counted == 0x1C else 1)
    table.add(pieces + 4 * count, 1)
    sections, size = document.get("<I", 0xCA), document.get("<I", 0xCE)
    table.add(sections + 4 * ((size - 4) // 16), 1)
    return True


def _pieces(table: _Stream, position: int) -> tuple[int, int]:
    """Where the table of pieces of text begins, and how many it has."""
    while table.get("<B", position) == 1:
        position += 3 + table.get("<H", position + 1)
    return position + 5, (table.get("<I", position + 1) - 4) // 12


def _describe(document: _Stream, table: _Stream, end: int, step: int) -> None:
    """Give the new paragraph an entry of its own, without properties, on the last page of paragraph properties."""
    first, size = document.get("<I", 0x102), document.get("<I", 0x106)
    pages = (size - 4) // 8
    page = _PAGE * table.get("<I", first + 4 * (pages + 1) + 4 * (pages - 1))
    runs = document.get("<B", page + _PAGE - 1)
    old, new = page + 4 * (runs + 1), page + 4 * (runs + 2)
    entries = [document.get("<B", old + at) for at in range(_BX * runs)]
    used = [2 * entries[at] for at in range(0, len(entries), _BX) if entries[at]]
    if document.get("<I", old - 4) != end or new + _BX * (runs + 1) > page + min(used, default=_PAGE - 1):
        raise Unmendable
    for at, byte in enumerate([*entries, *[0] * _BX]):
        document.put("<B", new + at, byte)
    document.put("<I", old, end + step)
    document.put("<B", page + _PAGE - 1, runs + 1)
    table.put("<I", first + 4 * pages, end + step)
