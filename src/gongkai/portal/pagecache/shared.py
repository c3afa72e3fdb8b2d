"""What many pages are made of alike - the columns above, the body, the marks at the foot - asked once for all of them.

Only while a page is made for somebody who is not signed in, and only as long as nothing public changes: exactly as long
as a kept page would be given (ADR 9). Everywhere else a function that is `shared` is the function it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from threading import Lock
from typing import Any, TypeVar

from gongkai.portal.pagecache.memory import SECONDS
from gongkai.portal.pagecache.models import Stamp

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

State = tuple[Stamp, datetime, int]
LIMIT = 5000  # answers held at once: a county has some thousand columns

_present: ContextVar[State | None] = ContextVar("what is public while this page is made", default=None)
_lock = Lock()
_held: dict[tuple[Any, Any], Any] = {}
_held_for: State | None = None


@contextmanager
def while_making(seen: Stamp, until: datetime) -> Iterator[None]:
    """Inside the block answers are shared. until: when something ends by the clock alone."""
    token = _present.set((seen, until, int(time.monotonic() // SECONDS)))
    try:
        yield
    finally:
        _present.reset(token)


def shared(function: Callable[[K], V]) -> Callable[[K], V]:
    """Let pages share what `function` answers. It depends on what is public alone, and nobody changes the answer."""

    @wraps(function)
    def ask(key: K) -> V:
        state = _present.get()
        if state is None:
            return function(key)
        held = _of(state)
        name = (function, key)
        if name not in held:
            answer = function(key)
            if len(held) < LIMIT:
                held[name] = answer
            return answer
        found: V = held[name]
        return found

    return ask


def _of(state: State) -> dict[tuple[Any, Any], Any]:
    """The answers of this state; those of another are let go. A page that began earlier keeps to its own."""
    global _held, _held_for
    with _lock:
        if _held_for != state:
            _held, _held_for = {}, state
        return _held
