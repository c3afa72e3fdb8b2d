"""Which of many stretches cover another."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate


class Stretches:
    """Stretches of a text by a key; asking takes the time of a search in a sorted list."""

    def __init__(self, stretches: Iterable[tuple[str, int, int]]) -> None:
        kinds: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for key, start, end in stretches:
            kinds[key].append((start, end))
        self._starts = {key: sorted(start for start, _ in found) for key, found in kinds.items()}
        # The furthest end of all that begin so far.
        self._ends = {key: list(accumulate((end for _, end in sorted(found)), max)) for key, found in kinds.items()}

    def cover(self, key: str, start: int, end: int) -> bool:
        """Whether one of that key begins no later and ends no earlier."""
        before = bisect_right(self._starts.get(key, ()), start)
        return before > 0 and self._ends[key][before - 1] >= end
