"""Hits -> `Finding`s: offsets of the text as it came, masked excerpt, replacement."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.core.screening.hits import Hit
from gongkai.core.screening.lexicon import Entry
from gongkai.core.screening.masks import ACCEPTED, MASKS
from gongkai.core.screening.model import Category, Finding
from gongkai.core.screening.normalise import Clean

_SECRET = (Category.STATE_SECRET, Category.WORK_SECRET, Category.INTERNAL, Category.PERSONAL)


def finding(hit: Hit, text: str, clean: Clean | None) -> Finding:
    """One hit in its final form."""
    rule, stretch = hit.rule, text[hit.start : hit.end]
    masked = hit.masked
    if masked is None:
        masked = MASKS[rule.mask](stretch) if rule.mask else stretch
    replacement = hit.replacement
    if replacement is None and rule.mask in ACCEPTED:
        replacement = masked
    start, end = clean.original(hit.start, hit.end) if clean else (hit.start, hit.end)
    return Finding(
        rule.id,
        rule.category,
        rule.severity,
        start,
        end,
        masked,
        hit.message or rule.message,
        hit.suggestion or rule.suggestion,
        replacement,
    )


def entry_findings(entries: Iterable[tuple[int, int, str, Entry]], text: str, clean: Clean | None) -> list[Finding]:
    """Words of lexicons; of one lexicon the leftmost and longest of those that overlap."""
    found: list[Finding] = []
    reach: dict[str, int] = {}
    for start, end, rule, entry in sorted(entries, key=lambda one: (one[0], -one[1])):
        if reach.get(rule, -1) > start:
            continue
        reach[rule] = end
        first, last = clean.original(start, end) if clean else (start, end)
        found.append(_entry_finding(first, last, rule, entry))
    return found


def _entry_finding(start: int, end: int, rule: str, entry: Entry) -> Finding:
    word, right = entry.word, entry.suggestion
    wording = entry.category in (Category.LEXICON, Category.TYPO)
    if entry.category is Category.TYPO:
        message = f"疑似错别字“{word}”"
    elif wording:
        message = f"“{word}”需要核对"
    else:
        word = MASKS["tail"](word) if entry.category in _SECRET else word
        message = "出现词库中的词语"
    return Finding(
        rule,
        entry.category,
        entry.severity,
        start,
        end,
        word,
        message,
        (f"建议改为“{right}”" if wording else right) if right else "请核对用语",
        right if wording and right else None,
    )
