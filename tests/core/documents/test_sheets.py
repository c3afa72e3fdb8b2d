"""Spreadsheets: values as shown, merges, titles and notes, what is hidden, and sizes that are refused."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from gongkai.core.documents import DocumentError, Visibility, read_bytes, sheets
from gongkai.core.documents.biff import read_biff
from gongkai.core.documents.sheet_extras import read_hidden, without_value


def saved(workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.fixture
def workbook():
    return openpyxl.Workbook()


@pytest.fixture
def sheet(workbook):
    workbook.active.title = "分解表"
    return workbook.active


def cells(table):
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]


def parts(document):
    return [(p.text, p.place.part, p.place.sheet, p.place.cell, p.author) for p in document.parts if p.place.sheet]


def test_titles_and_notes_stand_outside_the_table(workbook, sheet, whole):
    for row in (
        ["2023年任务分解表"],
        [],
        ["序号", "任务名称", None, "期限"],
        [1, "一、深化\n主动公开", "甲", "全年"],
        [2, None, "乙", "全年"],
        ["注：以上任务由办公室解释"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B3:C3")
    sheet.merge_cells("B4:B5")
    sheet.merge_cells("A6:D6")
    document = whole(read_bytes(saved(workbook), "a.xlsx"))
    assert document.kind == "xlsx"
    assert [one.text for one in document.paragraphs()] == ["2023年任务分解表", "注：以上任务由办公室解释"]
    table = next(document.tables())
    assert cells(table) == [
        (0, 0, 1, 1, "序号"),
        (0, 1, 1, 2, "任务名称"),
        (0, 3, 1, 1, "期限"),
        (1, 0, 1, 1, "1"),
        (1, 1, 2, 1, "一、深化\n主动公开"),
        (1, 2, 1, 1, "甲"),
        (1, 3, 1, 1, "全年"),
        (2, 0, 1, 1, "2"),
        (2, 2, 1, 1, "乙"),
        (2, 3, 1, 1, "全年"),
    ]
    assert (table.place.sheet, table.cells[4].place.cell) == ("分解表", "B4")


def test_a_group_row_over_the_whole_width_stays_in_the_table(workbook, sheet):
    for row in (["序号", "任务"], ["一、主动公开"], [1, "甲"], ["二、平台"], [2, "乙"]):
        sheet.append(row)
    sheet.merge_cells("A2:B2")
    sheet.merge_cells("A4:B4")
    table = next(read_bytes(saved(workbook)).tables())
    assert (table.rows, cells(table)[2]) == (5, (1, 0, 1, 2, "一、主动公开"))


def test_values_as_the_sheet_shows_them(workbook, sheet):
    sheet.append(["值", "形"])
    for value in (
        3,
        3.0,
        0.125,
        True,
        datetime.date(2023, 8, 31),
        datetime.datetime(2023, 8, 31, 9, 30),
        datetime.time(9, 5),
        "  县\r\n局 ",
    ):
        sheet.append([value, "x"])
    sheet.append([1, "x"])
    sheet["A10"].number_format = "0%"
    sheet.append([0.5, "x"])
    sheet["A11"].number_format = "0.00%"
    table = next(read_bytes(saved(workbook)).tables())
    assert [row[0].text for row in table.grid()] == [
        "值",
        "3",
        "3",
        "0.125",
        "TRUE",
        "2023-08-31",
        "2023-08-31 09:30:00",
        "09:05:00",
        "县\n局",
        "100%",
        "50.00%",
    ]


def test_hidden_rows_columns_sheets_and_comments_are_parts(workbook, sheet, whole):
    for row in (["甲", "密", "乙"], ["藏", "密", "行"], ["丙", "密", "丁"]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["C3"].comment = Comment("请核对", "张三")
    secret = workbook.create_sheet("内部")
    secret["B2"] = "内情"
    secret.sheet_state = "veryHidden"
    document = whole(read_bytes(saved(workbook)))
    assert cells(next(document.tables())) == [
        (0, 0, 1, 1, "甲"),
        (0, 1, 1, 1, "乙"),
        (1, 0, 1, 1, "丙"),
        (1, 1, 1, 1, "丁"),
    ]
    assert parts(document) == [
        ("密", "body", "分解表", "B1", ""),
        ("藏", "body", "分解表", "A2", ""),
        ("密", "body", "分解表", "B2", ""),
        ("行", "body", "分解表", "C2", ""),
        ("密", "body", "分解表", "B3", ""),
        ("请核对", "comment", "分解表", "C3", "张三"),
        ("内情", "body", "内部", "B2", ""),
    ]
    assert all(p.visibility is Visibility.HIDDEN for p in document.parts)


def test_a_merge_over_hidden_rows_shrinks(workbook, sheet, whole):
    for row in (["组", "甲"], [None, "藏"], [None, "乙"]):
        sheet.append(row)
    sheet.merge_cells("A1:A3")
    sheet.row_dimensions[2].hidden = True
    table = next(whole(read_bytes(saved(workbook))).tables())
    assert cells(table) == [(0, 0, 2, 1, "组"), (0, 1, 1, 1, "甲"), (1, 1, 1, 1, "乙")]


def test_a_column_of_text_is_no_table(workbook, sheet):
    sheet.append(["通知"])
    sheet.append(["各单位："])
    document = read_bytes(saved(workbook))
    assert [one.text for one in document.paragraphs()] == ["通知", "各单位："]
    assert not document.blocks or not list(document.tables())


def test_pictures_and_properties(workbook, sheet):
    sheet["A1"] = "甲"
    out = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(out, "png")
    sheet.add_image(Image(out))
    workbook.properties.title = "台账"
    document = read_bytes(saved(workbook))
    assert "图片（未识别图中文字）" in document.not_examined
    assert document.properties["title"] == "台账"


def test_a_sheet_that_reaches_too_far_is_refused(workbook, sheet):
    sheet["A1"] = "甲"
    sheet["XFD1048576"] = "乙"
    with pytest.raises(DocumentError, match="范围过大"):
        read_bytes(saved(workbook))


def test_a_sheet_too_large_to_be_read_in_full_still_tells_what_is_hidden(workbook, sheet, whole, monkeypatch):
    """Hidden rows and columns are the incident: they are found whatever the size, comments are named as not read."""
    for row in range(6):
        sheet.append([f"甲{row}", f"乙{row}", f"丙{row}"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    workbook.create_sheet("二")["A1"] = "丁"
    full = read_bytes(saved(workbook))
    monkeypatch.setattr(sheets, "_EXTRAS_UP_TO", 0)
    large = whole(read_bytes(saved(workbook)))
    assert large.not_examined == ("批注与百分比格式（文件过大，未逐项读取）",)
    assert [(p.text, p.place) for p in large.parts] == [(p.text, p.place) for p in full.parts if p.place.part == "body"]
    assert cells(next(large.tables())) == cells(next(full.tables()))


@pytest.mark.parametrize(
    ("xml", "rows", "columns"),
    [
        (b'<row r="3" hidden="1"><c/></row><row hidden="true"/>', {2, 3}, set()),
        (b'<x:row r="2" ht="0" customHeight="1"/>', {1}, set()),
        (b'<cols><col min="2" max="3" width="9" hidden="1"/><col min="5" max="5" width="0"/></cols>', set(), {1, 2, 4}),
        (b'<row r="1" ht="15"/><col min="1" max="99999999" hidden="1"/>', set(), set(range(16384))),
        (b'<row r="x" ht="y" hidden="0"/><col max="3" hidden="1"/><rowBreaks/><colBreaks hidden="1"/>', set(), set()),
    ],
)
def test_hidden_rows_and_columns_from_the_sheet_alone(xml, rows, columns):
    extras = read_hidden(xml)
    assert (extras.hidden_rows, extras.hidden_columns) == (rows, columns)


def test_rows_without_height_and_columns_without_width_are_hidden(workbook, sheet):
    sheet.append(["甲", "乙"])
    sheet.append(["丙", "丁"])

    def flatten(xml):
        xml = xml.replace(b'<row r="2"', b'<row r="2" ht="0" customHeight="1"')
        return xml.replace(b"<sheetData>", b'<cols><col min="2" max="2" width="0" customWidth="1"/></cols><sheetData>')

    data = altered(saved(workbook), "xl/worksheets/sheet1.xml", flatten)
    assert {part.text for part in read_bytes(data).parts if part.place.why} == {"乙", "丙", "丁"}


def altered(data: bytes, name: str, change) -> bytes:
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            target.writestr(member, change(content) if member == name else content)
    return out.getvalue()


def test_merges_over_each_other_are_refused(workbook, sheet):
    for row in range(1, 6):
        sheet.append([row, row, row])
    sheet.merge_cells("A1:B3")
    data = altered(
        saved(workbook),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb"<mergeCell [^>]*>", b'<mergeCell ref="A1:B3"/><mergeCell ref="A2:B3"/>', xml),
    )
    with pytest.raises(DocumentError, match="相互重叠"):
        read_bytes(data)


def test_entities_in_a_sheet_are_refused(workbook, sheet):
    sheet["A1"] = "甲"
    data = altered(saved(workbook), "xl/worksheets/sheet1.xml", lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml)
    with pytest.raises(DocumentError):
        read_bytes(data)


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_old_excel_reads_the_same(workbook, sheet, tmp_path, whole):
    for row in (["序号", "任务"], [1, "甲"], [2, "乙"]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    old = whole(read_bytes(as_xls(workbook, tmp_path), "a.docx"))
    new = read_bytes(saved(workbook))
    assert old.kind == "xls"
    assert cells(next(old.tables())) == cells(next(new.tables()))


def as_xls(workbook, folder):
    (folder / "a.xlsx").write_bytes(saved(workbook))
    command = ["soffice", f"-env:UserInstallation={(folder / 'p').as_uri()}", "--headless", "--convert-to", "xls"]
    subprocess.run([*command, "a.xlsx"], cwd=folder, check=True, capture_output=True)
    return (folder / "a.xls").read_bytes()


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("rows", [4, 300])
def test_old_excel_hides_and_comments_the_same(workbook, sheet, tmp_path, whole, rows):
    """Small files keep the workbook in the container's small sectors, larger ones in the usual ones."""
    for row in range(rows):
        sheet.append([row, f"公开{row}", "内部", "县财政局"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["B2"].comment = Comment("请再核对", "钱七")
    workbook.create_sheet("二")["A1"].comment = Comment("second", "x")
    data = as_xls(workbook, tmp_path)
    old, new = whole(read_bytes(data)), read_bytes(saved(workbook))

    def beside(document):
        return [(p.text, p.place.part, p.place.cell) for p in document.parts if p.place.part != "properties"]

    assert cells(next(old.tables())) == cells(next(new.tables()))
    assert beside(old) == beside(new)
    assert ("请再核对", "comment", "B2") in beside(old)
    assert old.not_examined == ()


@pytest.mark.parametrize(
    "damage", [b"", b"\xd0\xcf\x11\xe0", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(range(256)) * 9]
)
def test_what_is_no_old_workbook_tells_nothing(damage):
    assert read_biff(damage) is None


def test_cells_without_a_value_are_told(workbook, sheet):
    sheet["A1"], sheet["B1"], sheet["C1"], sheet["D1"] = "甲", "=A1&A1", "#REF!", 3
    sheet["C1"].data_type = "e"
    (told,) = read_bytes(saved(workbook), "x.xlsx").not_examined
    assert told.startswith("工作表“分解表”2个单元格（如B1）的值")


def test_a_formula_with_an_empty_text_for_result_has_a_value():
    assert without_value(b'<c r="A1" t="str"><f>IF(B1,"",1)</f><v></v></c><c r="B1"><f>1+1</f><v>2</v></c>') == []
