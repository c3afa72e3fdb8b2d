"""What stands around a stretch: contexts in which it is right, and whether it stands like a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongkai.core.screening.rules.model import Rule

_OPENING = '（(【[〔「『［<《“"\t \u3000\xa0★☆*＊\n\r'
_CLOSING = '）)】]〕」』］>》”"\t \u3000\xa0★☆*＊\n\r，。、；！,;!：:'


class Allowed:
    """Longer strings around a word in which it is right, with the place of the word in each."""

    __slots__ = ("_around",)

    def __init__(self, word: str, contexts: Iterable[str]) -> None:
        self._around = tuple(
            (context, match.start()) for context in contexts for match in re.finditer(f"(?={re.escape(word)})", context)
        )

    def holds(self, text: str, start: int) -> bool:
        """Whether the word at `start` stands in one of them."""
        for context, offset in self._around:  # noqa: SIM110 -- asked for every word seen; a generator doubles the cost
            if start >= offset and text.startswith(context, start - offset):
                return True
        return False


def stands_as_mark(text: str, start: int, end: int) -> bool:
    """Alone on its line, in brackets or set off by blanks: printed as a mark, not said in a sentence."""
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if before not in _OPENING or after not in _CLOSING:
        return False
    return before not in "《“" or after not in "》”"


def quiet(rule: Rule, text: str, start: int, end: int) -> bool:
    """Whether the surroundings say that the stretch is right after all."""
    if rule.unless_before and rule.unless_before.search(text, max(0, start - 24), start):
        return True
    if rule.unless_after and rule.unless_after.match(text, end, end + 24):
        return True
    if rule.context:
        before = text[max(0, start - rule.within) : end]
        if not any(word in before for word in rule.context):
            return True
    return any(_inside(context, text, start, end) for context in rule.allowed)


def _inside(context: str, text: str, start: int, end: int) -> bool:
    """Whether [start, end) lies in an occurrence of the longer string, or holds it."""
    length = len(context)
    at = text.find(context, max(0, end - length), start + length)
    return at >= 0 or text.find(context, start, end) >= 0
