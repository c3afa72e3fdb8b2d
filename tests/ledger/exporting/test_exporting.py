"""The ledger as a file: the notice's own layout, merged cells, progress columns."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook
from tests.ledger.builders import Size, assign, fill, make_item, make_plan

from gongkai.core.documents import read_bytes
from gongkai.core.notices import Lexicon, read_plan
from gongkai.ledger.exporting import export_plan
from gongkai.ledger.models import Assignment, Group, State, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(county, at):
    """Two groups, three tasks, four items; the second is late, the fourth looks like a formula."""
    plan = make_plan(county.root, document_number="青府办发〔2023〕3号", issuer="青山县人民政府办公室")
    groups = [Group.objects.create(plan=plan, number=n, name=name) for n, name in ((1, "主动公开"), (2, "平台建设"))]
    tasks = [
        Task.objects.create(plan=plan, group=group, number=n, name=name)
        for n, (group, name) in enumerate(
            [(groups[0], "公开政策"), (groups[0], "公开数据"), (groups[1], "建好网站")], 1
        )
    ]
    texts = ["公开财政预算决算", "公开教育政策文件", "公开空气质量数据", "=建好县政府门户网站"]
    for number, (text, task) in enumerate(zip(texts, [tasks[0], tasks[0], *tasks[1:]], strict=True), 1):
        fields = {
            "group": task.group,
            "task": task,
            "assignees_text": "县财政局、县教育局等县级部门",
            "deadline_text": "全年",
        }
        made = make_item(plan, str(number), text, **fields)
        assign(made, county.czj, State.ACCEPTED, due="2023-04-01")
        assign(made, county.jyj, State.IN_PROGRESS, due="2023-04-30" if number == 2 else "2023-12-31")
    return plan


def all_of(plan):
    return Assignment.objects.filter(plan=plan)


def sheet_of(plan, assignments=None):
    data = export_plan(plan, assignments if assignments is not None else all_of(plan), "xlsx")
    return load_workbook(BytesIO(data))


def test_the_workbook_has_the_layout_of_the_notice(ledger):
    page = sheet_of(ledger).worksheets[0]
    assert page["A1"].value == ledger.title
    assert page["A2"].value == "青山县人民政府办公室（青府办发〔2023〕3号）　办理情况截至 2023-05-15"
    assert [cell.value for cell in page[3]] == [
        *("序号", "任务名称", None, "具体内容", "责任单位", "完成时限", "办理进度", "状态", "逾期")
    ]
    merged = {str(each) for each in page.merged_cells.ranges}
    assert merged == {"A1:I1", "A2:I2", "B3:C3", "B4:B6", "A4:A5", "C4:C5"}
    assert [page["B4"].value, page["B7"].value] == ["一、主动公开", "二、平台建设"]
    assert [page["C4"].value, page["C6"].value, page["C7"].value] == ["公开政策", "公开数据", "建好网站"]


def test_progress_state_and_overdue(ledger):
    page = sheet_of(ledger).worksheets[0]
    assert [cell.value for cell in page[5]][3:] == [
        *("（2）公开教育政策文件", "县财政局、县教育局等县级部门", "全年", "1/2", "推进中 1、已办结 1", "1")
    ]
    assert page["I4"].value == "—"


def test_a_text_that_looks_like_a_formula_stays_a_text(ledger):
    book = sheet_of(ledger)
    assert book.worksheets[0]["D7"].value == "（4）=建好县政府门户网站"
    assert book.worksheets[1]["B9"].data_type == "s"


def test_every_task_has_a_line_of_its_own(ledger):
    page = sheet_of(ledger).worksheets[1]
    lines = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert len(lines) == 8
    assert lines[3][:5] == ["2", "公开教育政策文件", "青山县教育局", "责任单位", "推进中"]
    assert (str(lines[3][5])[:10], lines[3][6]) == ("2023-04-30", 15)
    assert lines[2][6] is None


def test_only_what_was_filtered(ledger, county):
    page = sheet_of(ledger, all_of(ledger).filter(body=county.jyj, item__key__in=["2", "3"])).worksheets[0]
    assert [page[f"D{row}"].value for row in (4, 5, 6)] == ["（2）公开教育政策文件", "（3）公开空气质量数据", None]
    assert [page["G4"].value, page["H4"].value] == ["0/1", "推进中"]


def test_nothing_filtered_gives_the_head_alone(ledger):
    book = sheet_of(ledger, Assignment.objects.none())
    assert [page.max_row for page in book.worksheets] == [3, 1]
    assert docx.Document(BytesIO(export_plan(ledger, Assignment.objects.none(), "docx"))).tables[0].rows


def test_the_word_file_reads_as_the_notice_it_came_from(ledger):
    data = export_plan(ledger, all_of(ledger), "docx")
    plan = read_plan(read_bytes(data, "台账.docx"), Lexicon())
    assert [(each.number, each.group, each.task, each.text) for each in plan.items] == [
        (1, "主动公开", "公开政策", "公开财政预算决算"),
        (2, "主动公开", "公开政策", "公开教育政策文件"),
        (3, "主动公开", "公开数据", "公开空气质量数据"),
        (4, "平台建设", "建好网站", "=建好县政府门户网站"),
    ]
    assert [each.name for each in plan.items[0].assignees] == ["县财政局", "县教育局"]


def test_the_word_file_lies_across_and_repeats_its_head(ledger):
    document = docx.Document(BytesIO(export_plan(ledger, all_of(ledger), "docx")))
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert document.tables[0].rows[0]._tr.trPr.xpath("w:tblHeader")
    assert document.paragraphs[0].text == ledger.title


def test_an_unknown_kind_is_refused(ledger):
    with pytest.raises(ValueError, match="pdf"):
        export_plan(ledger, all_of(ledger), "pdf")


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_few_queries_however_many_tasks(db, at, kind, django_assert_max_num_queries):
    at("2023-05-15")
    filled = fill(Size(bodies=20, items=30))
    with django_assert_max_num_queries(4):
        assert export_plan(filled.plans[0], all_of(filled.plans[0]), kind)
