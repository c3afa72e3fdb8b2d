"""A plan written as docx or xlsx and read again is the same plan."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.core.documents import read, read_bytes
from gongkai.core.notices import NoPlan, Plan, read_plan
from gongkai.core.notices.layout import lay_out
from gongkai.core.notices.view import table_view
from gongkai.core.notices.writer import write_docx, write_xlsx

# Told of the file that was read, not of the plan: they end with it.
LAYOUT = {"goal-column", "unread-column", "renumbered", "noise-removed", "joined-cells", "empty-cell", "missing-number"}
WRITERS = [write_docx, write_xlsx]


def kept(plan: Plan) -> dict:
    return replace(plan, findings=tuple(each for each in plan.findings if each.code not in LAYOUT)).to_dict()


def again(plan: Plan, write: Callable[[Plan], bytes]) -> Plan:
    return read_plan(read_bytes(write(plan)))


@pytest.mark.parametrize("write", WRITERS)
def test_the_seed(shared: Path, write: Callable[[Plan], bytes]) -> None:
    plan = read_plan(read(shared / "seed/notice.docx"))
    assert again(plan, write) == plan


@pytest.mark.slow
@pytest.mark.parametrize("write", WRITERS)
def test_the_samples(shared: Path, write: Callable[[Plan], bytes]) -> None:
    done = 0
    for path in sorted((shared / "samples/notices").iterdir()):
        try:
            plan = read_plan(read(path)) if path.suffix != ".json" else None
        except NoPlan:
            continue
        if plan:
            assert kept(again(plan, write)) == kept(plan), path.name
            done += 1
    assert done >= 12


SUBJECTS = st.lists(
    st.sampled_from(["预算", "决算", "采购", "审计结果", "行政许可", "规划", "政策解读"]), min_size=1, max_size=3
)
TEXTS = st.builds(lambda verb, what, more: verb + "、".join(what) + more, st.sampled_from(["公开", "及时发布", "9月底前公布"]), SUBJECTS,
                  st.sampled_from(["", "。", "，比例不低于50%", "，每季度更新", "；做好解读"]))  # fmt: skip
EXPRESSIONS = st.sampled_from(
    [
        "县财政局",
        "县财政局、县审计局等县级部门；各乡镇人民政府、街道办事处",
        "县教育局牵头，县财政局配合",
        "各部门",
        "县委办公室、县政府办公室",
        "县级政务新媒体主办单位",
    ]
)
GOALS = st.sampled_from(["", "公开率达到100%", "解读材料不少于30篇；办结时限缩短至5个工作日", "群众满意", "16个领域"])
DEADLINES = st.sampled_from(["全年", "8月底前", "持续推进", "每季度", "2024年底前", "—"])
ROWS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 1), TEXTS, EXPRESSIONS, DEADLINES, GOALS), min_size=1, max_size=8
)
GROUPS, TASKS = ["一、扩大公开", "二、加强解读", "三、夯实基础"], ["财政领域", "民生领域"]


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_generated_notices(rows: list[tuple], grouped: bool, tasked: bool, timed: bool, goals: bool) -> None:
    rows = sorted(rows, key=lambda row: row[:2])
    header = (
        ["工作类别"] * grouped
        + ["工作任务"] * tasked
        + ["具体内容", "责任单位"]
        + ["完成时限"] * timed
        + ["预期目标"] * goals
    )
    lines = [
        "云溪政办发〔2024〕7号",
        "云溪县人民政府办公室关于印发2024年政务公开要点的通知",
        "一、加强领导",
        "明确专人。",
        "",
        "\t".join(header),
    ]
    for at, (group, task, text, bodies, deadline, goal) in enumerate(rows, 1):
        cells = [GROUPS[group]] * grouped + [TASKS[task]] * tasked + [f"（{at}）{text}", bodies] + [deadline] * timed
        cells += [goal or "—"] * goals
        lines.append("\t".join(cells))
    plan = read_plan(read_bytes("\n".join(lines).encode()))
    assert [item.text for item in plan.items] == [row[2] for row in rows]
    assert [item.assignees_text for item in plan.items] == [row[3] for row in rows]
    for write in WRITERS:
        assert kept(again(plan, write)) == kept(plan)


def test_the_plan_as_data(shared: Path) -> None:
    plan = read_plan(read(shared / "seed/notice.docx"))
    assert Plan.from_dict(plan.to_dict()) == plan
    assert list(plan.to_dict()) == ["title", "document_number", "issuer", "year", "requirements", "items", "findings"]
    assert list(plan.to_dict()["items"][0]) == [
        "number", "group_number", "group", "task_number", "task", "text", "assignees", "selectors", "open_ended", "assignees_text", "deadline", "targets",
    ]  # fmt: skip


def test_the_layout_merges_what_belongs_together(shared: Path) -> None:
    sheet = lay_out(read_plan(read(shared / "seed/notice.docx")))
    assert [area.text for area in sheet.areas if area.row == 0] == [
        "序号",
        "任务名称",
        "具体内容",
        "责任单位",
        "完成时限",
    ]
    assert [area.rows for area in sheet.areas if area.column == 1 and area.row] == [19, 19, 2, 4]
    assert sheet.rows == 45


def test_a_cell_that_looks_like_a_formula_stays_text() -> None:
    from openpyxl import load_workbook

    lines = ["云溪县2024年政务公开任务分解表", "", "工作任务\t责任单位", "=1+1项公开\t县财政局", "公开决算\t县财政局"]
    data = write_xlsx(read_plan(read_bytes("\n".join(lines).encode())))
    sheet = load_workbook(io.BytesIO(data)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_view_for_a_terminal(shared: Path) -> None:
    text = table_view(read_plan(read(shared / "seed/notice.docx")))
    assert "条目44项，涉及单位26个，工作要求5条" in text
    assert "【强化政务公开转型提质 / 提升政策解读实效】" in text
    assert "第40项 责任单位" in text
    assert "需要核对8处" in text
