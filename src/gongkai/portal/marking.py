"""Showing where in a text the words that were looked for stand."""

from __future__ import annotations

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.foundation.search import normal

AROUND = 60  # characters shown before and after the first place


def marked(text: str, words: list[str], around: int | None = AROUND) -> SafeString:
    """`text` as HTML with each word marked; cut to the stretch around the first, unless `around` is None."""
    places = _places(text, words)
    start, end = 0, len(text)
    if around is not None:
        first = places[0] if places else (0, 0)
        start, end = max(0, first[0] - around), min(len(text), first[1] + around)
    parts, at = ["…" if start else ""], start
    for begin, stop in places:
        if begin >= at and stop <= end:
            parts += [escape(text[at:begin]), f"<mark>{escape(text[begin:stop])}</mark>"]
            at = stop
    parts += [escape(text[at:end]), "…" if end < len(text) else ""]
    return mark_safe(" ".join("".join(parts).split()))  # noqa: S308 - every piece of the text is escaped


def _places(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the words stand, without regard to case and width; the first of several that overlap."""
    alternatives = [r"\s+".join(re.escape(part) for part in normal(word).split()) for word in words]
    if not alternatives:
        return []
    folded, back = _folded(text)
    found = re.finditer("|".join(sorted(alternatives, key=len, reverse=True)), folded)
    return [(back[one.start()], back[one.end() - 1] + 1) for one in found]


def _folded(text: str) -> tuple[str, range | list[int]]:
    """The text in normal form, and for each of its characters the place in `text` that it comes from."""
    folded = normal(text)
    if len(folded) == len(text):
        return folded, range(len(text))
    pieces = [normal(character) for character in text]
    return "".join(pieces), [at for at, piece in enumerate(pieces) for _ in piece]
