"""The answers kept in this process: bounded in bytes, the least asked for go first."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from gongkai.portal.pagecache.models import Stamp

SECONDS = 60  # the longest an answer is kept: for what was written without a save
BESIDE = 1024  # bytes an entry takes beside its content

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it was sent. until: when a posting ends or another day begins, and it must be asked for anew."""

    stamp: Stamp
    headers: tuple[tuple[str, str], ...]
    content: bytes
    until: datetime
    kept_at: float  # of the monotonic clock


class Memory:
    def __init__(self) -> None:
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Key, stamp: Stamp, now: datetime) -> Answer | None:
        with self._lock:
            answer = self._answers.get(key)
            if answer is None:
                return None
            old = time.monotonic() - answer.kept_at > SECONDS
            if old or answer.stamp != stamp or now >= answer.until:
                self._drop(key)
                return None
            self._answers.move_to_end(key)
            return answer

    def keep(self, key: Key, answer: Answer, limit: int) -> None:
        """limit: bytes of all answers together."""
        with self._lock:
            self._drop(key)
            self._answers[key] = answer
            self._bytes += _size(key, answer)
            while self._bytes > limit:
                self._drop(next(iter(self._answers)))

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()
            self._bytes = 0

    def _drop(self, key: Key) -> None:
        answer = self._answers.pop(key, None)
        if answer is not None:
            self._bytes -= _size(key, answer)


def _size(key: Key, answer: Answer) -> int:
    return len(answer.content) + sum(map(len, key)) + BESIDE


memory = Memory()
