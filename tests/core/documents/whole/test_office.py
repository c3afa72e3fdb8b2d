"""Word, Excel and slides read whole: nothing in the package is passed over in silence."""

from __future__ import annotations

import base64
import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image

from gongkai.core.documents import Visibility, describe, read_bytes
from gongkai.core.documents.whole import conditions
from gongkai.core.screening.hidden import hidden_findings

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" Type="{R}/hyperlink" Target="mailto:zhang@example.com" TargetMode="External"/></Relationships>'


def told(document):
    """Words for the place, and the text, of everything that is not plainly visible or stands beside the body."""
    beside = {(describe(part.place, part.visibility), part.text) for part in document.parts}
    return beside | {
        (describe(span.place, span.visibility), document.text[span.start : span.end]) for span in document.spans
    }


def read(data, whole, name="试"):
    return whole(read_bytes(data, name, whole=True))


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    "properties",
    [
        '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="FEFEFE"/>',
        '<w:sz w:val="2"/>',
        '<w:color w:themeColor="background1"/>',
    ],
)
def test_white_and_tiny_text_of_word_is_hidden(word, whole, properties):
    data = word(f"<w:p>{run('公开')}{run('13800001234', properties)}</w:p>")
    document = read(data, whole)
    assert [each.text for each in document.paragraphs()] == ["公开"]
    assert ("第1段（隐藏文字）", "13800001234") in told(document)
    assert next(read_bytes(data).paragraphs()).text == "公开13800001234", "for a notice it stays what it was"


@pytest.mark.parametrize(
    "cell", ['<w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr>', ""], ids=["shaded cell", "plain cell"]
)
def test_white_on_a_coloured_ground_is_seen(word, whole, cell):
    text = run("姓名", '<w:color w:val="FFFFFF"/>')
    document = read(word(f"<w:tbl><w:tr><w:tc>{cell}<w:p>{text}</w:p></w:tc></w:tr></w:tbl>"), whole)
    assert bool([part for part in document.parts if part.text == "姓名"]) is (cell == "")


def test_what_word_keeps_between_and_behind_the_lines(word, whole):
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://内网/甲"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>链接</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>mìmì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甲</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
        '<w:p><w:sdt><w:sdtPr><w:alias w:val="经办人李四"/></w:sdtPr><w:sdtContent><w:r><w:t>乙</w:t></w:r></w:sdtContent></w:sdt></w:p>'
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:t>一</w:t></mc:Choice><mc:Fallback><w:pict><v:shape alt="合影：王五"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>另一种内容</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    extra = {
        "word/_rels/header9.xml.rels": LINKS,
        "customXml/item1.xml": "<root><secret>自定义甲</secret></root>",
        "word/glossary/document.xml": '<w:glossary xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>词汇甲</w:t></w:r></w:p></w:glossary>',
        "docProps/custom.xml": '<Properties><property name="密级"><t>内部掌握</t></property></Properties>',
        "word/afchunk1.html": "<html><body><p>嵌入网页甲</p></body></html>",
        "word/unknown.bin": b"\1\2\3",
    }
    found = told(document := read(word(body, extra=extra), whole))
    assert found >= {
        ("域代码", 'HYPERLINK "http://内网/甲"'),
        ("拼音标注", "mìmì"),
        ("内容控件", "经办人李四"),
        ("图片替代文字", "合影：王五"),
        ("文本框（替代内容）", "另一种内容"),
        ("链接地址", "mailto:zhang@example.com"),
        ("自定义数据", "自定义甲"),
        ("构建基块", "词汇甲"),
        ("文件属性", "内部掌握"),
        ("附件名称", "afchunk1.html"),
    }
    assert ("附件“afchunk1.html”中的第1段", "嵌入网页甲") in {
        (describe(p.place), p.text) for p in document.paragraphs()
    }
    assert "内部文件“unknown.bin”" in document.not_examined


def book():
    workbook = openpyxl.Workbook()
    workbook.active.title = "名单"
    return workbook, workbook.active


def saved(workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_files_inside_files_are_read(word, whole, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")  # no recognition: the picture is named
    workbook, sheet = book()
    sheet.append(["姓名", "电话"])
    sheet.append(["张三", "13800001234"])
    sheet.append(["李四", "13800005678"])
    sheet.column_dimensions["B"].hidden = True
    picture = io.BytesIO()
    Image.new("RGB", (50, 50)).save(picture, "jpeg", comment="拍摄人李四".encode())
    data = word(
        "<w:p/>",
        extra={
            "word/embeddings/表.xlsx": saved(workbook),
            "word/embeddings/内.docx": word(
                "<w:p><w:r><w:t>内层</w:t></w:r></w:p>", extra={"word/embeddings/a.txt": "更深"}
            ),
            "word/media/image1.jpeg": picture.getvalue(),
            "word/embeddings/坏.docx": b"PK\3\4broken",
        },
    )
    document = read(data, whole)
    found = told(document)
    assert ("附件“表.xlsx”中的工作表“名单”!B2（隐藏列）", "13800001234") in found
    assert ("图片“image1.jpeg”中的图片信息", "拍摄人李四") in found
    places = {(describe(p.place), p.text) for p in document.paragraphs()}
    assert ("附件“内.docx”中的附件“a.txt”中的第1段", "更深") in places
    assert any(note.startswith("附件“坏.docx”：") for note in document.not_examined)
    assert any(note.startswith("图片“image1.jpeg”：图中文字") for note in document.not_examined)


def test_cells_that_their_format_hides_are_marked_where_they_stand(whole):
    workbook, sheet = book()
    for row in (["甲", "身份证", "极小", "白字表头"], ["乙", "110101199001011237", "丙", "丁"]):
        sheet.append(row)
    sheet["A1"].font = Font(color="FFFFFFFF")
    sheet["B2"].number_format = ";;;"
    sheet["C2"].font = Font(sz=1)
    sheet["D1"].font = Font(color="FFFFFFFF")
    sheet["D1"].fill = PatternFill("solid", fgColor="FF1F4E79")
    document = read(saved(workbook), whole)
    spans = {(describe(s.place, s.visibility), document.text[s.start : s.end]) for s in document.spans if s.place.cell}
    assert spans == {
        ("工作表“名单”!A1（白色文字）", "甲"),
        ("工作表“名单”!B2（单元格格式隐藏）", "110101199001011237"),
        ("工作表“名单”!C2（极小文字）", "丙"),
    }


@pytest.mark.parametrize(
    ("look", "hides"),
    [
        ({"font": Font(color="FFFFFFFF")}, True),
        ({"font": Font(color="FFFFFFFF"), "fill": PatternFill(bgColor="FFC00000")}, False),
        ({"font": Font(color="FFC00000")}, False),
    ],
    ids=["white", "white on red", "red"],
)
def test_white_text_by_a_condition_may_be_hidden(whole, look, hides):
    workbook, sheet = book()
    sheet.append(["事项", "数"])
    sheet.append(["甲", 13800001234])
    sheet.append(["乙", 5])
    sheet.conditional_formatting.add("B2:B2", FormulaRule(formula=["$B2>6"], **look))
    document = read(saved(workbook), whole)
    told = [(describe(span.place, span.visibility), document.text[span.start : span.end]) for span in document.spans]
    assert (("工作表“名单”!B2（条件格式可使文字不可见）", "13800001234") in told) is hides
    assert not [words for words, _ in told if "B3" in words or "A" in words.rpartition("!")[2]]


@pytest.mark.parametrize("written", ["B2:B3", "$B$2:$B$3", "B:B", "2:3", "A1 B3 B2", "B2:C1048576"])
def test_areas_of_conditions(written):
    areas = [area for each in written.split() if (area := conditions._area(each))]
    assert conditions.lies_in("B2", areas) and conditions.lies_in("B3", areas) and not conditions.lies_in("A9", areas)


def test_what_lies_under_a_merged_cell_is_read(whole):
    workbook, sheet = book()
    sheet.append(["标题", "x", "y"])
    sheet.append(["甲", "乙", "丙"])
    xml = saved_with(
        workbook, rb"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    )
    document = read(xml, whole)
    told = {(describe(part.place, part.visibility), part.text) for part in document.parts}
    assert ("工作表“名单”!B1（被合并单元格遮住）", "x") in told and not any("C1" in words for words, _ in told)


def test_a_long_number_keeps_every_digit_that_the_file_has(whole):
    """A number of 18 digits written by a program: read as a fraction it would end in other digits."""
    workbook, sheet = book()
    sheet.append(["事项", "证件"])
    sheet.append(["甲", 7])
    data = saved_with(workbook, rb"<v>7</v>", b"<v>110101199003072316</v>")
    assert "110101199003072316" in read(data, whole).text


def saved_with(workbook, old, new):
    """The workbook with its first sheet changed as text."""
    source, out = zipfile.ZipFile(io.BytesIO(saved(workbook))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            target.writestr(member, re.sub(old, new, content) if member.endswith("sheet1.xml") else content)
    return out.getvalue()


def test_what_stands_beside_the_cells(whole):
    workbook, sheet = book()
    sheet.append(["甲", "乙"])
    sheet["A2"] = '=IF(1,"13800001234","x")'
    sheet.oddHeader.center.text = "内部资料"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "甲&&乙", '&"宋体,加粗"&12第&P页'
    choice = DataValidation(type="list", formula1='"张三,李四"', prompt="请填王五")
    choice.add("B2")
    sheet.add_data_validation(choice)
    workbook.defined_names["暗"] = DefinedName("暗", attr_text='"秘密数"', hidden=True)
    source, out = zipfile.ZipFile(io.BytesIO(saved(workbook))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for member in source.namelist():
            target.writestr(member, source.read(member))
        target.writestr("xl/pivotCache/pivotCacheDefinition1.xml", '<p><sharedItems><s v="缓存甲"/></sharedItems></p>')
        target.writestr("xl/externalLinks/externalLink1.xml", "<e><cell><v>外部甲</v></cell></e>")
        target.writestr("xl/threadedComments/t1.xml", "<T><threadedComment><text>讨论甲</text></threadedComment></T>")
    found = told(read(out.getvalue(), whole))
    assert {(words.rpartition("”")[2], text) for words, text in found} >= {
        ("页眉", "内部资料"),
        ("页脚", "甲&乙\n第页"),  # without the codes for font, size and page number
        ("数据验证", '"张三,李四"'),
        ("数据验证", "请填王五"),
        ("!A2公式", 'IF(1,"13800001234","x")'),
        ("名称", '"秘密数"'),
        ("缓存数据", "缓存甲"),
        ("缓存数据", "外部甲"),
        ("批注", "讨论甲"),
    }


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (13800001234, "13800001234"),
        (13800001234.0, "13800001234"),
        ("110101199001011237", "110101199001011237"),
        (110101199001011000.0, "110101199001011000"),
        (6.2e18, "6200000000000000000"),
        (0.1, "0.1"),
    ],
)
def test_numbers_show_all_their_digits(whole, value, shown):
    workbook, sheet = book()
    sheet.append(["甲", "乙"])
    sheet.append(["丙", value])
    table = next(read(saved(workbook), whole).tables())
    assert table.grid()[1][1].text == shown


def test_slides_with_notes_and_hidden_slides(make_zip, whole):
    def slide(text, show=""):
        return f'<p:sld xmlns:p="p" xmlns:a="a" {show}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'

    members = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": "<p/>",
        "ppt/slides/slide1.xml": slide("公开"),
        "ppt/slides/slide2.xml": slide("藏", 'show="0"'),
        "ppt/notesSlides/notesSlide1.xml": slide("备注甲"),
    }
    document = read(make_zip(members), whole)
    assert document.kind == "pptx"
    assert [each.text for each in document.paragraphs()] == ["公开"]
    assert told(document) >= {("第2页（隐藏幻灯片）", "藏"), ("演讲者备注", "备注甲")}
    assert all(part.visibility is Visibility.HIDDEN for part in document.parts)


def test_fields_of_the_page_are_no_hidden_content(word):
    field = '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    document = read_bytes(word(field), "试", whole=True)
    assert "PAGE" in document.text and list(hidden_findings(document)) == []


def test_titles_and_values_of_charts_are_seen(word, whole):
    chart = (
        '<c:chartSpace xmlns:c="c" xmlns:a="a"><a:p><a:r><a:t>标题</a:t></a:r></a:p>'
        "<c:strCache><c:pt><c:v>张三</c:v></c:pt></c:strCache></c:chartSpace>"
    )
    document = read(added(word("<w:p/>"), {"word/charts/chart1.xml": chart}), whole)
    assert {("图表", "标题"), ("图表", "张三")} <= told(document) and list(hidden_findings(document)) == []


def test_shapes_of_a_sheet_are_seen_unless_they_are_hidden(whole):
    shape = "<x:sp><x:cNvPr id='1' name='' {}/><a:p><a:r><a:t>{}</a:t></a:r></a:p></x:sp>"
    shapes = shape.format("", "看得见") + shape.format("hidden='1'", "看不见")
    drawing = f'<x:wsDr xmlns:x="x" xmlns:a="a">{shapes}</x:wsDr>'
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    document = read(added(out.getvalue(), {"xl/drawings/drawing1.xml": drawing}), whole)
    assert {("图形", "看得见"), ("图形（隐藏文字）", "看不见")} <= told(document)


def test_a_header_that_nothing_refers_to(word, whole):
    header = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>旧页</w:t></w:r><w:r><w:t>眉</w:t></w:r></w:p></w:hdr>'
    assert "旧页眉" in read(added(word("<w:p/>"), {"word/header9.xml": header}), whole).text


def test_data_of_fields_and_numbers_in_signs(word, whole):
    data = base64.b64encode("13812345678".encode("utf-16-le")).decode()
    signs = "".join(f'<w:sym w:font="宋体" w:char="F0{ord(one):02X}"/>' for one in "13900001234")
    body = f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:fldData>{data}</w:fldData></w:fldChar>{signs}</w:r></w:p>'
    text = read(word(body), whole).text
    assert "13812345678" in text and "13900001234" in text


def test_a_text_that_a_formula_puts_together(whole):
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = '="110105194"&"91231002X"'
    book.save(out)
    assert "11010519491231002X" in read(out.getvalue(), whole).text


def added(data, members):
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return target.getvalue()
