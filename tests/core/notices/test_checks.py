"""What is told about a plan, and that nothing is told where nothing is wrong."""

import pytest

from gongkai.core.documents import read_bytes
from gongkai.core.notices import Body, Finding, Lexicon, Plan, read_plan
from gongkai.core.notices.places import in_chinese
from gongkai.core.notices.typos import doubled, near_misses, slips

TITLE = "云溪县2024年政务公开任务分解表"


def plan_of(*rows: tuple[str, str], title: str = TITLE, lexicon: Lexicon | None = None) -> Plan:
    lines = [
        title,
        "",
        "\t序号\t工作任务\t责任单位",
        *(f"\t{at}\t{text}\t{bodies}" for at, (text, bodies) in enumerate(rows, 1)),
    ]
    return read_plan(read_bytes("\n".join(line.removeprefix("\t") for line in lines).encode()), lexicon)


def found(plan: Plan, code: str) -> list[Finding]:
    return [finding for finding in plan.findings if finding.code == code]


def test_a_clean_plan_has_no_findings() -> None:
    plan = plan_of(("公开预算", "县财政局；各部门"), ("公开决算", "县审计局；各部门"), ("公开采购", "县财政局；各部门"))
    assert plan.findings == ()


@pytest.mark.parametrize(
    ("listed", "number", "told"),
    [("预算、决算、采购", 3, False), ("预算、决算、采购", 16, True), ("预算、决算、采购", 2, True)],
)
def test_a_number_and_what_is_listed(listed: str, number: int, told: bool) -> None:
    plan = plan_of((f"做好{listed}等{number}个领域公开", "县财政局"), ("公开决算", "县财政局"))
    assert bool(found(plan, "count-mismatch")) is told


def test_a_separator_against_the_habit() -> None:
    plan = plan_of(
        *[("公开预算", "县财政局等县级部门；各乡镇人民政府")] * 3, ("公开决算", "县财政局等县级部门，各乡镇人民政府")
    )
    (finding,) = found(plan, "mixed-separator")
    assert (finding.where, finding.suggestion) == ("item 4, responsible bodies", "等县级部门；各乡镇人民政府")


def test_two_uses_make_no_habit() -> None:
    assert not found(plan_of(("公开预算", "县财政局；各部门"), ("公开决算", "县财政局，各部门")), "mixed-separator")


def test_unknown_bodies_are_told_only_against_a_register() -> None:
    rows = (("公开预算", "县财政局、县审计局、县扶贫办"),)
    assert not found(plan_of(*rows), "unknown-body")
    lexicon = Lexicon((Body("云溪县财政局", ("县财政局",)), Body("云溪县乡村振兴局", ("县乡村振兴局",), ("县扶贫办",))))
    plan = plan_of(*rows, lexicon=lexicon)
    assert [finding.excerpt for finding in found(plan, "unknown-body")] == ["县审计局"]
    assert [finding.suggestion for finding in found(plan, "former-name")] == ["云溪县乡村振兴局"]
    assert [each.name for each in plan.items[0].assignees] == ["县财政局", "县审计局", "县扶贫办"], (
        "names stay verbatim"
    )


def test_the_level_of_the_first_name_holds_for_the_others() -> None:
    lexicon = Lexicon((Body("省财政厅"), Body("省审计厅")))
    plan = plan_of(("公开预算", "省财政厅、审计厅、民政厅"), lexicon=lexicon)
    assert [finding.excerpt for finding in found(plan, "unknown-body")] == ["民政厅"]


def test_a_plan_without_year_or_title() -> None:
    plan = plan_of(("8月底前公开预算", "县财政局"), title="通知")
    assert [finding.code for finding in plan.findings] == ["no-title", "no-year"]
    assert plan.items[0].deadline.due is None
    assert plan.items[0].deadline.text == "8月底前"


@pytest.mark.parametrize(
    ("text", "excerpt", "meant"),
    [
        ("规范公开突发共事件预警信息", "突发共事件", "突发公共事件"),
        ("推进新型工业化、现化服务业", "现化服务业", "现代服务业"),
        ("完善依申公开办理流程", "依申公开", "依申请公开"),
        ("落实重大行决策程序", "重大行决策", "重大行政决策"),
    ],
)
def test_slips(text: str, excerpt: str, meant: str) -> None:
    assert list(slips(text)) == [(excerpt, meant)]


@pytest.mark.parametrize(
    "text",
    [
        "现行规范性文件", "实现服务业增长", "公共事业单位", "规范公开突发公共事件预警信息", "现代化产业体系", "创新工业化路径", "政务信息公开",
        "财政预算和财政决算", "保障住房困难群众", "实现新服务业态",
    ],
)  # fmt: skip
def test_what_is_right_is_not_suspected(text: str) -> None:
    assert list(slips(text)) == []


def test_names_that_nearly_are_others() -> None:
    usual = ["县人力资源和社会保障局"] * 3 + ["县水务局"] * 3 + ["第一中学校区管委会"] * 3
    assert list(near_misses([*usual, "县人力资源社会保障局"])) == [("县人力资源社会保障局", "县人力资源和社会保障局")]
    assert list(near_misses([*usual, "县人力资原和社会保障局"])) == [
        ("县人力资原和社会保障局", "县人力资源和社会保障局")
    ]
    assert list(near_misses([*usual, "县税务局", "第二中学校区管委会"])) == []
    assert doubled("各区属国有企企") == "各区属国有企"
    assert doubled("各区属国有企业") is None


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("item 40, responsible bodies", "第40项 责任单位"),
        ("item 3, deadline", "第3项 完成时限"),
        ("requirement 2, text", "要求2 内容"),
        ("plan", "全文"),
        ("title", "标题"),
    ],
)
def test_places_in_officials_words(where: str, words: str) -> None:
    assert in_chinese(where) == words
