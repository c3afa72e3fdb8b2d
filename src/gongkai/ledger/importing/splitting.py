"""Several duties in one text: 公开抽查清单；公开处罚决定 may be worked off as 19a and 19b."""

from __future__ import annotations

import re
from itertools import pairwise

from gongkai.core.notices.folding import depths, fold

SHORTEST_DUTY = 6  # characters; less is a word set off, not a duty


def sentences(text: str) -> list[str]:
    """The text cut after every 。and ；that stands outside brackets and quotes."""
    folded, level = fold(text), depths(fold(text))
    ends = [at + 1 for at, character in enumerate(folded) if character in "。；" and not level[at]]
    cuts = [0, *ends, len(text)]
    return [piece for start, end in pairwise(cuts) if (piece := text[start:end].strip())]


def clauses(sentence: str) -> list[str]:
    """A sentence cut after every ，outside brackets and quotes; what was cut off keeps its comma."""
    folded, level = fold(sentence), depths(fold(sentence))
    ends = [at + 1 for at, character in enumerate(folded) if character == "，" and not level[at]]
    cuts = [0, *ends, len(sentence)]
    return [sentence[start:end] for start, end in pairwise(cuts) if sentence[start:end].strip()]


def bare_duty(text: str) -> str:
    """A duty without the punctuation that joined it to its neighbours."""
    return re.sub(r"^[，；、。\s]+|[，；、。\s]+$", "", text)


def duties_of(text: str) -> list[str]:
    """The single duties of an item's text, in order; empty when it holds only one."""
    found = [bare_duty(sentence) for sentence in sentences(text)]
    if len(found) < 2 or min(map(len, found)) < SHORTEST_DUTY:
        return []
    return found
