"""The ledger as a Word file: A4 across, the notice's table with its merged cells, the head repeated on every page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.foundation.spreadsheets import printable
from gongkai.ledger.exporting.layout import Sheet

_WIDTHS = (10, 24, 32, 72, 58, 18, 16, 26, 12)  # mm; 268 of 297 less the margins
_MARGIN = 14  # mm
_FONT, _BODY, _TITLE = "仿宋", Pt(10.5), Pt(18)


def write(sheet: Sheet) -> bytes:
    document = Document()
    _set_up(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(printable(sheet.title))
    run.bold, run.font.size = True, _TITLE
    document.add_paragraph(printable(sheet.note)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write_table(document, sheet)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, _BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)


def _write_table(document: Any, sheet: Sheet) -> None:
    table = document.add_table(rows=len(sheet.rows) + 1, cols=len(sheet.head), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    grid = [row.cells for row in table.rows]  # reading the cells of a row anew each time would take a minute
    hidden = {(row, merge.column) for merge in sheet.merges for row in range(merge.first + 1, merge.last + 1)}
    for cell, text, width in zip(grid[0], sheet.head, _WIDTHS, strict=True):
        cell.width = Mm(width)
        cell.paragraphs[0].add_run(text).bold = True
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for at, row in enumerate(sheet.rows):
        for column, text in enumerate(row.cells()):
            grid[at + 1][column].width = Mm(_WIDTHS[column])
            if (at, column) not in hidden:
                grid[at + 1][column].text = printable(text)
    grid[0][1].merge(grid[0][2])
    for merge in sheet.merges:
        grid[merge.first + 1][merge.column].merge(grid[merge.last + 1][merge.column])
    _repeat_head(table.rows[0])


def _repeat_head(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
