"""Pictures without what they say beside the picture: Exif, GPS, XMP, IPTC, comments. Pixels are not touched."""

from __future__ import annotations

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_TOLD = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}


def without_metadata(data: bytes) -> bytes:
    """The same picture; formats other than JPEG and PNG come back as they are."""
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    return _png(data) if data.startswith(_PNG) else data


def _jpeg(data: bytes) -> bytes:
    """Without APP1–APP13 and comments; APP0 and APP14 say how colours are stored, APP2 may be the colour profile."""
    out, at = bytearray(data[:2]), 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xDA:  # the picture itself
            end = data.rfind(b"\xff\xd9")  # what is hung on behind it goes too
            return bytes(out + (data[at : end + 2] if end > at else data[at:]))
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        segment = data[at : at + 2 + length]
        profile = marker == 0xE2 and segment[4:16] == b"ICC_PROFILE\0"
        if marker in (0xE0, 0xEE) or profile or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            out += segment
        at += 2 + length
    return data


def _png(data: bytes) -> bytes:
    out, at = bytearray(_PNG), len(_PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name = data[at + 4 : at + 8]
        if name not in _PNG_TOLD:
            out += data[at : at + 12 + length]
        at += 12 + length
        if name == b"IEND":
            break
    return bytes(out)
