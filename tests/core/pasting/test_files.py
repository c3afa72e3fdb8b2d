"""A docx as an article's body."""

import io

import docx
from tests.drawings import drawing

from gongkai.core.pasting import read_file, settled


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


def with_pictures() -> bytes:
    document = docx.Document()
    document.add_paragraph("工程已经完工。").add_run().add_picture(io.BytesIO(drawing(300, 200)))
    document.add_paragraph("现场如图：")
    document.add_paragraph().add_run().add_picture(io.BytesIO(drawing(300, 200, "PNG", seed=2)))
    told = list(
        document.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    )
    told[0].set("descr", "加固后的河堤，堤顶路面宽六米")
    told[1].set("descr", "图片包含 户外, 草 描述已自动生成")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "甲"
    table.cell(0, 1).paragraphs[0].add_run("乙").add_picture(io.BytesIO(drawing(300, 200, seed=3)))
    document.add_paragraph("以上。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_pictures_come_along_where_they_stand_with_what_was_said_of_them():
    read = read_file(with_pictures(), "a.docx")
    assert read.html.startswith(
        '<p>工程已经完工。</p><img src="carried:0"/><p>现场如图：</p><img src="carried:1"/><table>'
    )
    assert [(one.alt, one.data) for one in read.pictures[:2]] == [
        ("加固后的河堤，堤顶路面宽六米", drawing(300, 200)),
        ("", drawing(300, 200, "PNG", seed=2)),
    ]
    assert "\ue000" not in read.html and ">乙</th>" in read.html
    assert "图片、图形 1 处没有带入，需要公开的请在正文里用“图片”插入" in read.notes


def test_what_is_marked_as_decoration_in_word_is_one():
    document = docx.Document()
    document.add_paragraph("正文").add_run().add_picture(io.BytesIO(drawing(300, 200)))
    told = next(
        document.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    )
    space = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    mark = told.makeelement(f"{{{space}}}decorative", {"val": "1"})
    told.append(mark)
    out = io.BytesIO()
    document.save(out)
    assert [one.decorative for one in read_file(out.getvalue(), "a.docx").pictures] == [True]


def test_each_becomes_what_is_made_of_it():
    read = read_file(with_pictures(), "a.docx")
    assert settled(read.html, {0: "<甲/>"}).startswith("<p>工程已经完工。</p><甲/><p>现场如图：</p><table>")
