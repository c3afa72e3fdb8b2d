"""The streams of a compound file ([MS-CFB]), the container of Word and Excel up to 2003."""

from __future__ import annotations

import struct

_END_OF_CHAIN = 0xFFFFFFF0


class Malformed(Exception):
    """The file is built otherwise, or damaged."""


class Stream:
    """One stream of a compound file, read and written in place."""

    def __init__(self, data: bytearray, sectors: list[int], width: int, size: int) -> None:
        """`sectors` are the positions in the file of stretches of `width` bytes."""
        self._data, self._sectors, self._width, self.size = data, sectors, width, size

    def _at(self, position: int) -> int:
        if not 0 <= position < self.size:
            raise Malformed
        return self._sectors[position // self._width] + position % self._width

    def content(self) -> bytes:
        """The whole stream."""
        stretches = (bytes(self._data[at : at + self._width]) for at in self._sectors)
        return b"".join(stretches)[: self.size]

    def get(self, form: str, position: int) -> int:
        raw = bytes(self._data[self._at(position + at)] for at in range(struct.calcsize(form)))
        return int(struct.unpack(form, raw)[0])

    def put(self, form: str, position: int, value: int) -> None:
        for at, byte in enumerate(struct.pack(form, value)):
            self._data[self._at(position + at)] = byte

    def add(self, position: int, value: int) -> None:
        self.put("<I", position, self.get("<I", position) + value)


def streams_of(data: bytearray) -> dict[str, Stream]:
    """Streams by name; changes go into `data`. Malformed when it is no compound file."""
    try:
        return _streams(data)
    except (KeyError, IndexError, struct.error, UnicodeDecodeError) as error:
        raise Malformed from error


def _streams(data: bytearray) -> dict[str, Stream]:
    width, small = 1 << struct.unpack_from("<H", data, 30)[0], 1 << struct.unpack_from("<H", data, 32)[0]
    directory, _, cutoff, small_fat = struct.unpack_from("<IIII", data, 48)
    if width not in (512, 4096) or small != 64:
        raise Malformed
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
            streams[name] = Stream(data, places(first), width, size)
        elif name != "Root Entry":
            streams[name] = Stream(data, [small_sectors[at] for at in _chain(first, small_table)], small, size)
    return streams


def _chain(first: int, following: list[int]) -> list[int]:
    sectors: list[int] = []
    while first < _END_OF_CHAIN:
        if len(sectors) > len(following):
            raise Malformed
        sectors.append(first)
        first = following[first]
    return sectors
