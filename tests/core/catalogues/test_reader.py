"""Catalogues as they come: merges, 同上, marks, notes, several sheets, headers repeated, other formats."""

import io

import pytest
from docx import Document as NewDocx
from openpyxl import load_workbook

from gongkai.core.catalogues import NoCatalogue, read_catalogue
from gongkai.core.documents import read_bytes

from .sheets import TOP, TWENTY, book, line


def read(data, name="目录.xlsx"):
    return read_catalogue(read_bytes(data, name))


def test_two_header_rows_with_marks():
    found = read(book(line("低保", "办事指南"), line("低保", "审核公示", all=None, specific="申请人", on_request="√")))
    guide, posting = found.rows
    assert (guide.field, guide.first, guide.second, guide.number) == ("社会救助", "低保", "办事指南", "1")
    assert (guide.audience, guide.modes, guide.levels, guide.channels) == (
        ("all",),
        ("proactive",),
        ("county",),
        ("website",),
    )
    assert (posting.audience, posting.audience_text) == (("specific",), "申请人")
    assert posting.modes == ("proactive", "on-request")
    assert (guide.where, posting.where) == ("社会救助!A4", "社会救助!A5")
    assert found.title == "青禾县社会救助领域基层政务公开标准目录"
    assert found.findings == ()


def test_merged_and_blank_first_matters_go_on():
    rows = read(book(line("低保", "甲"), line("", "乙"), line("", "丙"), merges=["B4:B5"])).rows
    assert [row.first for row in rows] == ["低保"] * 3
    assert [row.where for row in rows] == ["社会救助!A4", "社会救助!A5", "社会救助!A6"]


@pytest.mark.parametrize("word", ["同上", "〃", "同 上", '"', "”"])
def test_same_as_above_in_every_column(word):
    same = line(word, "乙", basis=word, limit=word, body=word, channels=word, all=word, proactive=word)
    first, second = read(book(line("低保", "甲"), same)).rows
    for name in ("first", "basis", "limit", "body", "channels", "audience", "modes"):
        assert getattr(second, name) == getattr(first, name), name


def test_same_as_above_with_nothing_above_is_an_error_that_names_the_cell():
    (finding,) = [one for one in read(book(line("低保", "甲", limit="同上"))).findings if one.severity == "error"]
    assert finding.where == "社会救助!F4"


def test_same_does_not_reach_over_to_the_next_sheet():
    data = book(line("低保", "甲"), more=[("养老服务", "青禾县养老服务领域目录", [line("政策", "乙", body="同上")])])
    found = read(data)
    assert [row.field for row in found.rows] == ["社会救助", "养老服务"]
    assert [one.where for one in found.findings if one.severity == "error"] == ["养老服务!G4"]


def test_a_blank_limit_is_taken_for_a_merge_and_said_so():
    found = read(book(line("低保", "甲"), line("", "乙", limit="")))
    assert found.rows[1].limit.text == TWENTY
    assert [(one.where, one.severity.value) for one in found.findings] == [("社会救助!F5", "info")]


def test_notes_stand_beside_the_rows():
    found = read(book(line("低保", "甲"), line("低保", "乙"), note="注：1. 标注“√”的为适用。"))
    assert len(found.rows) == 2 and found.notes == ("注：1. 标注“√”的为适用。",)


def test_a_header_repeated_on_a_page_is_no_row():
    again = dict(
        zip(("number", "first", "content", "basis", "limit", "body", "channels"), filter(None, TOP), strict=False)
    )
    rows = read(book(line("低保", "甲"), again, line("低保", "乙"))).rows
    assert [row.second for row in rows] == ["甲", "乙"]


def test_what_a_person_must_look_at():
    bare = line("低保", "甲", limit="视情况", channels="", all="", proactive="", content="")
    messages = {one.message for one in read(book(bare, line("低保", "甲"))).findings}
    assert {
        "没有写明公开内容",
        "没有选择公开渠道",
        "没有标明公开对象",
        "没有标明公开方式",
        "公开时限没有读懂，系统不能据此核对",
        "与 社会救助!A4 是同一事项",
    } <= messages


def test_a_missing_number_is_pointed_out():
    found = read(book(line("低保", "甲"), line("低保", "乙", number="3")))
    assert [one.where for one in found.findings if "缺行" in one.message] == ["社会救助!A5"]


def test_an_unknown_field_is_called_as_its_title_says():
    found = read(book(line("水库", "水情"), title="青禾县水利领域基层政务公开标准目录", sheet="Sheet1"))
    assert found.fields == ("水利",)


def test_the_word_file_of_a_township():
    letter = NewDocx()
    letter.add_paragraph("白鹿镇公共文化服务领域基层政务公开标准目录")
    table = letter.add_table(rows=3, cols=8)
    for at, heading in enumerate(("序号", "公开事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开渠道", "公开对象")):  # fmt: skip
        table.rows[0].cells[at].text = heading
    for number in (1, 2):
        cells = (str(number), f"活动{number}", "时间、地点", "《公共文化服务保障法》", "实时公开", "白鹿镇", "政府网站、公示栏", "全社会")  # fmt: skip
        for at, text in enumerate(cells):
            table.rows[number].cells[at].text = text
    out = io.BytesIO()
    letter.save(out)
    found = read(out.getvalue(), "目录.docx")
    assert [row.matter for row in found.rows] == ["活动1", "活动2"]
    assert found.rows[0].channels == ("website", "notice-board")
    assert found.rows[0].audience == ("all",)
    assert found.fields == ("公共文化服务",)
    assert "表1" in found.rows[1].where


def test_a_web_page_goes_on_in_a_second_table():
    head = "".join(f"<td>{text}</td>" for text in ("序号", "公开事项", "公开内容", "公开依据", "公开时限", "公开主体"))
    rows = [
        "".join(f"<td>{text}</td>" for text in (n, f"事项{n}", "内容", "依据", "及时公开", "县民政局")) for n in "123"
    ]
    page = f"<h1>社会救助领域目录</h1><table><tr>{head}</tr><tr>{rows[0]}</tr></table><table><tr>{rows[1]}</tr><tr>{rows[2]}</tr></table>"
    found = read(page.encode(), "目录.html")
    assert [row.first for row in found.rows] == ["事项1", "事项2", "事项3"]


def test_what_is_no_catalogue_is_refused_in_words():
    with pytest.raises(NoCatalogue, match="表头"):
        read("<table><tr><td>姓名</td><td>电话</td></tr><tr><td>甲</td><td>乙</td></tr></table>".encode(), "a.html")
    with pytest.raises(NoCatalogue, match="下面没有事项"):
        read(book())


@pytest.mark.parametrize(
    ("cells", "needs"),
    [
        ({}, True),
        ({"all": "", "specific": "√"}, False),
        ({"proactive": "", "on_request": "√"}, False),
        ({"channels": "□政府网站 ■公开查阅点"}, True),
        ({"proactive": "", "channels": "■政府网站"}, True),
        ({"proactive": "", "channels": "■公开查阅点"}, False),
    ],
)
def test_which_rows_owe_a_page(cells, needs):
    (row,) = read(book(line("低保", "甲", **cells))).rows
    assert row.needs_page is needs


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        (["公开事项", "公开内容", "备注"], "Sheet!A1 所在行最像表头，缺：公开依据、公开时限、公开主体"),
        (["姓名", "电话"], "已查看工作表：Sheet"),
    ],
)
def test_a_file_without_a_header_is_told_where_one_nearly_stands(heading, told):
    from openpyxl import Workbook

    made = Workbook()
    made.active.append(heading)
    made.active.append(["办事指南", "流程", ""])
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(NoCatalogue, match=told):
        read_catalogue(read_bytes(out.getvalue(), "目录.xlsx"))


def test_what_is_hidden_is_told():
    made = load_workbook(io.BytesIO(book(line("低保", "甲"), line("低保", "乙"))))
    made.active.row_dimensions[5].hidden = True
    out = io.BytesIO()
    made.save(out)
    found = read(out.getvalue())
    assert [row.second for row in found.rows] == ["甲"]
    assert [(one.where, one.severity.value) for one in found.findings] == [("社会救助!A5", "warning")]


def test_a_blank_row_under_a_merged_matter_is_passed_over():
    found = read(book(line("低保", "甲"), {"number": " "}, line("", "乙", number=2), merges=["B4:B6"]))
    assert [(row.first, row.second) for row in found.rows] == [("低保", "甲"), ("低保", "乙")]
    assert found.findings == ()


def test_totals_signatures_and_further_notes_are_no_rows():
    table = (
        "<table><tr><td>序号</td><td>公开事项</td><td>公开内容</td><td>公开依据</td><td>公开时限</td><td>公开主体</td></tr>"
        "<tr><td>1</td><td>低保</td><td>标准</td><td>《条例》</td><td>及时</td><td>县民政局</td></tr>"
        "<tr><td>合计</td><td>1</td><td></td><td></td><td></td><td></td></tr>"
        "<tr><td colspan=6>注：1.乡级含街道。</td></tr><tr><td colspan=6>2.就业领域由县人社局解释。</td></tr>"
        "<tr><td></td><td>填表人：王某</td><td></td><td>审核人：李某</td><td></td><td></td></tr></table>"
    )
    found = read(f"<h1>社会救助领域公开目录</h1>{table}".encode(), "目录.html")
    assert [(row.field, row.first) for row in found.rows] == [("社会救助", "低保")]
    assert found.notes == ("合计 1", "注：1.乡级含街道。", "2.就业领域由县人社局解释。", "填表人：王某 审核人：李某")
    assert found.findings == ()


def test_the_title_is_the_line_that_says_so():
    cells = "".join(f"<td>{name}</td>" for name in ("公开事项", "公开内容", "公开依据", "公开时限", "公开主体"))
    row = "<tr><td>低保</td><td>标准</td><td>《条例》</td><td>及时</td><td>县民政局</td></tr>"
    above = "<tr><td colspan=5>附件3</td></tr><tr><td colspan=5>社会救助领域公开目录</td></tr>"
    found = read(f"<table>{above}<tr>{cells}</tr>{row}</table>".encode(), "目录.html")
    assert found.title == "社会救助领域公开目录"


def test_fields_that_bands_name_need_no_name_of_the_table():
    bands = [{"number": "一、社会救助领域（1项）"}, line("低保", "甲"), {"number": "二、养老服务领域"}]
    bands.append(line("补贴", "乙", number=1))
    found = read(book(*bands, title="青禾县基层政务公开标准目录", sheet="汇总", merges=["A4:N4", "A6:N6"]))
    assert [(row.field, row.second) for row in found.rows] == [("社会救助", "甲"), ("养老服务", "乙")]
    assert found.findings == ()


def test_two_columns_of_matters_are_two_levels():
    heads = ("公开类别", "公开事项名称", "公开内容", "公开依据", "公开期限", "责任主体", "公开范围", "公开形式")
    values = ("行政许可", "排污许可", "许可证", "《条例》", "及时", "县局", "全社会", "主动公开")
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" for cells in (heads, values))
    (row,) = read(f"<p>生态环境领域公开目录</p><table>{rows}</table>".encode(), "目录.html").rows
    assert (row.first, row.second, row.audience, row.modes) == ("行政许可", "排污许可", ("all",), ("proactive",))


@pytest.mark.parametrize("mode", ["主动/依申请", "√主动公开 √依申请公开", "主动公开和依申请公开", "主动☑ 依申请☑"])
def test_choices_in_a_column_that_is_not_divided(mode):
    heads = ("公开事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开对象", "公开方式", "公开层级")
    values = ("低保", "标准", "《条例》", "及时", "县民政局", "向社会公开", mode, "县级/乡级")
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" for cells in (heads, values))
    (row,) = read(f"<p>社会救助领域公开目录</p><table>{rows}</table>".encode(), "目录.html").rows
    assert (row.audience, row.modes, row.levels) == (("all",), ("proactive", "on-request"), ("county", "township"))


def test_a_blank_field_is_that_of_the_row_above():
    heads = ("领域", "公开事项", "公开内容", "公开依据", "公开时限", "公开主体")
    lines = (
        heads,
        ("社会救助", "低保", "标准", "《条例》", "及时", "县民政局"),
        ("", "临时救助", "标准", "《条例》", "及时", "县民政局"),
    )
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" for cells in lines)
    found = read(f"<p>柳河镇公开目录</p><table>{rows}</table>".encode(), "目录.html")
    assert [row.field for row in found.rows] == ["社会救助", "社会救助"]
