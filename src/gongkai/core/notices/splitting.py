"""Where an expression of names comes apart: separators, white space and words outside brackets."""

from __future__ import annotations

import re

from gongkai.core.notices.folding import depths, fold


def unwrapped(text: str) -> str:
    """The text without a pair of brackets around the whole."""
    text = text.strip()
    folded = fold(text)
    if folded[:1] in ("（", "〔") and folded[-1:] in ("）", "〕") and min(depths(folded)) > 0:
        return text[1:-1]
    return text


def split_top(text: str, separators: str) -> list[tuple[str, str]]:
    """Pieces between separators outside brackets, each with the separator before it ("" for the first)."""
    folded = fold(text)
    depth = depths(folded)
    pieces, start, mark = [], 0, ""
    for position, character in enumerate(folded):
        if character in separators and depth[position] == 0:
            pieces.append((mark, text[start:position]))
            start, mark = position + 1, character
    return [*pieces, (mark, text[start:])]


def top_spaces(text: str) -> list[str]:
    """Pieces between white space outside brackets."""
    depth = depths(fold(text))
    flat = "".join(character for at, character in enumerate(text) if not (character.isspace() and depth[at]))
    return flat.split()


def search_top(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match outside brackets."""
    folded = fold(text)
    depth = depths(folded)
    return next((match for match in pattern.finditer(folded) if depth[match.start()] == 0), None)
