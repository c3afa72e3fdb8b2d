"""Marks in the bytes of a file, where no reader of its format looks: comments and names of an archive, parts that no
program asks for, values of attributes, what somebody put behind the end.

An archive is unfolded with what is in it. Texts that were packed in another way (a PDF's pages) are for the readers.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.core.documents.archive import MAX_INFLATED, Archive
from gongkai.core.documents.model import DocumentError
from gongkai.core.documents.whole.budget import Budget
from gongkai.core.screening.secrets import suspected

_LEVELS = ("绝密", "机密", "秘密")
_CODES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_WRITTEN = [(level.encode(code), code) for level in _LEVELS for code in _CODES]
_APART = "。\u2028。"  # no mark goes over it, and it is no line break: a level alone on a line is the readers' to judge
_REACH = 96  # bytes before and behind the level that a mark may take; even, for texts of two bytes a character


def suspected_in_bytes(data: bytes) -> str | None:
    """The id of the first rule that takes something in the file for a mark; None when none does."""
    return next(
        (rule for part in _unfolded(data, Budget()) for text in _around(part) if (rule := suspected(text))), None
    )


def _unfolded(data: bytes, budget: Budget) -> Iterator[bytes]:
    """The file and every file in it, as far as the budget goes; who reads it whole says what was not examined."""
    yield data
    if not data.startswith(b"PK"):
        return
    try:
        archive = Archive(data)
        for name in dict.fromkeys(archive.names):
            member = archive.read(name, MAX_INFLATED)
            budget.enter(len(member))
            yield from _unfolded(member, budget)
            budget.leave()
    except DocumentError:
        return


def _around(data: bytes) -> Iterator[str]:
    """What stands around the levels, as lines of one text for each way to write them: a paper may name them often."""
    for level, code in _WRITTEN:
        if level in data:
            yield _APART.join(_lines(data, level, code)).replace("\n", "\u2028")


def _lines(data: bytes, level: bytes, code: str) -> Iterator[str]:
    at = data.find(level)
    while at >= 0:
        begin, end = max(0, at - _REACH), at + _REACH
        if code.startswith("utf-16"):
            begin += (at - begin) % 2
        following = data.find(level, at + len(level))
        while 0 <= following < end:  # what stands close together is read once
            end = following + _REACH
            following = data.find(level, following + len(level))
        yield data[begin:at].decode(code, "replace") + data[at:end].decode(code, "replace")
        at = following
