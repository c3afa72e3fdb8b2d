"""The sentence or row around a place, of bounded length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

REACH = 100  # code points to either side
_END = re.compile(r"[。！？；!?;\n]")
_UP_TO_END = re.compile(r".*[。！？；!?;\n]", re.DOTALL)  # greedy: goes back from the place to the end before it


def sentences_of(text: str, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Each sentence that holds one of the places (which come in order), once, with the first place in it."""
    done = -1
    for start, end in places:
        if start < done:
            continue
        low = max(0, done, start - REACH)
        before = _UP_TO_END.match(text, low, start)
        if before is not None:
            low = before.end()
        after = _END.search(text, end, end + REACH)
        done = after.start() if after else min(len(text), end + REACH)
        yield low, done, (start, end)
