"""What the detectors hand to each other before it becomes a `Finding`: a stretch and the rule that spoke."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.core.screening.model import Category, Severity
from gongkai.core.screening.rules.model import Rule

# Rules of one family judge the same thing more and less exactly: on one stretch the exact one speaks alone.
_FAMILY = {
    Category.STATE_SECRET: "mark",
    Category.WORK_SECRET: "mark",
    Category.INTERNAL: "mark",
    Category.PERSONAL: "person",
    Category.LEXICON: "word",
    Category.TYPO: "word",
}
_WEIGHT = {Severity.BLOCK: 2, Severity.CONFIRM: 1, Severity.HINT: 0}


@dataclass(frozen=True, slots=True)
class Hit:
    """A suspicious stretch of the text that was judged; message, suggestion and forms override the rule's own."""

    rule: Rule
    start: int
    end: int
    message: str = ""
    suggestion: str = ""
    masked: str | None = None
    replacement: str | None = None

    @property
    def strength(self) -> tuple[int, int]:
        """Severity first, then the rank of the rule."""
        return _WEIGHT[self.rule.severity], self.rule.rank


def settle(hits: Iterable[Hit]) -> list[Hit]:
    """Sorted by place; of one rule no two overlap; of one family none lies wholly inside a stronger one.

    What covers a hit begins no later and, sorted so, comes before it. Hits of one rule do not overlap, so at most one
    of each rule is open at a time and the work is linear in the number of hits.
    """
    kept: list[Hit] = []
    open_hits: dict[str, dict[str, Hit]] = {}
    for hit in sorted(hits, key=_order):
        family = open_hits.setdefault(_FAMILY.get(hit.rule.category, hit.rule.category), {})
        same = family.get(hit.rule.id)
        if same is not None and same.end > hit.start:
            continue
        if any(other.end >= hit.end and other.strength > hit.strength for other in family.values()):
            continue
        family[hit.rule.id] = hit
        kept.append(hit)
    return kept


def _order(hit: Hit) -> tuple[int, int, int, int, str]:
    weight, rank = hit.strength
    return hit.start, -hit.end, -weight, -rank, hit.rule.id
