"""A `Document` -> findings with their place, hidden content, and what could not be examined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from gongkai.core.documents.model import Paragraph, Table
from gongkai.core.screening.hidden import hidden_findings
from gongkai.core.screening.model import Finding
from gongkai.core.screening.places import Places
from gongkai.core.screening.stretches import Stretches
from gongkai.core.screening.tables import BELOW, SENSITIVE, harmless, table_findings
from gongkai.core.screening.typed import typed_tables

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
    found = [*_said(screener, document.text, _tables(document)), *hidden_findings(document)]
    places = Places(document)
    placed = [finding if finding.where else replace(finding, where=places.of(finding.start)) for finding in found]
    placed.sort(key=lambda finding: (finding.start, finding.end, finding.rule))
    return Screening(tuple(_once(placed)), document.not_examined)


def screen_text(screener: Screener, text: str) -> list[Finding]:
    """The same for a text that is no file: what it says, and what the headings of lists typed in it tell."""
    found = _said(screener, text, typed_tables(text))
    found.sort(key=lambda finding: (finding.start, finding.end, finding.rule))
    return list(_once(found))


def _said(screener: Screener, text: str, tables: Iterable[Table]) -> list[Finding]:
    """What the text and its tables tell: a list speaks for its rows, telephones of an office are no finding."""
    tables = list(tables)
    excused = Stretches(stretch for table in tables for stretch in harmless(table))
    found = [one for one in screener.screen(text) if not excused.cover(one.rule, one.start, one.end)]
    told = [one for one in table_findings(screener, text, tables) if not excused.cover(one.rule, one.start, one.end)]
    whole = [extra for extra in told if extra.rule in SENSITIVE]
    found = [one for one in found if not _of_a_list(one, whole)]
    known = Stretches((one.category, one.start, one.end) for one in found)
    extras = [extra for extra in told if not known.cover(extra.category, extra.start, extra.end)]
    lists = Stretches((extra.rule, extra.start, extra.end) for extra in extras)
    return [one for one in found if not lists.cover(one.rule, one.start, one.end)] + extras


def _of_a_list(one: Finding, lists: Iterable[Finding]) -> bool:
    """Whether it is a heading with the lines below it, and those are a table that speaks for itself."""
    return one.rule in BELOW and any(one.start < found.end and found.start < one.end for found in lists)


def _tables(document: Document) -> Iterator[Table]:
    """The tables of the file, and lists typed in the paragraphs between them."""
    yield from document.tables()
    for _, blocks in groupby(document.blocks, key=lambda block: isinstance(block, Paragraph)):
        if run := [block for block in blocks if isinstance(block, Paragraph)]:
            yield from typed_tables(document.text, run[0].start, run[-1].end)


def _once(findings: list[Finding]) -> Iterator[Finding]:
    """Of one rule no two that overlap."""
    reach: dict[str, int] = {}
    for finding in findings:
        if reach.get(finding.rule, -1) > finding.start:
            continue
        reach[finding.rule] = finding.end
        yield finding
