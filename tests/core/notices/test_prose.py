"""Numbered prose with the bodies behind it."""

import pytest

from gongkai.core.documents import read_bytes
from gongkai.core.notices import NoPlan, Plan, Recurrence, Role, read_plan


def plan_of(*lines: str) -> Plan:
    return read_plan(read_bytes("\n".join(lines).encode()))


TITLE = "云溪县2024年政务公开工作要点"


@pytest.mark.parametrize("brackets", ["（）", "()", "〔〕", "[]", "【】"])
@pytest.mark.parametrize("end", ["", "。", "；"])
def test_a_trailing_bracket_of_any_kind(brackets: str, end: str) -> None:
    opening, closing = brackets
    plan = plan_of(
        TITLE,
        "一、扩大公开",
        f"1.公开预算{opening}县教育局牵头，县财政局配合，年底前完成{closing}{end}",
        f"2.公开决算。{opening}县财政局、县审计局{closing}{end}",
    )
    first, second = plan.items
    assert (first.text, second.text) == ("公开预算", "公开决算。")
    assert [(each.name, each.role) for each in first.assignees] == [("县教育局", Role.LEAD), ("县财政局", Role.SUPPORT)]
    assert first.assignees_text == "县教育局牵头，县财政局配合"
    assert (first.deadline.text, str(first.deadline.due)) == ("年底前", "2024-12-31")
    assert (first.group_number, first.group, first.task) == (1, "扩大公开", "")


def test_a_trailing_sentence() -> None:
    plan = plan_of(
        TITLE,
        "一、扩大公开",
        "（一）公开预算。全面公开部门预算。",
        "责任单位：县财政局、各部门；完成时限：6月底前。",
        "（二）公开决算。全面公开部门决算。牵头单位：县财政局；配合单位：县审计局。",
    )
    first, second = plan.items
    assert (first.task_number, first.task, first.text) == (1, "公开预算", "公开预算。全面公开部门预算。")
    assert (first.assignees_text, first.selectors, str(first.deadline.due)) == (
        "县财政局、各部门",
        ("各部门",),
        "2024-06-30",
    )
    assert second.assignees_text == "牵头单位：县财政局；配合单位：县审计局"
    assert [each.role for each in second.assignees] == [Role.LEAD, Role.SUPPORT]


def test_people_are_no_bodies() -> None:
    plan = plan_of(
        TITLE,
        "一、扩大公开",
        "1.公开预算。责任领导：张三；责任单位：县财政局",
        "2.公开决算。（责任领导：李四；责任单位：县审计局）",
        "联系人：王五，电话：12345678",
    )
    assert [item.text for item in plan.items] == ["公开预算。", "公开决算。"]
    assert [[each.name for each in item.assignees] for item in plan.items] == [["县财政局"], ["县审计局"]]
    assert plan.items[0].assignees_text == "责任领导：张三；责任单位：县财政局"


def test_bodies_in_a_bracket_inside_the_text() -> None:
    plan = plan_of(
        TITLE, "一、扩大公开", "（一）公开清单（县委编办负责）。全面公开清单。", "（二）公开预算。（县财政局）"
    )
    assert [each.name for each in plan.items[0].assignees] == ["县委编办"]
    assert plan.items[0].text == "公开清单（县委编办负责）。全面公开清单。"
    assert plan.items[0].task == "公开清单"


def test_labels_on_lines_of_their_own() -> None:
    plan = plan_of(
        TITLE,
        "（一）扩大公开",
        "1.公开预算。",
        "牵头单位：县财政局",
        "配合单位：县级各部门，各乡镇（街道）",
        "完成时限：10月31日前",
        "2.公开采购。",
        "牵头单位：县财政局",
        "完成时限：长期坚持",
    )
    first, second = plan.items
    assert (first.text, first.selectors, str(first.deadline.due)) == (
        "公开预算。",
        ("县级各部门", "各乡镇（街道）"),
        "2024-10-31",
    )
    assert first.assignees_text == "牵头单位：县财政局\n配合单位：县级各部门，各乡镇（街道）"
    assert second.deadline.recurrence is Recurrence.CONTINUOUS


def test_three_levels() -> None:
    plan = plan_of(
        TITLE,
        "一、扩大公开",
        "（一）公开财政。",
        "1.公开预算。（县财政局）",
        "2.公开决算。（县财政局）",
        "（二）公开审计。",
        "1.公开结果。（县审计局）",
    )
    assert [(item.number, item.group, item.task_number, item.task) for item in plan.items] == [
        (1, "扩大公开", 1, "公开财政"),
        (2, "扩大公开", 1, "公开财政"),
        (3, "扩大公开", 2, "公开审计"),
    ]
    assert "renumbered" in [finding.code for finding in plan.findings]


def test_points_that_share_their_bodies_are_one_item() -> None:
    plan = plan_of(
        TITLE,
        "一、扩大公开",
        "（一）公开财政。",
        "1.公开预算；",
        "2.公开决算。",
        "责任单位：县财政局",
        "（二）公开审计。（县审计局）",
    )
    assert [item.text for item in plan.items] == ["1.公开预算；\n2.公开决算。", "公开审计。"]
    assert plan.items[0].task == "公开财政"


def test_brackets_that_name_no_bodies_stay() -> None:
    plan = plan_of(
        TITLE,
        "一、扩大公开",
        "1.按细则（试行）公开。（县财政局）",
        "2.落实通知要求（云政发〔2024〕3号）。",
        "3.公开范围（含乡镇、街道）。",
    )
    assert [item.text for item in plan.items] == [
        "按细则（试行）公开。",
        "落实通知要求（云政发〔2024〕3号）。",
        "公开范围（含乡镇、街道）。",
    ]
    assert [finding.where for finding in plan.findings if finding.code == "no-body"] == [
        "item 2, responsible bodies",
        "item 3, responsible bodies",
    ]


def test_framing_sections_are_requirements() -> None:
    plan = plan_of(
        TITLE,
        "一、总体要求",
        "坚持以人民为中心。",
        "二、重点任务",
        "（一）公开预算。（县财政局）",
        "（二）公开决算。（县财政局）",
        "三、工作保障",
        "（一）加强领导。明确专人。",
        "（二）强化考核。纳入绩效。",
        "云溪县人民政府办公室",
        "2024年3月5日",
    )
    assert [item.text for item in plan.items] == ["公开预算。", "公开决算。"]
    assert [(each.number, each.heading) for each in plan.requirements] == [(1, "总体要求"), (3, "工作保障")]
    assert plan.requirements[1].text == "（一）加强领导。明确专人。\n（二）强化考核。纳入绩效。"
    assert plan.issuer == "云溪县人民政府办公室"


def test_a_letter_and_its_annex() -> None:
    plan = plan_of(
        "云溪县人民政府办公室关于印发2024年政务公开工作要点的通知",
        "各乡镇人民政府：",
        "现印发给你们，请认真落实。",
        "一、高度重视",
        "二、及时报送",
        "附件",
        "2024年政务公开工作要点",
        "一、扩大公开",
        "1.公开预算。（县财政局）",
        "二、加强解读",
        "2.解读政策。（县司法局）",
    )
    assert [(item.number, item.group) for item in plan.items] == [(1, "扩大公开"), (2, "加强解读")]
    assert [each.heading for each in plan.requirements] == ["高度重视", "及时报送"]
    assert plan.title == "云溪县人民政府办公室关于印发2024年政务公开工作要点的通知"


def test_numbers_that_count_through_the_sections_and_a_signature() -> None:
    """（五） may open a section when （四） closed the one before; who signed belongs to no item."""
    plan = plan_of(
        "云溪县教育局关于印发2024年政务公开要点的通知",
        *("一、扩大公开", *(f"（{number}）公开{number}类信息。（办公室负责）" for number in "一二三四")),
        "二、夯实基础",
        "（五）培训2次以上。责任科室：人事科。完成时限：12月底前。",
        "（六）办好申请。（法规科牵头，长期坚持）",
        *("", "云溪县教育局", "2024年3月5日", ""),
    )
    assert [item.number for item in plan.items] == [1, 2, 3, 4, 5, 6]
    fifth, sixth = plan.items[4:]
    assert (fifth.group, fifth.text, fifth.assignees_text) == ("夯实基础", "培训2次以上。", "人事科")
    assert str(fifth.deadline.due) == "2024-12-31"
    assert (sixth.text, sixth.assignees_text, sixth.deadline.text) == ("办好申请。", "法规科牵头", "长期坚持")
    assert plan.findings == ()


def test_a_sentence_and_its_bodies_on_lines_below() -> None:
    """The first line is the item's text and no heading over it: what follows only names bodies and a time."""
    plan = plan_of(
        TITLE,
        "一、加强公开",
        "（一）推进文件集中公开，实现分类展示。",
        "牵头单位：县司法局",
        "配合单位：县政府各部门，各乡镇人民政府",
        "完成时限：6月底前",
        "二、强化监督",
        "（二）开展评估。",
        "责任单位：县政府办公室、县统计局",
        "完成时限：每半年",
    )
    first, second = plan.items
    assert (first.text, [each.name for each in first.assignees], first.selectors) == (
        "推进文件集中公开，实现分类展示。",
        ["县司法局"],
        ("县政府各部门", "各乡镇人民政府"),
    )
    assert str(first.deadline.due) == "2024-06-30"
    assert (second.group, second.text, len(second.assignees)) == ("强化监督", "开展评估。", 2)
    assert second.deadline.recurrence is Recurrence.HALF_YEARLY
    assert plan.requirements == ()


def test_numbers_apart_by_a_tab() -> None:
    """As word processors save a numbered list."""
    plan = plan_of(TITLE, *(f"{at}.\t公开第{at}类信息。（县财政局牵头，县审计局配合）" for at in range(1, 5)))
    assert [(item.number, item.text) for item in plan.items] == [(at, f"公开第{at}类信息。") for at in range(1, 5)]
    assert {len(item.assignees) for item in plan.items} == {2}


def test_a_whole_notice_in_one_line() -> None:
    filler = "全面梳理、及时公布、统一管理相关信息，" * 8
    line = f"{TITLE}一、扩大公开 （一）公开预算。{filler}方便查阅。（县财政局） （二）公开决算。{filler}方便查阅。（县审计局） 二、加强解读 （一）解读政策。{filler}（县司法局）"
    plan = plan_of(line)
    assert [(item.group, item.task, item.assignees[0].name) for item in plan.items] == [
        ("扩大公开", "公开预算", "县财政局"),
        ("扩大公开", "公开决算", "县审计局"),
        ("加强解读", "解读政策", "县司法局"),
    ]


def test_a_bracket_broken_over_two_lines() -> None:
    plan = plan_of(TITLE, "一、扩大公开", "1.公开预算。（县财政局、县审", "计局）", "2.公开决算。（县财政局）")
    assert [each.name for each in plan.items[0].assignees] == ["县财政局", "县审计局"]


@pytest.mark.parametrize(
    "lines",
    [
        ["各乡镇人民政府：", "现将任务分解表印发给你们。", "云溪县人民政府办公室", "2024年1月25日"],
        ["今天天气很好。"],
        ["一、只有一个标题"],
    ],
)
def test_text_without_a_plan(lines: list[str]) -> None:
    with pytest.raises(NoPlan, match="没有找到任务分解内容"):
        plan_of(*lines)
