"""政府信息公开保密审查表 as a Word file: A4 upright, one page when little is said, in the layout offices know."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.foundation.spreadsheets import printable
from gongkai.review.models import Attribute, Carrier, OtherWay
from gongkai.review.questions import YES, questions
from gongkai.review.register.sheets import COLUMNS, Sheet
from gongkai.review.selectors import label_of

FONT, HEAD_FONT = "仿宋", "宋体"  # 宋体 for the heading: 小标宋 is not on every machine
TEXT, TITLE = Pt(10.5), Pt(18)
LABEL_WIDTH, WIDTH, MARGIN = 42, 174, 18  # mm of 210
LINE, ROOM = 9, 16  # mm high at least; room for a signature or a seal where somebody says what they think
CHECKED, EMPTY = "☑", "☐"
WIDE = ("attribute", "put_forward", "section", "legal", "secrecy", "signed")
AFTER = ("opinions", "machine", "words", "personal", "aggregation", "published", "archive")


def write_form(sheet: Sheet) -> bytes:
    """The form of one release."""
    document = Document()
    _set_up(document, sheet)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(_("政府信息公开保密审查表"))
    run.bold, run.font.size = True, TITLE
    _face(run, HEAD_FONT)
    document.add_paragraph(f"{COLUMNS['number']}：{sheet.number}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _Table(document).fill(sheet)
    document.add_paragraph(_("内容摘要值（SM3）：%s") % sheet.release.digest).runs[0].font.size = Pt(8)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up(document: Any, sheet: Sheet) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, TEXT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    document.core_properties.title = printable(_("政府信息公开保密审查表") + sheet.number)
    document.core_properties.author = ""


class _Table:
    """Four columns: label and value twice, or one label and a value over the other three."""

    def __init__(self, document: Any) -> None:
        self.table = document.add_table(rows=0, cols=4, style="Table Grid")
        self.table.alignment, self.table.autofit = WD_TABLE_ALIGNMENT.CENTER, False

    def fill(self, sheet: Sheet) -> None:
        self.pair("body", sheet.body, "carrier", f"{_carriers(sheet)}\n{label_of(sheet.release)}")
        self.wide(str(COLUMNS["title"]), sheet.title)
        self.wide(str(_("公开属性")), _attributes(sheet))
        self.wide(str(_("公开依据")), sheet.attribute.partition("；")[2])
        self.wide(str(COLUMNS["way"]), _ways(sheet))
        self.wide(str(COLUMNS["when"]), sheet.when)
        self.wide(_("条例第14—16条核对"), _answers(sheet))
        for name in WIDE[1:]:
            self.wide(str(COLUMNS[name]), getattr(sheet, name), ROOM)
        for name in AFTER:
            self.wide(str(COLUMNS[name]), getattr(sheet, name))

    def pair(self, first: str, one: str, second: str, other: str) -> None:
        cells = self._row()
        for at, (label, text) in enumerate(((COLUMNS[first], one), (COLUMNS[second], other))):
            _label(cells[2 * at], str(label))
            _value(cells[2 * at + 1], text)

    def wide(self, label: str, text: str, height: int = LINE) -> None:
        cells = self._row(height)
        _label(cells[0], label)
        _value(cells[1].merge(cells[3]), text)

    def _row(self, height: int = LINE) -> Any:
        row = self.table.add_row()
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        rest = (WIDTH - 2 * LABEL_WIDTH) / 2
        for cell, width in zip(row.cells, (LABEL_WIDTH, rest, LABEL_WIDTH, rest), strict=True):
            cell.width = Mm(width)
        return row.cells


def _label(cell: Any, text: str) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold = True
    _face(run, HEAD_FONT)


def _value(cell: Any, text: str) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    lines = printable(text).split("\n")
    cell.paragraphs[0].add_run(lines[0])
    for line in lines[1:]:
        cell.add_paragraph(line)


def _face(run: Any, name: str) -> None:
    run.font.name = name
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _boxes(labels: Iterable[tuple[Any, bool]]) -> str:
    return "  ".join(f"{CHECKED if ticked else EMPTY}{label}" for label, ticked in labels)


def _attributes(sheet: Sheet) -> str:
    return _boxes((one.label, one == sheet.release.attribute) for one in Attribute)


def _carriers(sheet: Sheet) -> str:
    return _boxes((one.label, one == sheet.release.carrier) for one in Carrier)


def _ways(sheet: Sheet) -> str:
    site = (_("政府网站"), sheet.release.attribute == Attribute.PROACTIVE)
    return _boxes([site, *((one.label, one in sheet.release.other_ways) for one in OtherWay)])


def _answers(sheet: Sheet) -> str:
    """The questions that were answered with yes, with what was said of them; all the others together."""
    given = sheet.answers
    yes = [one for one in questions() if given.get(one.key, {}).get("answer") == YES]
    open_ones = [one for one in questions() if one.key not in given]
    told = [_("%(article)s：%(text)s：是。%(note)s") % _said(one, given[one.key]) for one in yes]
    if open_ones:
        told.append(_("未答 %d 项") % len(open_ones))
    elif not yes:
        told.append(_("各项均答“否”"))
    return "\n".join(told)


def _said(question: Any, given: dict[str, str]) -> dict[str, str]:
    return {"article": question.article, "text": question.text, "note": given.get("note", "")}
