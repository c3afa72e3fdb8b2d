"""A file as an article's body: headings, numbers, lists and tables of a docx (or whatever else can be read)."""

from __future__ import annotations

from gongkai.core.documents import Document, Paragraph, Table, Visibility, read_bytes
from gongkai.core.pasting.model import Line, Pasted, Piece, Run
from gongkai.core.pasting.numbering import settle
from gongkai.core.pasting.tables import table_of
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
    document = read_bytes(data, name)
    return Pasted(write(settle([_piece(block) for block in document.blocks])), tuple(_notes(document)))


def _piece(block: Paragraph | Table) -> Piece:
    if isinstance(block, Paragraph):
        heading = ("h2" if block.level == 1 else "h3") if block.level else "p"
        return Line([Run(block.text)], heading, block.label)
    cells = [(cell.row, cell.column, cell.text, cell.row_span, cell.column_span) for cell in block.cells]
    return table_of(cells, block.rows, block.header_rows)


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
