"""The sentence or row around a place, of bounded length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

REACH = 100  # code points to either side
# No end between people of a list: 甲，男；乙，女.
_END = re.compile(r"[。！？；!?;\n](?!(?<=[；;])[\u4e00-\u9fff]{2,4}[，,（(：:])")
_GOES_ON = re.compile(r"(?<=[；;])[\u4e00-\u9fff]{2,4}[，,（(：:]")
# A line of a filled form: 姓名：王建国. Lines of one form, one below the other, say one thing together.
_FIELD = re.compile(r"(?<![^\n])[ \t\u3000]*[\u4e00-\u9fff（）()/、 \u3000]{2,12}：[^\n]{1,40}(?![^\n])")
_UP_TO_END = re.compile(r".*[。！？；!?;\n]", re.DOTALL)  # greedy: goes back from the place to the end before it


def sentences_of(text: str, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Each sentence that holds some of the places (which come in order), once, with the stretch over those in it."""
    low, done, first, last = 0, -1, 0, 0
    for start, end in places:
        if start < done:
            last = max(last, end)
            continue
        if done >= 0:
            yield low, done, (first, last)
        low, first, last = max(0, done, start - REACH), start, end
        before = _UP_TO_END.match(text, low, start)
        while before is not None and text[before.end() - 1] in "；;" and _GOES_ON.match(text, before.end()):
            before = _UP_TO_END.match(text, low, before.end() - 1)
        if before is not None:
            low = before.end()
        after = _END.search(text, end, end + REACH)
        done = after.start() if after else min(len(text), end + REACH)
        if text.find("：", low, done) >= 0:
            low, done = _form(text, low, done)
    if done >= 0:
        yield low, done, (first, last)


def _form(text: str, low: int, done: int) -> tuple[int, int]:
    """The stretch with the lines above and below it, when they are those of a form."""
    if not _FIELD.match(text, low):
        return low, done
    first = low
    while first > max(0, low - REACH):
        above = text.rfind("\n", 0, first - 1) + 1
        if not _FIELD.match(text, above, first - 1):
            break
        first = above
    last = done
    while last < done + REACH and (below := _FIELD.match(text, last + 1)):
        last = below.end()
    return first, last
