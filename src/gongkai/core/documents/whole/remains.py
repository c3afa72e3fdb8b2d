"""The last look: numbers, addresses and marks of secrets anywhere in the bytes of a file that no reader spoke of.

Names of bookmarks and styles, comments of the XML, what is hung on behind the end of a file: there are more places than
readers can know. What stands there is found by its form alone, and screened like everything else.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from gongkai.core.documents.archive import MAX_INFLATED, Archive
from gongkai.core.documents.model import Document, DocumentError
from gongkai.core.documents.whole.budget import Budget
from gongkai.core.documents.whole.gathering import Gathering

# Long numbers that are no fraction, no hexadecimal, no date of a PDF and not one byte over and over, as in packed data.
_NUMBER = r"(?<![\d.A-Fa-f<])(?<!D:)(?!\d{0,12}(\d)\1{6})[1-9]\d{9,17}[\dXx](?![\dA-Fa-f])"
_ADDRESS = r"[A-Za-z0-9_.+-]{2,64}@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64}){0,4}\.[A-Za-z]{2,8}\b"
_MARK = r"[绝机秘]密[★☆](?:\d{1,2}(?:年|个月)|长期)?"
TELLING = re.compile(f"{_NUMBER}|{_ADDRESS}|{_MARK}")
_PLAIN = re.compile(f"{_NUMBER}|{_ADDRESS}".encode())
_LEVELS, _STARS, _CODES = ("绝密", "机密", "秘密"), "★☆", ("utf-8", "gb18030", "utf-16-le")
_MARKS = [
    (code, re.compile(b"|".join(re.escape(f"{level}{star}".encode(code)) for level in _LEVELS for star in _STARS)))
    for code in _CODES
]
_AFTER_MARK = 16  # bytes that may say how long
_WIDE = re.compile(rb"(?:[\x20-\x7e]\0){11,}|(?:\0[\x20-\x7e]){11,}")
_HEXADECIMAL = re.compile(rb"<[0-9A-Fa-f\s]*>")
_MOST = 10_000  # of one file
_MOST_OBJECTS = 200_000
_MOST_BYTES = 100 * 2**20  # of the streams of a PDF
_DEEPEST = 20
_ENDS = (  # how a file begins, how it ends, how long the end is
    (b"PK", b"PK\x05\x06", 22),
    (b"%PDF-", b"%%EOF", 5),
    (b"\xff\xd8\xff", b"\xff\xd9", 2),
    (b"\x89PNG", b"IEND", 8),
)
_DRAWN = ("/Image",)


def with_remains(document: Document, data: bytes, budget: Budget) -> Document:
    """The document and what else is in the bytes of its file."""
    known = {match.group() for match in TELLING.finditer(document.text)}
    gathering = Gathering(budget)
    rest = hung_on(data).strip(b"\0 \t\r\n")
    if rest:
        gathering.file("文件末尾附加的数据", rest)
    try:
        for count, found in enumerate(dict.fromkeys(_found(data, document.kind))):
            if count == _MOST:
                gathering.not_examined("文件内部数据中的部分号码（数量过多）")
                break
            if found not in known:
                gathering.part(found, "remains")
    except DocumentError as error:
        gathering.not_examined(f"文件内部数据：{error}")
    return gathering.onto(document)


def hung_on(data: bytes) -> bytes:
    """What stands behind the end of a file that says where it ends; the comment of an archive too."""
    for beginning, end, length in _ENDS:
        if data.startswith(beginning):
            at = data.rfind(end)
            return data[at + length :] if at >= 0 else b""
    return b""


def _found(data: bytes, kind: str) -> Iterator[str]:
    for piece in _pieces(data, kind):
        yield from telling(piece)


def telling(data: bytes) -> Iterator[str]:
    """What in these bytes looks like a number of somebody, an address or a mark, in whatever code it is written."""
    yield from (match.group().decode() for match in _PLAIN.finditer(data))
    for match in _WIDE.finditer(data) if b"\0" in data else ():
        yield from (found.group().decode() for found in _PLAIN.finditer(match.group().replace(b"\0", b"")))
    for code, mark in _MARKS:
        for match in mark.finditer(data):
            said = data[match.start() : match.end() + _AFTER_MARK].decode(code, "ignore")
            yield from (found.group() for found in TELLING.finditer(said))


def _pieces(data: bytes, kind: str) -> Iterator[bytes]:
    """The bytes as they are, then what is packed in them; files inside an archive are looked at by themselves."""
    yield data
    if kind == "pdf":
        yield from _objects(data)
    elif kind != "zip" and data.startswith(b"PK"):
        archive = Archive(data)
        yield from (archive.read(name, MAX_INFLATED) for name in dict.fromkeys(archive.names))


def _objects(data: bytes) -> Iterator[bytes]:
    """Strings, names and written streams of a PDF."""
    try:
        with pikepdf.open(io.BytesIO(data)) as file:
            left = _MOST_BYTES
            for item in list(file.objects)[:_MOST_OBJECTS]:
                yield "\n".join(_strings(item, 0)).encode()
                if isinstance(item, pikepdf.Stream) and item.get("/Subtype") not in _DRAWN and "/Length1" not in item:
                    written = _written(item)
                    left -= len(written)
                    if left < 0:
                        raise DocumentError("过大，其余未检查")
                    yield _HEXADECIMAL.sub(b"", written)
    except (pikepdf.PdfError, ValueError, TypeError):
        return  # the reader of the pages has said so


def _written(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return b""


def _strings(item: Any, depth: int) -> Iterator[str]:
    """Of one object, without those that it refers to."""
    if depth > _DEEPEST or (depth and isinstance(item, pikepdf.Object) and item.is_indirect):
        return
    if isinstance(item, pikepdf.String | pikepdf.Name):
        yield str(item)
    elif isinstance(item, pikepdf.Array):
        for each in item:
            yield from _strings(each, depth + 1)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in item.items():
            yield str(key)
            yield from _strings(value, depth + 1)
