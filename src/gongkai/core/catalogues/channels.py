"""公开渠道和载体: which channels a cell chooses, by ■ and □ before their names or simply by naming them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.catalogues import words
from gongkai.core.notices.folding import fold, squeeze

# What text recognition makes of □ and ■, where a channel follows.
_MISREAD = re.compile(r"(?:(?<=^)|(?<=\s))([口t])[ \t]*(?=[一-龥12])")
_SPLIT = re.compile(r"[\n、，,；;。]|\s{1,}")


def read_channels(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(keys of the closed list, channels as printed that it has not), those that are chosen."""
    keys: dict[str, None] = {}
    others: dict[str, None] = {}
    for piece in _chosen(text):
        found, rest = _known(piece)
        keys.update(dict.fromkeys(found))
        if rest:
            others[rest] = None
            if not found and _has_marks(text):
                keys["other"] = None
    return tuple(keys), tuple(others)


def _has_marks(text: str) -> bool:
    chosen, unchosen = words.signs()
    return any(sign in text for sign in chosen | unchosen) or bool(_MISREAD.search(fold(text)))


def _chosen(text: str) -> Iterator[str]:
    folded = _MISREAD.sub(lambda found: "□" if found[1] == "口" else "■", fold(text).strip())
    chosen, unchosen = words.signs()
    if not _has_marks(folded):
        yield from _plain(folded)
        return
    signs = re.escape("".join(sorted(chosen | unchosen)))
    for sign, name in re.findall(rf"([{signs}])([^{signs}]*)", folded):
        if sign in chosen and name.strip():
            yield name.strip().strip("、，；。")


def _plain(folded: str) -> Iterator[str]:
    """Names one by one; a known name that holds a separator itself stays whole."""
    kept = squeeze(re.sub(r"\n", "\n", folded)) if folded in words.channels() else folded
    for name in words.channels():
        if "、" in name:
            kept = kept.replace(name, name.replace("、", "/"))
    yield from filter(None, (part.strip() for part in _SPLIT.split(kept)))


def _known(piece: str) -> tuple[list[str], str]:
    """The channels that a piece is made of, and what is left of it."""
    rest, found = words.spelling(piece), []
    for name, key in words.channels().items():
        if name in rest and (rest == name or len(name) > 2 or rest.startswith(name)):
            found.append(key)
            rest = rest.replace(name, "", 1)
    rest = rest.strip("：、，；。/（）_— ")
    return found, rest
