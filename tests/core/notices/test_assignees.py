"""The expressions that name bodies: generated ones parse back to what was generated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.notices import Lexicon, Role
from gongkai.core.notices.assignees import Naming, read_assignees

BODIES = [
    "县发展和改革局", "县教育和体育局", "县财政局", "县人力资源和社会保障局", "县住房和城乡建设局", "县文化广播电视和旅游局", "县政府办公室", "县委宣传部",
    "县市场监督管理局", "乐安生态环境局", "县融媒体中心", "县税务局", "人民银行乐安支行", "青龙街道办事处", "县公安局交警大队", "县发改局（县优化办、县营商局）",
]  # fmt: skip
SELECTORS = [
    "各乡镇人民政府",
    "街道办事处",
    "各部门",
    "县级政务新媒体主办单位",
    "各乡镇人民政府（街道办事处）",
    "各科室",
    "县直各有关单位",
]
bodies = st.lists(st.sampled_from(BODIES), min_size=1, max_size=5, unique=True)
roles = {
    Role.LEAD: ["牵头", "牵头负责", "分别牵头落实", "主办"],
    Role.SUPPORT: ["配合", "协助", "参与", "协同配合", "协办"],
}
roles |= {
    Role.RESPONSIBLE: ["负责", "按职责分工负责", "落实", "具体负责"],
    Role.SUPERVISE: ["指导", "督促", "督促指导"],
}


def read(text: str, role: Role = Role.RESPONSIBLE) -> Naming:
    return read_assignees(text, Lexicon(), role)


def pairs(naming: Naming) -> list[tuple[str, str]]:
    return [(each.name, each.role.value) for each in naming.assignees]


@given(
    bodies, st.lists(st.sampled_from(SELECTORS), max_size=3, unique=True), st.sampled_from("、，；\n"), st.booleans()
)
def test_lists(names: list[str], selectors: list[str], separator: str, open_ended: bool) -> None:
    text = "、".join(names) + ("等县级部门" if open_ended else "")
    naming = read(separator.join([text, *selectors]))
    assert [each.name for each in naming.assignees] == names
    assert naming.selectors == tuple(selectors)
    assert naming.open_ended is open_ended
    assert {each.role for each in naming.assignees} == {Role.RESPONSIBLE}
    assert not naming.remarks


def test_a_selector_on_a_line_of_its_own_is_no_part_of_the_name_before() -> None:
    naming = read("县财政局、县委宣传部\n街道办事处")
    assert [each.name for each in naming.assignees] == ["县财政局", "县委宣传部"]
    assert naming.selectors == ("街道办事处",)
    assert [each.name for each in read("县财政局、城关镇\n街道办事处").assignees] == ["县财政局", "城关镇街道办事处"]


@given(st.lists(st.sampled_from(BODIES), min_size=3, max_size=9, unique=True), st.data())
def test_roles_behind_names(names: list[str], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(1, len(names) - 1), max_size=3, unique=True)))
    groups = [names[start:end] for start, end in zip([0, *cuts], [*cuts, len(names)], strict=True)]
    expected, clauses = [], []
    for group in groups:
        role = data.draw(st.sampled_from(list(roles)))
        clauses.append("、".join(group) + data.draw(st.sampled_from(roles[role])))
        expected += [(name, role.value) for name in group]
    separator = data.draw(st.sampled_from(["，", "；", ",", ";"]))
    assert sorted(pairs(read(separator.join(clauses)))) == sorted(expected)


@given(bodies, bodies, st.sampled_from("：:"), st.sampled_from("；，;,\n"))
def test_labels(leads: list[str], others: list[str], colon: str, separator: str) -> None:
    others = [name for name in others if name not in leads]
    text = f"牵头单位{colon}{'、'.join(leads)}{separator}配合单位{colon}{'、'.join(others)}"
    assert pairs(read(text)) == [(name, "lead") for name in leads] + [(name, "support") for name in others]


@given(bodies)
def test_a_body_is_named_once(names: list[str]) -> None:
    naming = read("、".join(names * 2))
    assert [each.name for each in naming.assignees] == names
    assert {remark.code for remark in naming.remarks} == {"duplicate-body"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县教育局会同县财政局、县审计局", {"lead": ["县教育局"], "support": ["县财政局", "县审计局"]}),
        ("由县教育局牵头会同县财政局落实", {"lead": ["县教育局"], "support": ["县财政局"]}),
        ("县教育局会同县财政局牵头，县审计局配合", {"lead": ["县教育局", "县财政局"], "support": ["县审计局"]}),
        ("县财政局（牵头）、县教育局、县审计局", {"lead": ["县财政局"], "responsible": ["县教育局", "县审计局"]}),
        ("县财政局、县教育局（按职责分工负责）", {"responsible": ["县财政局", "县教育局"]}),
        (
            "县政府办指导，县教育局牵头，县财政局配合",
            {"supervise": ["县政府办"], "lead": ["县教育局"], "support": ["县财政局"]},
        ),
        (
            "县教育局和县财政局、县人力资源和社会保障局",
            {"responsible": ["县教育局", "县财政局", "县人力资源和社会保障局"]},
        ),
        ("县委办公室/县政府办公室", {"responsible": ["县委办公室", "县政府办公室"]}),
        ("县教育局 县民政局　县财政局", {"responsible": ["县教育局", "县民政局", "县财政局"]}),
        ("省工信厅、财政厅、生态环境厅", {"responsible": ["省工信厅", "财政厅", "生态环境厅"]}),
        ("县教育局牵头，县教育局配合", {"lead": ["县教育局"]}),
        ("（县教育局牵头，年底前完成）", {"lead": ["县教育局"]}),
        ("—", {}),
        ("", {}),
    ],
)
def test_expressions(text: str, expected: dict[str, list[str]]) -> None:
    found: dict[str, list[str]] = {}
    for name, role in pairs(read(text)):
        found.setdefault(role, []).append(name)
    assert found == expected


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("县教育局、、县民政局", "stray-separator", "县教育局、县民政局"),
        ("县教育局、等县级部门", "stray-separator", "县教育局等县级部门"),
        ("县教育局县民政局", "missing-separator", "县教育局、县民政局"),
        ("县民政局等县级部门各乡镇人民政府", "missing-separator", "县民政局等县级部门；各乡镇人民政府"),
        ("县民政局、另行通知", "doubtful-body", ""),
        ("县民政局负责城乡低保", "unread-words", ""),
    ],
)
def test_repairs_are_told(text: str, code: str, suggestion: str) -> None:
    assert [(remark.code, remark.suggestion) for remark in read(text).remarks] == [(code, suggestion)]


def test_lines_broken_by_a_cells_width_are_joined() -> None:
    lexicon = Lexicon().teach(["县住房和城乡建设局"])
    text = "县发展和改革局、县经济科\n技信息化局、县住房和城乡\n建设局\n县审计局\n等县级部门，各乡镇人民\n政府"
    naming = read_assignees(text, lexicon)
    assert [each.name for each in naming.assignees] == [
        "县发展和改革局",
        "县经济科技信息化局",
        "县住房和城乡建设局",
        "县审计局",
    ]
    assert naming.selectors == ("各乡镇人民政府",)
    assert naming.open_ended


def test_a_column_gives_its_role() -> None:
    assert pairs(read("县教育局\n县民政局", Role.LEAD)) == [("县教育局", "lead"), ("县民政局", "lead")]
    assert pairs(read("县教育局牵头，县民政局", Role.SUPPORT)) == [("县教育局", "lead"), ("县民政局", "support")]


def test_the_separator_before_selectors_is_kept() -> None:
    assert read("县教育局等县级部门；各乡镇人民政府").joint == "；"
    assert read("县教育局，各乡镇人民政府").joint == "，"
    assert read("各乡镇人民政府、街道办事处").joint == ""


@given(st.text("县教育局各乡镇人民政府等部门牵头配合会同负责、，；：:（）()\n 和及/责任单位", max_size=60))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    naming = read(text)
    names = [each.name for each in naming.assignees]
    assert len(set(names)) == len(names)
    assert not set(names) & set(naming.selectors)


def test_roles_in_a_list_with_the_mark_of_a_list() -> None:
    """A牵头、B配合: 、 stands between two roles, and each has its own."""
    naming = read_assignees("县教育局牵头、县财政局、县审计局配合、县政府办公室督促", Lexicon())
    assert [(each.name, each.role) for each in naming.assignees] == [
        ("县教育局", Role.LEAD),
        ("县财政局", Role.SUPPORT),
        ("县审计局", Role.SUPPORT),
        ("县政府办公室", Role.SUPERVISE),
    ]
    assert naming.remarks == ()


@pytest.mark.parametrize(
    "words", ["（列第一位的为牵头单位）", "（排第一的为牵头单位，下同）", "；排在首位的单位为牵头单位"]
)
def test_the_first_one_named_leads_where_the_text_says_so(words: str) -> None:
    naming = read(f"县水利局、县生态环境分局，各乡镇人民政府{words}")
    assert pairs(naming) == [("县水利局", "lead"), ("县生态环境分局", "responsible")]
    assert naming.selectors == ("各乡镇人民政府",)


def test_numbers_before_names_are_no_part_of_them() -> None:
    assert pairs(read("1.县财政局；2.县审计局")) == [("县财政局", "responsible"), ("县审计局", "responsible")]


def test_a_word_that_needs_an_owner_is_no_name_of_its_own() -> None:
    assert read("县直有关部门和单位，各镇人民政府").selectors == ("县直有关部门和单位", "各镇人民政府")


def test_expressions_that_stand_for_many() -> None:
    assert read("有关乡镇、有关部门").selectors == ("有关乡镇", "有关部门")
    assert read("政务公开领导小组各成员单位").selectors == ("政务公开领导小组各成员单位",)
    assert read("县发展和改革局各乡镇").selectors == ("各乡镇",)


def test_people_in_brackets_are_no_part_of_a_name() -> None:
    assert pairs(read("责任单位：县医保局（责任人：张某，电话：0000-0000000）")) == [("县医保局", "responsible")]


def test_another_body_and_its_role_in_brackets() -> None:
    assert set(pairs(read("办公室（法规股、财务股配合）"))) == {
        ("办公室", "responsible"),
        ("法规股", "support"),
        ("财务股", "support"),
    }
