"""Tables in the irregular shapes of real notices, in a county of our own invention."""

import io

import pytest
from openpyxl import Workbook

from gongkai.core.documents import read_bytes
from gongkai.core.notices import Lexicon, NoPlan, Plan, Role, read_plan

HEAD = "<p>云溪政办发〔2024〕7号</p><p>云溪县人民政府办公室</p><p>关于印发2024年政务公开重点任务分工的通知</p>"


def plan_of(html: str, lexicon: Lexicon | None = None) -> Plan:
    return read_plan(read_bytes(f'<html><meta charset="utf-8"><body>{HEAD}{html}</body></html>'.encode()), lexicon)


def table(*rows: list[str]) -> str:
    return (
        "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"
    )


def codes(plan: Plan) -> list[str]:
    return [finding.code for finding in plan.findings]


def test_any_column_order() -> None:
    plan = plan_of(
        table(
            ["完成时限", "责任部门", "序号", "重点任务"],
            ["6月底前", "县财政局", "1", "公开预算"],
            ["长期坚持", "县审计局、县司法局", "2", "公开审计结果"],
        )
    )
    assert [(item.number, item.text, item.deadline.text) for item in plan.items] == [
        (1, "公开预算", "6月底前"),
        (2, "公开审计结果", "长期坚持"),
    ]
    assert [each.name for each in plan.items[1].assignees] == ["县审计局", "县司法局"]
    assert (plan.year, plan.issuer) == (2024, "云溪县人民政府办公室")


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("牵头单位", Role.LEAD),
        ("责任科室", Role.RESPONSIBLE),
        ("配合单位", Role.SUPPORT),
        ("配合责任单位", Role.SUPPORT),
        ("责任科室及责任人", Role.RESPONSIBLE),
        ("责任单位及分工", Role.RESPONSIBLE),
        ("督办单位", Role.SUPERVISE),
        ("承办 单位", Role.RESPONSIBLE),
    ],
)
def test_the_heading_gives_the_role(heading: str, role: Role) -> None:
    plan = plan_of(table(["工作任务", heading], ["公开预算", "县财政局"]))
    assert plan.items[0].assignees[0].role is role


def test_lead_and_support_columns() -> None:
    plan = plan_of(
        table(
            ["工作任务", "工作措施", "牵头单位", "配合单位"],
            ["一、公开", "1.公开预算", "县财政局", "县审计局"],
            ["", "2.公开决算", "", "各部门"],
            ["", "3.公开采购", "", ""],
        )
    )
    first, second, third = plan.items
    assert [(each.name, each.role) for each in first.assignees] == [("县财政局", Role.LEAD), ("县审计局", Role.SUPPORT)]
    assert first.assignees_text == "牵头单位：县财政局\n配合单位：县审计局"
    assert (second.assignees, second.selectors) == ((), ("各部门",)), "a blank beside a filled cell names nobody"
    assert third.selectors == ("各部门",), "a row without any is as above"
    assert [(each.code, each.where) for each in plan.findings] == [("empty-cell", "item 3, responsible bodies")]


def test_merged_and_blank_cells_are_as_above() -> None:
    plan = plan_of(
        "<table><tr><th>序号</th><th colspan=2>任务名称</th><th>具体内容</th><th>责任单位</th><th>完成时限</th></tr>"
        "<tr><td rowspan=2>1</td><td rowspan=3>一、扩面</td><td rowspan=2>公开财政</td><td>（1）公开预算</td><td rowspan=2>县财政局</td><td>6月底前</td></tr>"
        "<tr><td>（2）公开决算</td><td></td></tr>"
        "<tr><td>2</td><td>公开审计</td><td>（3）公开结果</td><td>县审计局</td><td>全年</td></tr></table>"
    )
    assert [(item.group_number, item.task_number, item.task) for item in plan.items] == [
        (1, 1, "公开财政"),
        (1, 1, "公开财政"),
        (1, 2, "公开审计"),
    ]
    assert plan.items[1].assignees[0].name == "县财政局"
    assert plan.items[1].deadline.due == plan.items[0].deadline.due


def test_five_headings_over_six_columns() -> None:
    plan = plan_of(
        table(
            ["序号", "任务名称", "具体内容", "责任单位", "完成时限"],
            ["1", "一、扩面", "公开财政", "（1）公开预算和决算的全部表格", "县财政局", "全年"],
            ["", "", "", "（2）公开政府采购的合同和结果", "县财政局", "8月底前"],
            ["2", "二、提质", "解读政策", "（3）解读材料与文件同步发布", "县司法局", "全年"],
        )
    )
    assert [(item.group, item.task) for item in plan.items] == [
        ("扩面", "公开财政"),
        ("扩面", "公开财政"),
        ("提质", "解读政策"),
    ]


def test_rows_that_name_a_part() -> None:
    plan = plan_of(
        "<table><tr><th>序号</th><th>工作任务</th><th>责任单位</th></tr><tr><td colspan=3>一、扩面</td></tr>"
        "<tr><td>1</td><td>公开预算</td><td>县财政局</td></tr><tr><td colspan=3>二、提质</td></tr>"
        "<tr><td>2</td><td>解读政策</td><td>县司法局</td></tr></table>"
    )
    assert [(item.number, item.group_number, item.group) for item in plan.items] == [(1, 1, "扩面"), (2, 2, "提质")]


def test_a_header_of_two_lines_and_its_repetition() -> None:
    plan = plan_of(
        "<table><tr><td rowspan=2>序号</td><td rowspan=2>工作任务</td><td colspan=2>责任单位</td></tr>"
        "<tr><td>牵头单位</td><td>配合单位</td></tr><tr><td>1</td><td>公开预算</td><td>县财政局</td><td>县审计局</td></tr></table>"
    )
    assert [(each.name, each.role.value) for each in plan.items[0].assignees] == [
        ("县财政局", "lead"),
        ("县审计局", "support"),
    ]
    header = ["序号", "工作任务", "责任单位"]
    plan = plan_of(table(header, ["1", "公开预算", "县财政局"], header, ["2", "公开决算", "县财政局"]))
    assert [item.text for item in plan.items] == ["公开预算", "公开决算"]


def test_a_table_over_several_pages() -> None:
    first = table(["序号", "工作任务", "责任单位"], ["1", "公开预算", "县财政局"])
    second = table(["2", "公开决算", "县审计局"], ["3", "公开采购", "县财政局"])
    assert [item.number for item in plan_of(first + second).items] == [1, 2, 3]


def test_tables_with_different_columns() -> None:
    first = table(["序号", "工作任务", "责任单位", "完成时限"], ["1", "公开预算", "县财政局", "6月底前"])
    second = table(
        ["序号", "工作类别", "工作措施", "牵头单位"],
        ["1", "解读", "解读政策", "县司法局"],
        ["2", "解读", "回应关切", "县政府办"],
    )
    plan = plan_of(first + second)
    assert [(item.number, item.group, item.text) for item in plan.items] == [
        (1, "", "公开预算"),
        (2, "解读", "解读政策"),
        (3, "解读", "回应关切"),
    ]
    assert [item.assignees[0].role for item in plan.items] == [Role.RESPONSIBLE, Role.LEAD, Role.LEAD]
    assert [item.deadline.text for item in plan.items] == ["6月底前", "", ""]
    assert codes(plan) == ["renumbered"]


def test_a_table_under_each_heading() -> None:
    header = ["序号", "工作任务", "责任单位"]
    html = f"<p>一、扩面</p>{table(header, ['1', '公开预算', '县财政局'])}<p>二、提质</p>{table(header, ['2', '解读政策', '县司法局'])}"
    plan = plan_of(html)
    assert [(item.group_number, item.group) for item in plan.items] == [(1, "扩面"), (2, "提质")]
    assert plan.requirements == ()


def test_points_inside_a_cell_stay_in_the_text() -> None:
    plan = plan_of(
        table(
            ["序号", "工作任务", "责任单位"],
            ["1", "1.公开预算；<br>2.公开决算。", "县财政局"],
            ["2", "公开采购", "县财政局"],
        )
    )
    assert plan.items[0].text == "1.公开预算；\n2.公开决算。"
    assert [item.number for item in plan.items] == [1, 2]


def test_other_columns_are_left_out() -> None:
    plan = plan_of(
        table(["序号", "工作任务", "责任单位", "责任人", "备注"], ["1", "公开预算", "县财政局", "张三", "示例"])
    )
    assert [each.name for each in plan.items[0].assignees] == ["县财政局"]
    assert [(each.code, each.excerpt) for each in plan.findings] == [
        ("unread-column", "责任人"),
        ("unread-column", "备注"),
    ]


def test_a_column_of_goals_gives_targets() -> None:
    header = ["序号", "工作任务", "具体内容", "工作目标", "责任单位", "完成时限"]
    plan = plan_of(
        table(
            header,
            ["1", "财政公开", "公开预算", "预决算公开率达到100%", "县财政局", "全年"],
            ["2", "政策解读", "制作图解2次以上", "群众看得懂", "县司法局", "全年"],
            ["3", "平台建设", "改版门户网站", "—", "县政府办公室", "全年"],
        )
    )
    first, second, third = plan.items
    assert [(each.operator, each.value, each.unit, each.subject) for each in first.targets] == [
        ("=", 100, "%", "预决算公开率")
    ]
    assert [each.value for each in second.targets] == [2]
    assert not third.targets
    assert (first.group, first.text) == ("财政公开", "公开预算")
    told = [(each.where, each.excerpt) for each in plan.findings]
    assert told == [("item 1, goal", "预决算公开率达到100%"), ("item 2, goal", "群众看得懂")]


def test_a_blank_text_beside_a_number_is_as_above() -> None:
    plan = plan_of(
        table(
            ["序号", "工作任务", "责任单位"],
            ["1", "公开预算", "县财政局"],
            ["2", "", "县审计局"],
            ["3", "公开采购", "县财政局"],
        )
    )
    assert [(item.number, item.text, item.assignees[0].name) for item in plan.items] == [
        (1, "公开预算", "县财政局"),
        (2, "公开预算", "县审计局"),
        (3, "公开采购", "县财政局"),
    ]
    assert [(each.code, each.where) for each in plan.findings] == [("empty-cell", "item 2, text")]


def test_a_part_named_above_the_header() -> None:
    rows = [
        "<tr><td colspan=3>一、主动公开</td></tr>",
        "<tr><td>序号</td><td>任务内容</td><td>牵头部门</td></tr>",
        "<tr><td>1</td><td>公开预算</td><td>县财政局</td></tr>",
        "<tr><td colspan=3>二、政策解读</td></tr>",
        "<tr><td>2</td><td>解读文件</td><td>县司法局</td></tr>",
    ]
    plan = plan_of(f"<table>{''.join(rows)}</table>")
    assert [(item.group_number, item.group) for item in plan.items] == [(1, "主动公开"), (2, "政策解读")]
    assert plan.requirements == ()
    alone = plan_of(f"<table>{''.join(rows[:3])}</table>")
    assert [each.heading for each in alone.requirements] == ["主动公开"]


@pytest.mark.parametrize(
    ("bodies", "deadline"),
    [("县级牵头部门", "完成时间要求"), ("主要责任科室（股室）", "计划完成日期"), ("县直承办单位", "工作推进时间节点")],
)
def test_headings_put_together(bodies: str, deadline: str) -> None:
    plan = plan_of(table(["工作任务", bodies, deadline], ["公开预算", "县财政局", "8月底前"]))
    assert [each.name for each in plan.items[0].assignees] == ["县财政局"]
    assert str(plan.items[0].deadline.due) == "2024-08-31"


@pytest.mark.parametrize(
    ("task", "text"), [("目标任务", "重点举措"), ("年度重点任务", "落实要求"), ("公开任务", "实施内容")]
)
def test_headings_of_tasks_and_texts_put_together(task: str, text: str) -> None:
    plan = plan_of(table([task, text, "责任单位"], ["信息发布", "公开规划", "县发改局"]))
    assert [(item.group, item.text) for item in plan.items] == [("信息发布", "公开规划")]


def test_goals_in_front_of_the_tasks_are_groups() -> None:
    plan = plan_of(table(["工作目标", "工作任务", "责任单位"], ["扩大公开", "公开预算", "县财政局"]))
    assert [(item.group, item.text, item.targets) for item in plan.items] == [("扩大公开", "公开预算", ())]


@pytest.mark.parametrize("turned", [False, True])
def test_groups_on_either_side_of_the_text(turned: bool) -> None:
    rows = [
        ["序号", "类别", "重点任务", "工作要求", "牵头单位", "时限要求"],
        ["1", "决策", "公开预算", "全面公开部门预算和决算", "县财政局", "8月底前"],
        ["2", "执行", "公开审计", "公开审计结果及整改情况", "县审计局", "全年"],
    ]
    plan = plan_of(table(*[row[::-1] if turned else row for row in rows]))
    assert [(item.number, item.group, item.task, item.text) for item in plan.items] == [
        (1, "决策", "公开预算", "全面公开部门预算和决算"),
        (2, "执行", "公开审计", "公开审计结果及整改情况"),
    ]


def test_sections_in_front_are_requirements() -> None:
    text = "<p>一、加强领导</p><p>各单位要明确专人。</p><p>二、抓好落实。按月报送进展。</p><p>附件</p>"
    plan = plan_of(text + table(["工作任务", "责任单位"], ["公开预算", "县财政局"]))
    assert [each.to_dict() for each in plan.requirements] == [
        {"number": 1, "heading": "加强领导", "text": "各单位要明确专人。"},
        {"number": 2, "heading": "抓好落实", "text": "按月报送进展。"},
    ]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (["序号", "工作任务", "完成时限"], "责任单位"),
        (["序号", "公开事项", "公开内容", "公开依据", "公开主体"], "公开标准目录"),
        (["姓名", "电话"], "没有找到任务分解内容"),
    ],
)
def test_tables_that_are_no_plan(header: list[str], message: str) -> None:
    with pytest.raises(NoPlan, match=message):
        plan_of(table(header, ["1"] * len(header)))


def test_numbers_that_jump_or_repeat() -> None:
    header = ["序号", "工作任务", "责任单位"]
    rows = [[str(number), f"公开第{number}类信息", "县财政局"] for number in (1, 2, 2, 5)]
    plan = plan_of(table(header, *rows))
    assert [item.number for item in plan.items] == [1, 2, 2, 5]
    assert codes(plan) == ["duplicate-number", "number-gap"]


def test_numbers_that_start_anew_are_positions() -> None:
    plan = plan_of(
        table(["任务", "具体内容", "责任单位"], *[["公开", f"{n}.公开信息", "县财政局"] for n in (1, 2, 1, 2)])
    )
    assert [item.number for item in plan.items] == [1, 2, 3, 4]
    assert codes(plan) == ["renumbered"]


def test_a_stricter_date_in_the_text_wins() -> None:
    plan = plan_of(
        table(
            ["工作任务", "责任单位", "完成时限"],
            ["6月底前公开预算", "县财政局", "全年"],
            ["10月底前公开决算", "县财政局", "9月底前"],
            ["9月底前公开采购", "县财政局", "9月底前"],
            ["3月底前清理，6月底前公布", "县财政局", "全年"],
        )
    )
    assert [item.deadline.due.isoformat() for item in plan.items if item.deadline.due] == [
        "2024-06-30",
        "2024-09-30",
        "2024-09-30",
        "2024-03-31",
    ]
    conflicts = [finding.where for finding in plan.findings if finding.code == "deadline-conflict"]
    assert conflicts == ["item 1, deadline", "item 2, deadline", "item 4, deadline"]
    assert "several-deadlines" in codes(plan)


def test_traditional_characters() -> None:
    plan = plan_of(
        table(["序號", "工作任務", "牽頭單位", "時限要求"], ["1", "公開預算", "縣財政局、各鄉鎮政府", "2024年10月底"])
    )
    (item,) = plan.items
    assert (item.assignees[0].name, item.assignees[0].role) == ("縣財政局", Role.LEAD)
    assert item.selectors == ("各鄉鎮政府",)
    assert item.deadline.due and item.deadline.due.isoformat() == "2024-10-31"


@pytest.mark.parametrize("heading", ["责任单位（列第一位的为牵头单位）", "责任单位"])
def test_the_heading_or_the_letter_says_that_the_first_one_leads(heading: str) -> None:
    note = "" if "（" in heading else "<p>责任单位中排在第一位的为牵头单位。</p>"
    plan = plan_of(
        note
        + table(["序号", "重点任务", heading], ["1", "公开预算", "县财政局、县审计局"], ["2", "公开规划", "县发改局"])
    )
    assert [[(each.name, each.role) for each in item.assignees] for item in plan.items] == [
        [("县财政局", Role.LEAD), ("县审计局", Role.RESPONSIBLE)],
        [("县发改局", Role.RESPONSIBLE)],
    ]


def test_roles_below_the_bodies_and_groups_over_the_whole_table() -> None:
    heads = (
        "<tr><td rowspan=2>序号</td><td rowspan=2>主要任务</td><td rowspan=2>具体内容</td><td colspan=2>责任单位</td></tr>"
        "<tr><td>牵头</td><td>配合</td></tr>"
    )
    rows = (
        "<tr><td colspan=5>一、加强政策公开</td></tr>"
        "<tr><td>1</td><td>建立文件库</td><td>集中发布文件</td><td>县司法局</td><td>县政府各部门</td></tr>"
        f"{heads}<tr><td colspan=5>二、加强回应关切</td></tr>"
        "<tr><td>2</td><td>健全机制</td><td>五小时内发声</td><td>县委宣传部</td><td>县公安局</td></tr>"
    )
    plan = plan_of(f"<table>{heads}{rows}</table>")
    assert [(item.number, item.group, item.task, item.text) for item in plan.items] == [
        (1, "加强政策公开", "建立文件库", "集中发布文件"),
        (2, "加强回应关切", "健全机制", "五小时内发声"),
    ]
    assert [(each.name, each.role) for each in plan.items[1].assignees] == [
        ("县委宣传部", Role.LEAD),
        ("县公安局", Role.SUPPORT),
    ]


def test_groups_in_the_column_of_the_text() -> None:
    plan = plan_of(
        table(
            ["工作任务", "责任单位", "完成时限"],
            ["一、推进政策公开", "", ""],
            ["1.公开重大政策。", "县政府办公室", "年底前"],
            ["2.建立文件库。", "县司法局", "9月底前"],
            ["二、推进平台建设", "", ""],
            ["3.规范新媒体运维。", "县融媒体中心", "持续推进"],
        )
    )
    assert [(item.number, item.group, item.text) for item in plan.items] == [
        (1, "推进政策公开", "公开重大政策。"),
        (2, "推进政策公开", "建立文件库。"),
        (3, "推进平台建设", "规范新媒体运维。"),
    ]


def test_what_a_catalogue_heads_as_well_is_the_text_of_a_plan() -> None:
    plan = plan_of(
        table(
            ["序号", "公开任务", "公开内容", "责任科室", "公开时限"], ["1", "招生信息", "招生政策", "基教科", "4月底前"]
        )
    )
    assert [(item.group, item.text, item.deadline.text) for item in plan.items] == [("招生信息", "招生政策", "4月底前")]


def test_what_a_workbook_hides_or_does_not_tell_is_told() -> None:
    book = Workbook()
    for row in (
        ["序号", "工作任务", "责任单位"],
        [1, "公开预算", "县财政局"],
        [2, "公开规划", "县发改局"],
        [3, "=A1", "县审计局"],
    ):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    out = io.BytesIO()
    book.save(out)
    plan = read_plan(read_bytes(out.getvalue()))
    assert [item.text for item in plan.items][:1] == ["公开预算"]
    told = {finding.code: finding for finding in plan.findings}
    assert told["hidden-content"].excerpt == "Sheet!A3"
    assert "（如B4）的值" in told["not-examined"].message


def test_a_note_in_the_last_row_is_no_group() -> None:
    rows = (
        "<tr><td>工作类别</td><td>工作任务</td><td>责任单位</td></tr>"
        "<tr><td rowspan=2>一、信息发布</td><td>公开预算</td><td>县财政局、县审计局</td></tr>"
        "<tr><td>公开规划</td><td>县发改局</td></tr>"
        "<tr><td colspan=3>注：责任单位列第一位的为牵头单位</td></tr>"
    )
    plan = plan_of(f"<table>{rows}</table>")
    assert [(item.group, item.task, item.text) for item in plan.items] == [
        ("信息发布", "", "公开预算"),
        ("信息发布", "", "公开规划"),
    ]
    assert plan.items[0].assignees[0].role is Role.LEAD
