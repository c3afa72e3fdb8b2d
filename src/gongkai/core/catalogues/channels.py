"""公开渠道和载体: which channels a cell chooses, by ■ and □ before their names or simply by naming them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.core.catalogues import words
from gongkai.core.notices.folding import fold, squeeze

_SPLIT = re.compile(r"[\n、，,；;。]|\s{1,}")


def read_channels(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(keys of the closed list, channels as printed that it has not), those that are chosen."""
    keys: dict[str, None] = {}
    others: dict[str, None] = {}
    signed = words.marked(text)
    for piece in _plain(fold(text).strip()) if signed is None else _chosen(signed):
        found, rest = _known(piece)
        keys.update(dict.fromkeys(found))
        if rest:
            others[rest] = None
            if not found and signed is not None:
                keys["other"] = None
    return tuple(keys), tuple(others)


def _chosen(signed: Iterable[tuple[bool, str]]) -> Iterator[str]:
    yield from (_own(name) for chosen, name in signed if chosen and name)


def _own(name: str) -> str:
    """A name without the channels that stand apart behind it and have no sign of their own."""
    parts = name.split()
    own = parts[0]
    for part in parts[1:]:
        whole = words.channels().get(words.spelling(own))
        if whole and whole != "other" and any(words.spelling(part).startswith(known) for known in words.channels()):
            break
        own += part
    return own


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
