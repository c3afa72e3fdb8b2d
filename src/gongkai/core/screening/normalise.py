"""The text as it is meant: digits and letters in one width, nothing invisible between them; every offset kept.

Only a text in which the automaton saw one of `NOISE` is ever normalised. Widths change one character into one; only
invisible characters are taken out, so the map back is the sorted list of where they stood.
"""

from __future__ import annotations

import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

# Zero-width and other invisible characters (Unicode category Cf and the fillers that print nothing): what is put
# between digits so that a search does not find them. Variation selectors too: they may follow any character.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d"
    "\u206e\u206f\u3164\ufe00\ufe01\ufe02\ufe03\ufe04\ufe05\ufe06\ufe07\ufe08\ufe09\ufe0a\ufe0b\ufe0c\ufe0d\ufe0e\ufe0f"
    "\ufeff\uffa0"
)
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()}
# Punctuation of numbers and addresses in the width that the patterns use; alone it is ordinary Chinese typesetting, so
# it is translated but raises no flag.
_QUIET = {"．": ".", "－": "-", "＠": "@", "＿": "_", "＊": "*", "／": "/"}


@cache
def widths() -> dict[str, str]:
    """Digits of every script and letters of every style -> the ASCII character they mean (NFKC, one for one)."""
    found = dict(_FULL_WIDTH)
    for code in range(0x80, sys.maxunicode + 1):
        character = chr(code)
        if character in found:
            continue
        value = unicodedata.decimal(character, None)
        if value is not None:
            found[character] = str(value)
        elif 0x1D400 <= code <= 0x1D7FF or 0x24B6 <= code <= 0x24E9:  # styled and circled letters
            plain = unicodedata.normalize("NFKC", character)
            if len(plain) == 1 and plain.isascii() and plain.isalnum():
                found[character] = plain
    return found


@cache
def noise() -> tuple[str, ...]:
    """The characters whose presence means that the text must be normalised before it is judged."""
    return (*_INVISIBLE, *widths())


@dataclass(frozen=True, slots=True)
class Clean:
    """A text and, for each character taken out before it was read, the offset it would have now."""

    text: str
    gaps: tuple[int, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text as it came, with what was taken out inside it and without what stood around it."""
        if not self.gaps:
            return start, end
        first = start + bisect_right(self.gaps, start)
        last = end - 1 + bisect_right(self.gaps, end - 1) + 1 if end > start else first
        return first, last


def normalise(text: str, places: Iterable[int]) -> Clean:
    """The text in one width without invisible characters.

    places: where its noise is, in order, as the automaton saw it; everything between is copied as it is.
    """
    meant = widths()
    pieces: list[str] = []
    gaps: list[int] = []
    done = 0
    for at in places:
        pieces.append(text[done:at])
        plain = meant.get(text[at])
        if plain is None:
            gaps.append(at - len(gaps))
        else:
            pieces.append(plain)
        done = at + 1
    pieces.append(text[done:])
    cleaned = "".join(pieces)
    for written, plain in _QUIET.items():
        cleaned = cleaned.replace(written, plain)
    return Clean(cleaned, tuple(gaps))
