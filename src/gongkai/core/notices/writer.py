"""A plan written as a Word file or a workbook in the notice's own layout."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

from gongkai.core.notices.layout import Line, Sheet, lay_out
from gongkai.core.notices.model import Plan

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from openpyxl.worksheet.worksheet import Worksheet

_SIZES = {
    "number": 16,
    "title": 22,
    "heading": 16,
    "text": 16,
    "signature": 16,
}  # points: 二号 for the title, 三号 else
_TABLE_SIZE = 10.5  # points: 五号
_PAGE_WIDTH, _MARGIN = 297, 20  # millimetres: A4 lying


def write_docx(plan: Plan) -> bytes:
    """The plan as a Word file."""
    from docx import Document as new_document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    sheet = lay_out(plan)
    document = new_document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_PAGE_WIDTH), Mm(210)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    document.core_properties.title = plan.title
    document.core_properties.author = plan.issuer or ""
    _set_font(document)
    for line in sheet.lines:
        _write_line(document, line)
    _write_table(document, sheet)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_font(document: Document) -> None:
    from docx.oxml.ns import qn

    style = document.styles["Normal"]
    style.font.name = "FangSong"
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")


def _write_line(document: Document, line: Line) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    run = paragraph.add_run(line.text)
    run.font.size = Pt(_SIZES[line.style])
    run.bold = line.style in ("title", "heading")
    places = {
        "number": WD_ALIGN_PARAGRAPH.CENTER,
        "title": WD_ALIGN_PARAGRAPH.CENTER,
        "signature": WD_ALIGN_PARAGRAPH.RIGHT,
    }
    if line.style in places:
        paragraph.alignment = places[line.style]
    if line.style in ("heading", "text"):
        paragraph.paragraph_format.first_line_indent = Pt(2 * _SIZES[line.style])


def _write_table(document: Document, sheet: Sheet) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table = document.add_table(rows=sheet.rows, cols=len(sheet.widths))
    table.style = "Table Grid"
    table.autofit = False
    unit = (_PAGE_WIDTH - 2 * _MARGIN) / sum(sheet.widths)
    for column, width in zip(table.columns, sheet.widths, strict=True):
        column.width = Mm(unit * width)
    grid = [list(row.cells) for row in table.rows]
    for area in sheet.areas:
        cell = grid[area.row][area.column]
        if area.rows > 1 or area.columns > 1:
            cell = cell.merge(grid[area.row + area.rows - 1][area.column + area.columns - 1])
        for at, text in enumerate(area.text.split("\n")):
            _fill(cell.paragraphs[0] if at == 0 else cell.add_paragraph(), text, bold=area.row == 0)
    # the header is repeated on every page
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(paragraph: Paragraph, text: str, *, bold: bool) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size = Pt(_TABLE_SIZE)
    run.bold = bold


def write_xlsx(plan: Plan) -> bytes:
    """The plan as a workbook of one sheet."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = lay_out(plan)
    book = Workbook()
    page = cast("Worksheet", book.active)
    page.title = "任务分解表"
    for at, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    top = _write_rows(page, sheet)
    page.freeze_panes = f"A{top + 1}"
    page.print_title_rows = f"{top}:{top}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_rows(page: Worksheet, sheet: Sheet) -> int:
    """Fill the sheet; the row of the header."""
    from openpyxl.styles import Alignment, Border, Font, Side

    width, thin = len(sheet.widths), Side(style="thin")
    for row, line in enumerate(sheet.lines, 1):
        page.cell(row, 1, line.text).font = Font(bold=line.style in ("title", "heading"))
        side = {"title": "center", "number": "center", "signature": "right"}.get(line.style, "left")
        page.cell(row, 1).alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
        if width > 1:
            page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    top = len(sheet.lines) + 1
    for row in range(top, top + sheet.rows):
        for column in range(1, width + 1):
            page.cell(row, column).border = Border(thin, thin, thin, thin)
    for area in sheet.areas:
        at, left = top + area.row, area.column + 1
        cell = page.cell(at, left, area.text or None)
        cell.data_type = "s" if area.text else "n"  # what begins with = is text as well
        cell.font = Font(bold=area.row == 0)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        if area.rows > 1 or area.columns > 1:
            page.merge_cells(
                start_row=at, start_column=left, end_row=at + area.rows - 1, end_column=left + area.columns - 1
            )
    return top
