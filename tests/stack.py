"""Tests run on a stack that is never enlarged on the way.

CPython takes memory for frames in pieces of 16 kB, and gives a piece back when its first frame returns. A call that often
begins at the edge of a piece so costs two system calls and a fault of the page each time; where a test comes to stand is
chance, and a fifth of the suite's time went there. One frame that says it needs much gets a piece that holds all others.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any

SLOTS = 40_000  # more than any test's frames take together; memory that is not touched costs nothing


def _call(run: Callable[..., Any], *args: Any) -> Any:
    return run(*args)


on_a_wide_stack = FunctionType(_call.__code__.replace(co_stacksize=SLOTS), globals(), "on_a_wide_stack")
