"""Files judged once: the door reads a file whole, and the storage that is then to keep it need not read it again."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import IO, Any

from django.core.files import File

from gongkai.core.screening.door import Judged, judge_file
from gongkai.core.screening.secrets import suspected_in
from gongkai.foundation.guard.refusals import SecretSuspected, Unexamined

_REMEMBERED = 200
_clean: OrderedDict[bytes, None] = OrderedDict()  # SHA-256 of contents in which nothing was found; memory only
_lock = Lock()
_lifted: ContextVar[bool] = ContextVar("what stands may be written again", default=False)


def judge_upload(data: bytes, name: str) -> Judged:
    """`judge_file`, but a content that passed is known again; its name is judged each time."""
    key = hashlib.sha256(data).digest()
    with _lock:
        known = key in _clean
    if known:
        return Judged(suspected_in(name))
    judged = judge_file(data, name)
    if judged == Judged():
        with _lock:
            _remember(key)
    return judged


def passed_with(source: bytes, copy: bytes) -> None:
    """A smaller or barer copy of a content in which nothing was found says nothing more: it has passed as well."""
    with _lock:
        if hashlib.sha256(source).digest() in _clean:
            _remember(hashlib.sha256(copy).digest())


def _remember(key: bytes) -> None:
    _clean[key] = None
    while len(_clean) > _REMEMBERED:
        _clean.popitem(last=False)


def content_of(file: File[Any] | IO[bytes]) -> bytes:
    """All bytes of a file, which is left as it was found at its beginning."""
    file.seek(0)
    data = file.read()
    file.seek(0)
    return data if isinstance(data, bytes) else str(data).encode()


def demand_clean_file(data: bytes, name: str, place: str) -> None:
    """`SecretSuspected` or `Unexamined` unless the file may be kept."""
    if is_lifted():
        return
    judged = judge_upload(data, name)
    if judged.rule:
        raise SecretSuspected(place, judged.rule)
    if judged.unread:
        raise Unexamined(name.rpartition("/")[2], judged.unread)


def is_lifted() -> bool:
    return _lifted.get()


@contextmanager
def writing_what_stands() -> Iterator[None]:
    """Inside the block records that already stand in the database may be written again.

    For taking something down that became public before a rule knew it: closing a gate saves the record it closes.
    """
    token = _lifted.set(True)
    try:
        yield
    finally:
        _lifted.reset(token)


def withheld(text: str) -> str:
    """The text of an error, or a word in its place: what says that something failed must be kept at all events."""
    return "[withheld: suspected state secret]" if suspected_in(text) else text
