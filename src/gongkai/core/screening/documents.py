"""A `Document` -> findings with their place, hidden content, and what could not be examined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gongkai.core.screening.hidden import hidden_findings
from gongkai.core.screening.model import Category, Finding
from gongkai.core.screening.places import Places
from gongkai.core.screening.tables import table_findings

if TYPE_CHECKING:
    from gongkai.core.documents import Document
    from gongkai.core.screening.engine import Screener


@dataclass(frozen=True, slots=True)
class Screening:
    """What was found in a document, sorted by offset into `Document.text`, and what in it was not examined."""

    findings: tuple[Finding, ...]
    not_examined: tuple[str, ...] = ()


def screen_document(screener: Screener, document: Document) -> Screening:
    """Screen everything a document says: body, tables as tables, what stands beside the body and what is hidden."""
    found = screener.screen(document.text)
    seen = [(finding.start, finding.end, finding.category) for finding in found]
    found += (extra for extra in table_findings(screener, document) if not _known(extra, seen))
    found += hidden_findings(document)
    places = Places(document)
    placed = [finding if finding.where else replace(finding, where=places.of(finding.start)) for finding in found]
    placed.sort(key=lambda finding: (finding.start, finding.end, finding.rule))
    return Screening(tuple(_once(placed)), document.not_examined)


def _known(extra: Finding, seen: list[tuple[int, int, Category]]) -> bool:
    """Whether the text alone already told the same."""
    return any(start < extra.end and extra.start < end and category == extra.category for start, end, category in seen)


def _once(findings: list[Finding]) -> Iterator[Finding]:
    """Of one rule no two that overlap."""
    reach: dict[str, int] = {}
    for finding in findings:
        if reach.get(finding.rule, -1) > finding.start:
            continue
        reach[finding.rule] = finding.end
        yield finding
