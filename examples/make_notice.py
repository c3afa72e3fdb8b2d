"""Write examples/qinghe/notice.docx from notice.txt: the same notice, with merged cells where the text has blank ones.

Run it again after editing notice.txt: python examples/make_notice.py [TXT DOCX]. Equal text gives equal bytes.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

QINGHE = Path(__file__).parent / "qinghe"
WIDTHS = [Cm(1.2), Cm(2.6), Cm(3.6), Cm(8.6), Cm(7.0), Cm(2.0)]
MERGED = 3  # columns in which a blank cell means "as above"
EPOCH = (2026, 1, 1, 0, 0, 0)


def split(text: str) -> tuple[list[str], list[list[str]], str]:
    """Paragraphs before the table, its rows (cells may hold line breaks), and the line after it."""
    front, table = text.split("\n\t", 1)
    body, tail = ("\t" + table).rstrip("\n").rsplit("\n", 1)
    rows = [[cell.rstrip("\n") for cell in row.split("\t")[1:]] for row in re.split(r"\n\n(?=\t)", body)]
    return front.strip("\n").split("\n"), rows, tail


def write(text: str) -> bytes:
    """The notice as docx."""
    front, rows, tail = split(text)
    document = Document()
    document.core_properties.author = "青禾县人民政府办公室"
    document.core_properties.created = document.core_properties.modified = datetime(*EPOCH, tzinfo=UTC)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(1.5)
    for line in front:
        if line:
            document.add_paragraph(line)
    _table(document, rows)
    document.add_paragraph(tail)
    buffer = io.BytesIO()
    document.save(buffer)
    return _still(buffer.getvalue())


def _table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(WIDTHS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    grid = [list(row.cells) for row in table.rows]
    for i, row in enumerate(rows):
        # The head has one cell less than the grid: the task's name stands over group and task.
        cells = row if i else [row[0], row[1], "", *row[2:]]
        for j, cell in enumerate(cells):
            grid[i][j].width = WIDTHS[j]
            if cell:
                grid[i][j].text = cell
    grid[0][1].merge(grid[0][2]).text = rows[0][1]
    for j in range(MERGED):
        for top, bottom in _runs([row[j] for row in rows[1:]]):
            if bottom > top:
                text = grid[top + 1][j].text
                grid[top + 1][j].merge(grid[bottom + 1][j]).text = text
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)


def _runs(column: list[str]) -> list[tuple[int, int]]:
    """First and last row of each stretch that begins with a filled cell."""
    starts = [i for i, cell in enumerate(column) if cell]
    return [(start, end - 1) for start, end in zip(starts, [*starts[1:], len(column)], strict=True)]


def _still(data: bytes) -> bytes:
    """The same package with one fixed time in it, so that equal text gives equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


if __name__ == "__main__":
    source, target = [Path(argument) for argument in sys.argv[1:3]] or [QINGHE / "notice.txt", QINGHE / "notice.docx"]
    target.write_bytes(write(source.read_text("utf-8")))
