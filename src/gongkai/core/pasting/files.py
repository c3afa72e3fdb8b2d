"""A file as an article's body: headings, numbers, lists and tables of a docx (or whatever else can be read)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gongkai.core.documents import Document, Paragraph, Table, Visibility, read_bytes
from gongkai.core.pasting.model import Line, Pasted, Picture, Piece, Run
from gongkai.core.pasting.notes import notes_of
from gongkai.core.pasting.numbering import settle
from gongkai.core.pasting.tables import table_of
from gongkai.core.pasting.word_pictures import MARK, marked
from gongkai.core.pasting.writing import write

_BESIDE = {
    "header": "页眉",
    "footer": "页脚",
    "comment": "批注",
    "footnote": "脚注",
    "endnote": "尾注",
    "textbox": "文本框",
}


def read_file(data: bytes, name: str) -> Pasted:
    """`DocumentError` when the file cannot be read."""
    marks, pictures = marked(data)
    document = read_bytes(marks, name)
    pieces = [piece for block in document.blocks for piece in _pieces(block, len(pictures))]
    notes = [*_notes(document), *_in_tables(document)]
    return Pasted(write(settle(pieces)), tuple(notes), tuple(pictures))


def _pieces(block: Paragraph | Table, pictures: int) -> Iterator[Piece]:
    if isinstance(block, Table):
        cells = [
            (cell.row, cell.column, MARK.sub("", cell.text), cell.row_span, cell.column_span) for cell in block.cells
        ]
        yield table_of(cells, block.rows, block.header_rows)
        return
    shown = [int(found) for found in MARK.findall(block.text)]
    heading = ("h2" if block.level == 1 else "h3") if block.level else "p"
    words = MARK.sub("", block.text)
    if words.strip() or not shown:
        yield Line([Run(words)], heading, block.label)
    yield from (Picture(number) for number in shown if number < pictures)


def _in_tables(document: Document) -> Iterator[str]:
    marks = sum(len(MARK.findall(cell.text)) for table in document.tables() for cell in table.cells)
    if marks:
        yield notes_of(Counter(picture=marks))[0]


def _notes(document: Document) -> list[str]:
    """Parts beside the body, text that no reader sees, and what could not be read."""
    beside = dict.fromkeys(_BESIDE.values(), 0)
    unseen = 0
    for part in document.parts:
        if part.place.part in _BESIDE:
            beside[_BESIDE[part.place.part]] += 1
        elif part.place.part == "body" and part.visibility in (Visibility.DELETED, Visibility.HIDDEN):
            unseen += 1
    said = [f"{words} {number} 处没有带入" for words, number in beside.items() if number]
    said += [f"隐藏或者已删除的文字 {unseen} 处没有带入"] if unseen else []
    return [*said, *document.not_examined]
