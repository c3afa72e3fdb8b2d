"""Office packages rewritten: nothing that no reader looks at keeps a number, and the copy still opens."""

import io
import re
import zipfile

import openpyxl
import pytest
from docx import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.chart import BarChart, Reference
from tests.core.redaction.packages import ID, inside, saved

from gongkai.core.redaction import redact_bytes


def changed(data, name, old, new):
    """The package with one of its members rewritten, or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as packed:
        for each in source.namelist():
            content = source.read(each)
            packed.writestr(each, re.sub(old.encode(), new.encode(), content, count=1) if each == name else content)
        if name not in source.namelist():
            packed.writestr(name, new)
    return target.getvalue()


def word(*paragraph_children):
    file = Word()
    paragraph = file.add_paragraph("正文。")
    for child in paragraph_children:
        paragraph._p.append(parse_xml(child.replace("<w:", "<w:", 1).replace(" ", f" {nsdecls('w')} ", 1)))
    return saved(file)


@pytest.mark.parametrize(
    "data",
    [
        word(f'<w:bookmarkStart w:id="9" w:name="_{ID}"/>'),
        word(f'<w:smartTag w:element="x"><w:smartTagPr><w:attr w:name="a" w:val="{ID}"/></w:smartTagPr></w:smartTag>'),
        word(f'<w:fldSimple w:instr=" MERGEFIELD {ID} "><w:r><w:t>甲</w:t></w:r></w:fldSimple>'),
        changed(word(), "word/document.xml", "<w:body>", f"<w:body><!-- {ID} --><?note {ID}?>"),
        changed(word(), "word/styles.xml", 'w:name w:val="heading 1"', f'w:name w:val="{ID}"'),
        changed(word(), "word/unknown.xml", "", f"<x>{ID}</x>"),
    ],
    ids=["bookmark", "smart tag", "field", "asides of the XML", "name of a style", "member that nothing refers to"],
)
def test_no_trace_in_word(screener, data):
    copy = redact_bytes(data, "a.docx", screener)
    assert ID in inside(data) and ID not in inside(copy.data)
    assert [paragraph.text for paragraph in Word(io.BytesIO(copy.data)).paragraphs] == ["正文。"] or "甲" in inside(
        copy.data
    )


def test_fields_of_pages_stay(screener):
    copy = redact_bytes(word('<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'), "a.docx", screener)
    assert "PAGE" in inside(copy.data)


def test_no_trace_in_a_workbook_and_its_chart_is_still_there(screener):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = ID
    for row in (("事项", "件数"), ("甲", 3), ("乙", 5)):
        sheet.append(row)
    chart = BarChart()
    chart.title = f"图{ID}"
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "D2")
    sheet["A2"].number_format = f'"{ID}"@'
    copy = redact_bytes(saved(book), "a.xlsx", screener)
    assert ID not in inside(copy.data)
    again = openpyxl.load_workbook(io.BytesIO(copy.data)).active
    assert again.title == "X" * len(ID) and len(again._charts) == 1 and again["B3"].value == 5


def test_text_of_a_shape_in_several_runs_is_masked(screener):
    shape = f"<a:p><a:r><a:t>号{ID[:8]}</a:t></a:r><a:r><a:t>{ID[8:]}</a:t></a:r></a:p>"
    drawn = f'<w:r><w:drawing><x:sp xmlns:x="x" xmlns:a="a">{shape}</x:sp></w:drawing></w:r>'
    source = changed(word(), "word/document.xml", "</w:p>", f"{drawn}</w:p>")
    assert ID[8:] not in inside(redact_bytes(source, "a.docx", screener).data)
