"""A docx as an article's body."""

import io

import docx

from gongkai.core.pasting import read_file


def made() -> bytes:
    document = docx.Document()
    document.add_heading("总体要求", 1)
    document.add_paragraph("各单位：")
    document.add_paragraph("甲", style="List Bullet")
    document.add_paragraph("乙", style="List Bullet")
    table = document.add_table(2, 3)
    for cell, text in zip(table.rows[0].cells, ("项目", "计划", "到位"), strict=True):
        cell.text = text
    table.cell(1, 1).merge(table.cell(1, 2)).text = "300"
    document.sections[0].header.paragraphs[0].text = "清河县"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_headings_lists_and_tables_of_a_docx():
    read = read_file(made(), "a.docx")
    assert read.html == (
        "<h2>总体要求</h2><p>各单位：</p><ul><li>甲</li><li>乙</li></ul>"
        '<table><tr><th scope="col">项目</th><th scope="col">计划</th><th scope="col">到位</th></tr>'
        '<tr><td></td><td colspan="2">300</td></tr></table>'
    )
    assert read.notes == ("页眉 1 处没有带入",)
