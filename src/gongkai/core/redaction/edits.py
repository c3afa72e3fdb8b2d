"""Findings -> edits of the extracted text: what stands where, and what shall stand there instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.core.documents import Cell, Document
from gongkai.core.screening import Category, Finding
from gongkai.core.screening.aggregation.kinds import kind_of_content, kind_of_heading

BLANK = "×"
_NAME = re.compile(r"[\u4e00-\u9fff·\s]{2,6}")
_HEADING_WITHIN = 5  # rows


@dataclass(frozen=True, slots=True)
class Edit:
    """Code points of `Document.text` that become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the document that stands in one place of the file; `cell` is the sheet and address, if it has one."""

    start: int
    text: str
    cell: tuple[str, str] | None = None
    page: int | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def is_masked_here(finding: Finding) -> bool:
    """Whether masking settles it: what is said of people, and what is hidden. Wording and marks need a person."""
    return finding.category in (Category.PERSONAL, Category.HIDDEN_CONTENT)


def pieces(document: Document) -> list[Piece]:
    """Every line of the document, body first."""
    found: list[Piece] = []
    for paragraph in document.paragraphs():
        place = paragraph.place
        found += _lines(paragraph.start, paragraph.text, place.sheet, place.cell, place.page)
    for table in document.tables():
        for cell in table.cells:
            found += _lines(cell.start, cell.text, cell.place.sheet, cell.place.cell, cell.place.page)
    found.sort(key=lambda piece: piece.start)
    for part in document.parts:
        found += _lines(part.start, part.text, part.place.sheet, part.place.cell, part.place.page)
    return found


def _lines(start: int, text: str, sheet: str | None, address: str | None, page: int | None) -> Iterator[Piece]:
    cell = (sheet, address) if sheet is not None and address is not None else None
    if cell is not None:
        yield Piece(start, text, cell, page)
        return
    for line in text.split("\n"):
        if line:
            yield Piece(start, line, None, page)
        start += len(line) + 1


def edits(document: Document, findings: Iterable[Finding]) -> list[Edit]:
    """What to change, sorted, without overlaps; the longer of two that begin together wins."""
    wanted = sorted(
        (edit for finding in findings for edit in _edits(document, finding)), key=lambda edit: (edit.start, -edit.end)
    )
    kept: list[Edit] = []
    for edit in wanted:
        last = kept[-1] if kept else None
        if last is None or edit.start >= last.end:
            kept.append(edit)
        elif edit.end > last.end:  # a stretch that begins inside another: both go
            kept[-1] = Edit(last.start, edit.end, covered(document.text[last.start : edit.end]))
    return kept


def _edits(document: Document, finding: Finding) -> Iterator[Edit]:
    stretch = document.text[finding.start : finding.end]
    if not stretch.strip():
        return
    if finding.category is Category.HIDDEN_CONTENT:
        yield Edit(finding.start, finding.end, "")
    elif "\t" in stretch or "\n" in stretch:
        names = list(_names(document, finding))
        yield from names or [Edit(finding.start, finding.end, covered(stretch))]
    else:
        yield Edit(finding.start, finding.end, form(finding, stretch))


def form(finding: Finding, stretch: str) -> str:
    """The accepted form; else the excerpt where it is the stretch with its secret starred; else crosses."""
    if finding.replacement is not None and finding.replacement != stretch:
        return finding.replacement
    if finding.masked != stretch and len(finding.masked) == len(stretch):
        return finding.masked
    return covered(stretch)


def covered(stretch: str) -> str:
    """Crosses of the same length; white space stays, so that lines and cells do."""
    return "".join(each if each.isspace() else BLANK for each in stretch)


def _names(document: Document, finding: Finding) -> Iterator[Edit]:
    """A finding over a whole list of people is settled by its names: 姓**."""
    for table in document.tables():
        if not table.cells or not table.cells[0].start <= finding.start <= table.cells[-1].start:
            continue
        grid = table.grid()
        columns = [at for at in range(table.columns) if _holds_names([row[at] for row in grid])]
        seen: set[int] = set()
        for cell in (row[at] for row in grid for at in columns):
            if cell is not None and cell.start not in seen and _NAME.fullmatch(cell.text.strip()):
                seen.add(cell.start)
                if kind_of_heading(cell.text) is None:
                    yield from _name(cell)


def _holds_names(cells: list[Cell | None]) -> bool:
    """By one of its first cells, the heading, or by what it holds."""
    texts = [cell.text for cell in cells if cell is not None]
    headed = (kind_of_heading(text) for text in texts[:_HEADING_WITHIN])
    if any(kind is not None and kind.key == "name" for kind in headed):
        return True
    content = kind_of_content(texts[1:])
    return content is not None and content.key == "name"


def _name(cell: Cell) -> Iterator[Edit]:
    """Every character but the first; blanks inside a name (王　伟) go with it."""
    text = cell.text
    first = len(text) - len(text.lstrip())
    if len(text.strip()) > 1:
        yield Edit(cell.start + first + 1, cell.start + len(text.rstrip()), "*" * (len(text.strip()) - 1))
