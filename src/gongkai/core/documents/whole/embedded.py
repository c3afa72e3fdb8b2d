"""Objects embedded in office files: the file that an OLE container wraps ([MS-OLEDS] 2.3.6, [MS-CFB])."""

from __future__ import annotations

import struct

from gongkai.core.documents.compound import Malformed, streams_of

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_NATIVE = "\x01Ole10Native"
_WRAPPED = ("Package", "CONTENTS")


def embedded(data: bytes, name: str) -> tuple[str, bytes]:
    """Name and content of what is embedded; the object itself when it wraps nothing that we know."""
    if not data.startswith(_OLE):
        return name, data
    try:
        streams = streams_of(bytearray(data))
        for wrapped in _WRAPPED:
            if wrapped in streams:
                return name, streams[wrapped].content()
        if _NATIVE in streams:
            return _native(streams[_NATIVE].content())
    except (Malformed, struct.error, ValueError):
        pass
    return name, data


def _native(content: bytes) -> tuple[str, bytes]:
    """Label, path, temporary path, data: strings end with a zero byte."""
    label, at = _string(content, 6)
    _, at = _string(content, at)
    (length,) = struct.unpack_from("<I", content, at + 4)
    at += 8 + length
    (size,) = struct.unpack_from("<I", content, at)
    return label, content[at + 4 : at + 4 + size]


def _string(content: bytes, at: int) -> tuple[str, int]:
    end = content.index(b"\0", at)
    return content[at:end].decode("gb18030", "replace"), end + 1
