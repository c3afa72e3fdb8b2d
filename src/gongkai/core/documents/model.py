"""What a file says, whatever its format: one `Document` of paragraphs and tables, with places and offsets.

All offsets are Unicode code points into `Document.text`, which holds everything that was extracted: the visible body
first, in reading order, then what stands beside it (headers, comments, deleted text, properties …), so that a
finding in any of it has an offset and a place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby


class Visibility(StrEnum):
    """Whether a reader of the printed file would see the text."""

    VISIBLE = "visible"
    INSERTED = "inserted"  # a tracked insertion: read as accepted
    DELETED = "deleted"  # a tracked deletion: not part of the body
    HIDDEN = "hidden"  # hidden by formatting, row, column or sheet


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of text stands. Numbers count from 1; what does not apply is None.

    `part` is body, header, footer, comment, footnote, endnote, textbox, properties, annotation, attachment …; the words
    for all of them stand in `places`.
    inside: the file inside the file, in words (附件“名单.xlsx”), "" for the file itself.
    why: why a reader does not see the text (隐藏列, 白色文字 …), in words.
    """

    part: str = "body"
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None  # spreadsheet address, such as B4
    inside: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of `Document.text` that is not plainly visible body text."""

    start: int
    end: int
    visibility: Visibility
    place: Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body; `label` is the number that the word processor prints but does not store as text."""

    text: str
    start: int
    place: Place
    label: str = ""
    level: int | None = None  # outline level 1–9 of a heading, None for running text

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell at its top-left position (from 0), with the rows and columns it covers.

    `text` keeps line breaks between the cell's paragraphs as ``\\n``.
    """

    row: int
    column: int
    text: str
    start: int
    place: Place
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a set of non-overlapping cells; positions without a cell are blank."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    place: Place
    header_rows: int = 0  # rows the file itself marks as heading, 0 when it does not say

    def grid(self) -> list[list[Cell | None]]:
        """Rows × columns; a merged cell stands in every position it covers."""
        grid: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.columns)):
                    grid[row][column] = cell
        return grid


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Part:
    """Text outside the visible body: a header, a comment, a deletion, a hidden sheet, a document property …"""

    text: str
    start: int
    place: Place
    visibility: Visibility
    author: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file read whole.

    kind: docx, doc, pdf, xlsx, xls, csv, html, txt or markdown, found from the content; of files read whole also image,
        zip, pptx, ofd, mail.
    text: everything extracted; every offset in the document indexes it.
    spans: the stretches of `text` that are not plainly visible.
    not_examined: what the file holds but could not be read, in words (an image without text recognition …).
    has_macros: the file carries a program of its own; it is never run.
    """

    kind: str
    text: str
    blocks: tuple[Block, ...]
    parts: tuple[Part, ...] = ()
    spans: tuple[Span, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    not_examined: tuple[str, ...] = ()
    has_macros: bool = False

    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def hidden_cells(self) -> Iterator[tuple[str, str]]:
        """Hidden rows, columns and sheets with something in them: the first cell (sheet!cell) and why it is hidden."""
        places = (part.place for part in self.parts if part.place.cell and part.place.why.startswith("隐藏"))
        for (sheet, why), run in groupby(places, key=lambda place: (place.sheet, place.why)):
            yield f"{sheet}!{next(run).cell}", why

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))


class DocumentError(Exception):
    """The file cannot be read: `str()` is one line in Chinese that says what, where and what to do."""
