"""What to drop or coarsen so that everybody hides among k: the cheapest way, found exactly where that is affordable.

Coarsening only ever merges groups, so a choice that fails for two columns fails for all: most candidates need no count.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from gongkai.core.screening.aggregation.anonymity import smallest_group

_AFFORDABLE = 30_000_000  # cells counted; about ten seconds
_CANDIDATES = 20_000


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a column: as it is (step ""), coarser, or dropped (all values blank)."""

    step: str
    cost: int
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class Repair:
    """chosen: the form of each column, as indices; exact: nothing cheaper exists."""

    chosen: tuple[int, ...]
    cost: int
    k: int
    exact: bool


def cheapest(columns: Sequence[Sequence[Form]], rows: int, wanted: int) -> Repair | None:
    """The cheapest choice of forms with groups of `wanted` at least; None when even dropping everything is not enough.

    Forms of a column are ordered: each merges the groups of the one before it and costs more.
    """
    if rows < wanted:
        return None
    counts = _Counts(columns, rows)
    node = tuple([0] * len(columns))
    queue, seen = [(0, node)], {node}
    for _ in range(_CANDIDATES):
        if not queue or counts.spent > _AFFORDABLE:
            break
        cost, node = heapq.heappop(queue)
        if counts.possible(node, wanted) and (k := counts.of(tuple(enumerate(node)))) >= wanted:
            return Repair(node, cost, k, True)
        for at, level in enumerate(node):
            if level + 1 < len(columns[at]):
                further = (*node[:at], level + 1, *node[at + 1 :])
                if further not in seen:
                    seen.add(further)
                    heapq.heappush(queue, (_cost(columns, further), further))
    return _greedy(columns, counts, wanted)


class _Counts:
    """Smallest groups of parts of a choice, each counted once."""

    def __init__(self, columns: Sequence[Sequence[Form]], rows: int) -> None:
        self._columns, self._rows = columns, rows
        self._known: dict[tuple[tuple[int, int], ...], int] = {}
        self.spent = 0

    def of(self, part: tuple[tuple[int, int], ...]) -> int:
        """The smallest group by these (column, form) alone."""
        told = tuple((at, level) for at, level in part if any(self._columns[at][level].values))
        if told not in self._known:
            self._known[told] = smallest_group([self._columns[at][level].values for at, level in told], self._rows)
            self.spent += self._rows * max(1, len(told))
        return self._known[told]

    def possible(self, node: tuple[int, ...], wanted: int) -> bool:
        """Whether no column and no pair of columns rules the choice out."""
        singles = list(enumerate(node))
        return all(self.of((each,)) >= wanted for each in singles) and all(
            self.of(pair) >= wanted for pair in combinations(singles, 2)
        )


def _cost(columns: Sequence[Sequence[Form]], node: tuple[int, ...]) -> int:
    return sum(columns[at][level].cost for at, level in enumerate(node))


def _greedy(columns: Sequence[Sequence[Form]], counts: _Counts, wanted: int) -> Repair:
    """Everything dropped, then each column given back as far as it goes, the dearest first."""
    node = [len(forms) - 1 for forms in columns]
    for at in sorted(range(len(columns)), key=lambda at: -columns[at][-1].cost):
        dropped = node[at]
        for level in range(dropped + 1):
            node[at] = level
            if counts.of(tuple(enumerate(node))) >= wanted:
                break
        else:
            node[at] = dropped
    return Repair(tuple(node), _cost(columns, tuple(node)), counts.of(tuple(enumerate(node))), False)
