"""Tables that have become lines of text: one cell a line, bars, run together."""

import pytest

from gongkai.core.documents import read_bytes
from gongkai.core.notices import NoPlan, Plan, Role, read_plan

TITLE = "2024年政务公开重点工作任务分解表"


def plan_of(*lines: str) -> Plan:
    return read_plan(read_bytes("\n".join((TITLE, *lines)).encode()))


def roles(plan: Plan, number: int) -> dict[str, Role]:
    return {each.name: each.role for each in plan.items[number - 1].assignees}


def test_bars_with_cells_left_out_and_padded() -> None:
    plan = plan_of(
        "序号 | 重点任务 | 工作内容 | 责任单位 | 完成时限 |",
        "1 | 加强公开 | 做好监管规则和标准公开工作。 | 局政策法规科、执法支队 | 持续推进 |",
        "2 | 做好财政信息公开。 | 计财科 | 10月底前 | |",
        "3 | 深化解读 | 对重要政策开展解读。 | 办公室牵头，各科室配合 | 全年 |",
    )
    assert [(item.number, item.group, item.deadline.text) for item in plan.items] == [
        (1, "加强公开", "持续推进"),
        (2, "加强公开", "10月底前"),
        (3, "深化解读", "全年"),
    ]
    assert roles(plan, 3) == {"办公室": Role.LEAD}
    assert plan.items[2].selectors == ("各科室",)


def test_wide_gaps() -> None:
    plan = plan_of(
        "序号  工作任务    责任单位   完成时限",
        "1   公开预算。  县财政局   6月底前",
        "2　　公开决算。　　县财政局、县审计局　　全年",
    )
    assert [(item.number, item.text, item.deadline.text) for item in plan.items] == [
        (1, "公开预算。", "6月底前"),
        (2, "公开决算。", "全年"),
    ]


def test_one_cell_a_line_with_two_body_columns() -> None:
    plan = plan_of(
        "任务分类", "序号", "工作内容", "牵头单位", "责任单位", "完成时限",
        "一、助力经济发展", "1", "及时公开涉企政策。", "市发展改革委", "各县（市、区）人民政府，市政府各部门", "持续推进",
        "2", "公开减税降费信息。", "市财政局、市税务局", "各县（市、区）人民政府", "6月底前",
        "二、保持社会稳定", "3", "持续发布防汛信息。", "市水利局", "市气象局等部门", "全年",
    )  # fmt: skip
    assert [(item.group_number, item.number) for item in plan.items] == [(1, 1), (1, 2), (2, 3)]
    assert roles(plan, 2) == {"市财政局": Role.LEAD, "市税务局": Role.LEAD}
    assert roles(plan, 3) == {"市水利局": Role.LEAD, "市气象局": Role.RESPONSIBLE}
    assert plan.items[2].open_ended
    assert plan.items[0].assignees_text == "牵头单位：市发展改革委\n责任单位：各县（市、区）人民政府，市政府各部门"


def test_a_cell_broken_over_lines() -> None:
    plan = plan_of(
        "序号", "任务名称", "具体内容", "责任单位", "完成时限",
        "1", "一、深化", "主动公开", "公开财政信息", "（1）公开预算和决算。", "县财政局", "县审计局", "全年",
        "2", "加强政策解读", "（2）解读材料与文件同步发布。", "县司法局", "全年",
    )  # fmt: skip
    assert [(item.group, item.task_number, item.task) for item in plan.items] == [
        ("深化主动公开", 1, "公开财政信息"),
        ("深化主动公开", 2, "加强政策解读"),
    ]
    assert list(roles(plan, 1)) == ["县财政局", "县审计局"]


def test_a_heading_repeated_on_each_page() -> None:
    header = ["序号", "工作任务", "责任单位"]
    plan = plan_of(*header, "1", "公开预算。", "县财政局", *header, "2", "公开决算。", "县审计局", "（此件公开发布）")
    assert [item.text for item in plan.items] == ["公开预算。", "公开决算。"]


def test_bare_numbers_run_together() -> None:
    plan = plan_of(
        "序号工作任务责任单位完成时限1公开财政预决算信息，规范公开样表。县财政局6月底前2公开审计结果和整改情况。县审计局、县财政局全年"
        "3做好政策解读工作。县司法局、县政府办公室，各镇人民政府长期坚持"
    )
    assert [(item.number, item.text, item.deadline.text) for item in plan.items] == [
        (1, "公开财政预决算信息，规范公开样表。", "6月底前"),
        (2, "公开审计结果和整改情况。", "全年"),
        (3, "做好政策解读工作。", "长期坚持"),
    ]
    assert list(roles(plan, 3)) == ["县司法局", "县政府办公室"]
    assert plan.items[2].selectors == ("各镇人民政府",)


def test_names_run_into_the_text_without_a_stop() -> None:
    lists = "县司法局、县财政局、县审计局、县教育局、县民政局"
    plan = plan_of(
        f"序号工作任务责任单位1.及时公布清理目录并实现统一查询{lists}2.凡对外公告的问题，相关单位要全面公开整改结果县审计局等县级部门；各乡镇人民政府"
        f"3.完善动态更新机制县财政局、{lists}"
    )
    assert [item.text for item in plan.items] == [
        "及时公布清理目录并实现统一查询",
        "凡对外公告的问题，相关单位要全面公开整改结果",
        "完善动态更新机制",
    ]
    assert list(roles(plan, 2)) == ["县审计局"]
    assert plan.items[1].open_ended


def test_groups_and_tasks_run_together() -> None:
    plan = plan_of(
        "一级指标二级指标三级指标责任单位一、公开（一）财政1.公开预算。县财政局2.公开决算。县财政局、县审计局（二）审计3.公开审计。县审计局"
    )
    assert [(item.group, item.task_number, item.task) for item in plan.items] == [
        ("公开", 1, "财政"),
        ("公开", 1, "财政"),
        ("公开", 2, "审计"),
    ]


def test_a_catalogue_in_lines_is_refused() -> None:
    with pytest.raises(NoPlan, match="公开标准目录"):
        plan_of(
            "序号 | 公开事项 | 公开内容（要素） | 公开依据 |",
            "公开主体 |",
            "1 | 机构信息 | 职责 | 《条例》 | 县教育局 |",
        )


def test_a_short_run_that_teaches_no_beginnings() -> None:
    """Each cell names one body: no name stands alone, so names begin with a level (县…)."""
    plan = plan_of(
        "云溪县2024年政务公开任务分解表序号任务名称工作内容责任单位完成时限1财政公开（1）公开预决算信息县财政局2月底前"
        "（2）公开采购信息县财政局、县审计局全年2民生公开（3）公开低保信息县民政局；各乡镇人民政府每季度"
    )
    assert [(item.task, item.text) for item in plan.items] == [
        ("财政公开", "公开预决算信息"),
        ("财政公开", "公开采购信息"),
        ("民生公开", "公开低保信息"),
    ]
    assert [[each.name for each in item.assignees] for item in plan.items] == [
        ["县财政局"],
        ["县财政局", "县审计局"],
        ["县民政局"],
    ]
