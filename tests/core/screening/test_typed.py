"""Lists typed as text are read as tables: the heading says what stands in the column."""

import io

import docx
import pytest

from gongkai.core.documents import read_bytes
from gongkai.core.screening import Screener, screen_document, screen_text
from gongkai.core.screening.typed import typed_tables

SCREENER = Screener.standard()
LIST = "低保名单\n姓名{0}社保卡号{0}开户行\n王建国{0}B77280918{0}农商行\n李小红{0}B77280919{0}农商行\n合计2人"


@pytest.mark.parametrize("sign", ["\t", "|", "｜", ",", "，", " ", "　", "  "])
def test_the_heading_says_what_the_numbers_of_its_column_are(sign):
    text = LIST.format(sign)
    assert {finding.rule for finding in SCREENER.screen(text)} == set()
    found = [text[one.start : one.end] for one in screen_text(SCREENER, text) if one.rule == "personal-number"]
    assert found == ["B77280918", "B77280919"]


def test_bars_at_the_edges_and_the_line_below_the_headings_are_no_cells():
    text = "| 姓名 | 出生日期 |\n|---|---|\n| 王建国 | 1990-03-07 |"
    assert [(one.rule, text[one.start : one.end].strip()) for one in screen_text(SCREENER, text)] == [
        ("birth-date", "1990-03-07")
    ]


def test_the_last_column_may_have_blanks_of_its_own():
    text = "序号 姓名 住院号 电话\n1 王建国 ZY20230456 138 1234 5678"
    assert {one.rule for one in screen_text(SCREENER, text)} == {"personal-number", "mobile"}


@pytest.mark.parametrize(
    "text",
    [
        "请填写姓名，电话，住址。\n王建国，B77280918，农商行",  # a sentence
        "姓名、住址、电话\n王建国",
        "姓名：王建国　性别：男　年龄：53\n姓名：李小红　性别：女　年龄：49",  # a form that is filled in
        "姓名\t社保卡号\n",
        "姓名\t社保卡号\n王建国\tB77280918\t农商行",  # other columns
    ],
)
def test_what_is_no_list_is_no_table(text):
    assert list(typed_tables(text)) == []


def test_a_list_of_children_is_named_beside_the_numbers_in_it():
    text = "序号 学生姓名 监护人电话\n1 王小明 13812345678\n2 李小红 13912345678"
    assert {one.rule for one in screen_text(SCREENER, text)} == {"minor", "mobile"}


def test_lists_typed_in_paragraphs_of_a_file_are_read_too():
    document, out = docx.Document(), io.BytesIO()
    for line in LIST.format(" ").split("\n"):
        document.add_paragraph(line)
    document.save(out)
    found = screen_document(SCREENER, read_bytes(out.getvalue(), whole=True)).findings
    assert [one.rule for one in found] == ["personal-number", "personal-number"]


def test_a_list_speaks_for_its_rows():
    text = "| 患者 | 诊断 |\n|---|---|\n| 王建国 | 肺癌 |\n| 李小红 | 少见的病 |"
    (found,) = screen_text(SCREENER, text)
    assert found.rule == "health"
    assert {"王建国", "李小红"} <= set(text[found.start : found.end].replace("|", " ").split())


def test_telephones_below_a_heading_for_the_office_are_public():
    rows = "\n王建国 局长 0561-3012345\n李小红 副局长 0561-3012346"
    assert screen_text(SCREENER, "姓名 职务 办公电话" + rows) == []
    assert {one.rule for one in screen_text(SCREENER, "姓名 职务 家庭电话" + rows)} == {"landline"}


def test_telephones_beside_bodies_are_public_and_those_beside_people_are_not():
    rows = "\n{},桐荫路1号,0561-3012345"
    assert screen_text(SCREENER, "单位名称,地址,联系电话" + rows.format("县民政局")) == []
    assert {one.rule for one in screen_text(SCREENER, "姓名,单位,联系电话" + rows.format("王建国"))} == {"landline"}


def test_the_number_of_the_next_row_is_no_part_of_a_telephone():
    (found,) = screen_text(SCREENER, "1,家电,0561-3012345\n2,其他,无")
    assert found.end - found.start == len("0561-3012345")


def test_numbers_below_a_heading_for_those_of_something_else_are_none_of_people():
    rows = "\n王建国\t13812345678\t78.5"
    assert screen_text(SCREENER, "姓名\t准考证号\t成绩" + rows) == []
    assert {one.rule for one in screen_text(SCREENER, "姓名\t手机号\t成绩" + rows)} == {"mobile"}
