"""A `Document` -> findings with their place, hidden content, and what could not be examined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from gongkai.core.documents.model import Cell, Paragraph, Table
from gongkai.core.screening.hidden import hidden_findings
from gongkai.core.screening.model import Finding
from gongkai.core.screening.places import Places
from gongkai.core.screening.tables import LINES, office_lines, table_findings
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
    tables = list(tables)
    office = [cell for table in tables for cell in office_lines(table)]
    found = [one for one in screener.screen(text) if not _is_office_line(one, office)]
    extras = [extra for extra in table_findings(screener, text, tables) if not _known(extra, found)]
    return [one for one in found if not _in_list(one, extras)] + extras


def _is_office_line(one: Finding, office: Iterable[Cell]) -> bool:
    return one.rule in LINES and any(
        cell.start <= one.start and one.end <= cell.start + len(cell.text) for cell in office
    )


def _in_list(one: Finding, lists: Iterable[Finding]) -> bool:
    """Whether a finding for the whole list speaks for this row too."""
    return any(whole.rule == one.rule and whole.start <= one.start and one.end <= whole.end for whole in lists)


def _tables(document: Document) -> Iterator[Table]:
    """The tables of the file, and lists typed in the paragraphs between them."""
    yield from document.tables()
    for _, blocks in groupby(document.blocks, key=lambda block: isinstance(block, Paragraph)):
        if run := [block for block in blocks if isinstance(block, Paragraph)]:
            yield from typed_tables(document.text, run[0].start, run[-1].end)


def _known(extra: Finding, seen: Iterable[Finding]) -> bool:
    """Whether the text alone already told all of it."""
    return any(one.start <= extra.start <= extra.end <= one.end and one.category == extra.category for one in seen)


def _once(findings: list[Finding]) -> Iterator[Finding]:
    """Of one rule no two that overlap."""
    reach: dict[str, int] = {}
    for finding in findings:
        if reach.get(finding.rule, -1) > finding.start:
            continue
        reach[finding.rule] = finding.end
        yield finding
