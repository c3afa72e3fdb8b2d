"""Puts a `Document` together so that every offset in it is right by construction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from gongkai.core.documents.model import Block, Cell, Document, Paragraph, Part, Place, Span, Table, Visibility


def in_body(visibility: Visibility) -> bool:
    """Tracked changes are read as accepted: insertions belong to the body, deletions do not."""
    return visibility in (Visibility.VISIBLE, Visibility.INSERTED)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one visibility (and one author, for tracked changes)."""

    text: str
    visibility: Visibility = Visibility.VISIBLE
    author: str = ""


@dataclass(slots=True)
class RawCell:
    """A cell before it has an offset."""

    row: int
    column: int
    runs: Sequence[Run]
    row_span: int = 1
    column_span: int = 1
    address: str | None = None  # spreadsheet address


def plain(text: str) -> list[Run]:
    """One visible run, or none for an empty text."""
    return [Run(text)] if text else []


def visible_text(runs: Iterable[Run]) -> str:
    """What a reader of the printed file sees of these runs."""
    return "".join(run.text for run in runs if in_body(run.visibility))


class Builder:
    """Collects blocks in reading order; parts are kept back and put behind the body."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._spans: list[Span] = []
        self._waiting: list[tuple[str, Place, Visibility, str]] = []
        self._notes: list[str] = []
        self.tables = 0
        self.properties: dict[str, str] = {}
        self._has_macros = False

    def paragraph(self, runs: Sequence[Run], place: Place, label: str = "", level: int | None = None) -> None:
        """Add a paragraph; a blank one without a label is left out, hidden and deleted runs become parts."""
        body = visible_text(runs)
        if body.strip() or label:
            start = self._put(runs, place)
            self._blocks.append(Paragraph(body, start, place, label, level))
            self._append("\n")
        self.set_aside(runs, place)

    def table(self, cells: Iterable[RawCell], rows: int, columns: int, place: Place, header_rows: int = 0) -> None:
        """Add a table; it gets the next table number. Nothing is added for one without cells."""
        cells = sorted(cells, key=lambda cell: (cell.row, cell.column))
        if not cells:
            return
        self.tables += 1
        place = replace(place, table=self.tables)
        done = []
        for cell in cells:
            at = Place(
                place.part,
                place.page,
                place.paragraph,
                self.tables,
                cell.row + 1,
                cell.column + 1,
                place.sheet,
                cell.address,
                place.inside,
                place.why,
            )  # `replace` takes five times as long
            start = self._length
            if len(cell.runs) == 1 and cell.runs[0].visibility is Visibility.VISIBLE:  # nearly all, in long lists
                text = cell.runs[0].text
                self._append(text)
            else:
                self._put(cell.runs, at)
                text = visible_text(cell.runs)
                self.set_aside(cell.runs, at)
            done.append(Cell(cell.row, cell.column, text, start, at, cell.row_span, cell.column_span))
            self._append("\t")
        self._append("\n")
        self._blocks.append(Table(tuple(done), rows, columns, place, header_rows))

    def part(
        self,
        text: str,
        place: Place,
        visibility: Visibility = Visibility.VISIBLE,
        author: str = "",
        *,
        once: bool = False,
    ) -> None:
        """Add text that stands beside the body; `once` leaves out a repetition of the same text in the same part."""
        entry = (text.strip("\n"), place, visibility, author)
        if text.strip() and not (once and entry in self._waiting):
            self._waiting.append(entry)

    def property(self, name: str, value: str) -> None:
        """A document property: kept by name and searchable as a part."""
        if value.strip():
            self.properties[name] = value.strip()
            self.part(value.strip(), Place(part="properties"), Visibility.HIDDEN)

    def not_examined(self, what: str) -> None:
        """Say once that something in the file could not be read."""
        if what not in self._notes:
            self._notes.append(what)

    def macros(self) -> None:
        """Say that the file carries a program of its own, which is not run."""
        self._has_macros = True
        self.not_examined("宏（未运行）")

    def build(self, kind: str) -> Document:
        parts = []
        for text, place, visibility, author in self._waiting:
            parts.append(Part(text, self._length, place, visibility, author))
            if visibility is not Visibility.VISIBLE:
                self._spans.append(Span(self._length, self._length + len(text), visibility, place))
            self._append(text)
            self._append("\n")
        return Document(
            kind=kind,
            text="".join(self._pieces),
            blocks=tuple(self._blocks),
            parts=tuple(parts),
            spans=tuple(self._spans),
            properties=dict(self.properties),
            not_examined=tuple(self._notes),
            has_macros=self._has_macros,
        )

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _put(self, runs: Iterable[Run], place: Place) -> int:
        """Append what is in the body, mark insertions; where it starts."""
        start = self._length
        for run in runs:
            if run.visibility is Visibility.INSERTED and run.text:
                self._spans.append(Span(self._length, self._length + len(run.text), run.visibility, place))
            if in_body(run.visibility):
                self._append(run.text)
        return start

    def set_aside(self, runs: Iterable[Run], place: Place) -> None:
        """Deleted and hidden runs become parts, neighbours of one kind and author together."""
        for (visibility, author), group in groupby(runs, key=lambda run: (run.visibility, run.author)):
            if not in_body(visibility):
                self.part("".join(run.text for run in group), place, visibility, author)
