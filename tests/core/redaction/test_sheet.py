"""xlsx rewritten: numbers typed as numbers, shared strings, rich text, hidden rows, columns and sheets."""

import io

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from tests.core.redaction.packages import ID, PHONE, inside, saved

from gongkai.core.documents import read_bytes
from gongkai.core.redaction import redact_bytes
from gongkai.core.screening import screen_document


def redacted(book, screener):
    copy = redact_bytes(saved(book), "a.xlsx", screener)
    assert screen_document(screener, read_bytes(copy.data, whole=True)).findings == copy.left == ()
    return copy


def test_numbers_texts_and_rich_text_are_masked_where_they_stand(screener):
    book = Workbook()
    sheet = book.active
    sheet.append(["事项", "手机号码", "身份证号"])
    sheet.append(["道路", int(PHONE), ID])
    sheet.append(["水渠", PHONE, ID])
    sheet["A4"] = CellRichText("经办电话", TextBlock(InlineFont(b=True), PHONE[:6]), PHONE[6:], "转达")
    sheet["B2"].number_format = "0"
    copy = redacted(book, screener)
    assert PHONE not in inside(copy.data) and ID not in inside(copy.data)
    after = load_workbook(io.BytesIO(copy.data), rich_text=True).active
    assert [after["B2"].value, after["B3"].value] == ["138****5678"] * 2
    assert after["C2"].value == after["C3"].value == "11*************670"
    assert str(after["A4"].value) == "经办电话138****5678转达" and after["A1"].value == "事项"
    assert any(isinstance(part, TextBlock) and part.font.b for part in after["A4"].value)


def test_hidden_columns_rows_sheets_and_comments_leave_no_trace(screener):
    """An ID number in a hidden column is the incident this exists for."""
    book = Workbook()
    sheet = book.active
    sheet.append(["姓名", "身份证号", "备注"])
    sheet.append(["张**", "秘甲", "公开"])
    sheet.append(["李**", "秘乙", "秘丙"])
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["A1"].comment = Comment("秘丁", "秘戊")
    sheet["D2"] = "秘己"
    sheet["D2"].number_format = ";;;"
    other = book.create_sheet("秘庚")
    other.sheet_state = "veryHidden"
    other["A1"] = "秘辛"
    book.properties.creator = "秘壬"
    sheet["E2"] = "=秘庚!A1"
    copy = redacted(book, screener)
    assert [mark for mark in "甲乙丙丁戊己庚辛壬" if f"秘{mark}" in inside(copy.data)] == []
    after = load_workbook(io.BytesIO(copy.data))
    assert after.sheetnames == ["Sheet"] and after.active["C2"].value == "公开"
    assert {"批注", "隐藏的工作表", "隐藏的行、列或单元格"} <= set(copy.removed)


def test_looks_stay(screener):
    book = Workbook()
    sheet = book.active
    sheet.append(["清和县联系表", None, None])
    sheet.merge_cells("A1:C1")
    sheet.append(["单位", "手机号码", "金额"])
    sheet.append(["县水务局", PHONE, 12.5])
    sheet["B3"].font = Font(bold=True)
    sheet.column_dimensions["B"].width = 33
    after = load_workbook(io.BytesIO(redacted(book, screener).data)).active
    assert str(after.merged_cells) == "A1:C1" and after["B3"].font.bold and after.column_dimensions["B"].width == 33
    assert after["C3"].value == 12.5 and after["A1"].value == "清和县联系表"


def test_digits_in_cells_of_their_own(screener):
    book = Workbook()
    sheet = book.active
    sheet.append(["姓名", *(["身份证号"] + [""] * 17)])
    sheet.append(["张**", *map(int, ID)])
    after = load_workbook(io.BytesIO(redacted(book, screener).data)).active
    assert "".join(str(cell.value) for cell in after[2][1:]) != ID


def test_a_list_of_people_is_settled_by_its_names(screener):
    book = Workbook()
    sheet = book.active
    sheet.append(["清和县2023年临时救助发放名单"])
    sheet.append(["姓名", "救助金额（元）"])
    for name in ("李秀兰", "王建国", "张桂芳"):
        sheet.append([name, 500])
    after = load_workbook(io.BytesIO(redacted(book, screener).data)).active
    assert [after.cell(row, 1).value for row in (3, 4, 5)] == ["李**", "王**", "张**"]
    assert after["B3"].value == 500
