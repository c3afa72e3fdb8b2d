"""A file at the door, before anything of it is kept: suspected state secret, clean, or impossible to examine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.core.documents.kinds import has_stream
from gongkai.core.documents.model import Document, DocumentError
from gongkai.core.screening.raw import suspected_in_bytes
from gongkai.core.screening.secrets import suspected, suspected_in

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# Marks stand at the head of the first page, and recognising one takes a second: the rest is read before publishing.
_RECOGNISED = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """rule: id of the rule that spoke, None for none; unread: why the content could not be examined, in words."""

    rule: str | None = None
    unread: str = ""


def judge_file(data: bytes, name: str = "") -> Judged:
    """Judge the content with all that is hidden in it, its bytes as they stand, and the name; never raises."""
    if rule := suspected_in(name) or suspected_in_bytes(data):
        return Judged(rule)
    if not data.strip(b"\0 \t\r\n"):
        return Judged()
    old = data.startswith(_OLE)
    if old and (rule := _in_old_office(data)):
        return Judged(rule)
    try:
        document = _read(data)
    except DocumentError as error:
        # The text of old office files is UTF-16 as it stands, so they were examined even where no reader is installed.
        if old and not has_stream(data, "EncryptedPackage"):
            return Judged()
        return Judged(unread=str(error))
    return Judged(next((rule for text in _texts(document) if (rule := _judged(text))), None))


def _read(data: bytes) -> Document:
    from gongkai.core.documents.whole import read_whole
    from gongkai.core.documents.whole.budget import Budget

    return read_whole(data, Budget.for_upload(len(data), _RECOGNISED))


def _judged(text: str) -> str | None:
    """As a paper, and as what a program may have written: records of JSON, markup."""
    return suspected(text, paper=True) or suspected_in(text)


def _texts(document: Document) -> Iterator[str]:
    """All of it in order, then each row of a table as one line: a mark may be split over cells."""
    yield document.text
    for table in document.tables():
        for row in range(table.rows):
            yield "".join(cell.text.strip() for cell in table.cells if cell.row == row)


def _in_old_office(data: bytes) -> str | None:
    return next(
        (
            rule
            for shift in (0, 1)
            if (rule := suspected(data[shift:].decode("utf-16-le", "replace").replace("\r", "\n").replace("\0", "")))
        ),
        None,
    )
