"""Rolling a ledger over to the next year, and closing the books of one."""

import pytest
from django.core.exceptions import ValidationError
from tests.ledger.importing.readings import draft_of, item, reading

from gongkai.foundation.access import Refused
from gongkai.ledger.importing.proposal import Proposal
from gongkai.ledger.models import PlanState
from gongkai.ledger.services import archive, commit, discard, roll_over, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(register):
    """All year; once, by the end of September; every month; split, in 2023, with a body named by hand."""
    target = {"text": "不得低于50%", "operator": ">=", "value": 50, "unit": "%", "subject": "解读比例"}
    draft = draft_of(
        register.root,
        register.office,
        reading(
            item(1, "公开财政预算决算", "县财政局", targets=[target]),
            item(2, "公布清理目录", "县教育局", due="2023-09-30", deadline_text="9月底前"),
            item(3, "更新栏目", selectors=["各乡镇人民政府"], due="2023-06-30", recurrence="monthly"),
            item(4, "在2023年公布清单内容；公开2023年处罚决定", "县财政局", open_ended=True),
            item(5, "持续更新目录", "县财政局", due=None, recurrence="continuous"),
        ),
    )
    parts = ["在2023年公布清单内容", "公开2023年处罚决定"]
    settle(register.office, draft, items={"4": {"parts": parts, "added": [register.jtj.pk]}})
    return commit(register.office, draft)


def test_standing_duties_splits_bodies_and_targets_go_on(ledger, register):
    draft = roll_over(register.office, ledger)
    assert (draft.year, draft.file_name) == (2024, "由2023年度台账沿用")
    rows = {row.key: row for row in Proposal(draft).rows}
    assert [key for key, row in rows.items() if row.dropped] == ["2"]
    assert [str(row.due) for row in rows.values()] == ["2024-12-31", "2024-09-30", "2024-06-30", "2024-12-31", "None"]
    assert rows["4"].parts == ["在2023年公布清单内容", "公开2023年处罚决定"]
    assert rows["4"].added == [register.jtj.pk]
    assert rows["1"].targets[0]["value"] == 50


def test_the_year_in_a_text_is_asked_about(ledger, register):
    draft = roll_over(register.office, ledger)
    [issue] = Proposal(draft).open_warnings
    assert (issue.key, issue.excerpt, issue.suggestion) == ("4", "2023年", "2024年")
    settle(register.office, draft, all_warnings=True)
    draft.refresh_from_db()
    row = next(row for row in Proposal(draft).rows if row.key == "4")
    assert row.text == "在2024年公布清单内容；公开2024年处罚决定"
    assert row.parts == ["在2024年公布清单内容", "公开2024年处罚决定"]


def test_the_draft_becomes_the_ledger_of_the_next_year(ledger, register):
    plan = commit(register.office, roll_over(register.office, ledger))
    assert (plan.year, plan.title) == (2024, "青山县2024年全县政务公开工作要点任务分解表")
    assert [each.key for each in plan.items.all()] == ["1", "3", "4", "5"]
    towns = plan.assignments.filter(item__key="3").values_list("body__code", flat=True)
    assert set(towns) == {"qs.liulin", "qs.shiqiao"}
    assert plan.assignments.filter(obligation__key="4b", body=register.jtj).exists()
    assert ledger.items.count() == 5


def test_not_twice_and_not_over_a_ledger_that_is_there(ledger, register):
    draft = roll_over(register.office, ledger)
    with pytest.raises(ValidationError, match="2024年度已有待核对的导入稿"):
        roll_over(register.office, ledger)
    discard(register.office, draft)
    commit(register.office, roll_over(register.office, ledger))
    with pytest.raises(ValidationError, match="2024年度台账已经建立"):
        roll_over(register.office, ledger)


def test_the_notice_of_the_next_year_corrects_what_was_rolled_over(ledger, register):
    plan = commit(register.office, roll_over(register.office, ledger))
    rows = [
        item(1, "公开财政预算决算", "县财政局", due="2024-12-31"),
        item(2, "召开新闻发布会", "县教育局", due="2024-12-31"),
    ]
    draft = draft_of(register.root, register.office, reading(*rows, year=2024))
    assert commit(register.office, draft) == plan
    assert [each.key for each in plan.items.filter(removed=False)] == ["1", "2"]


def test_an_archived_ledger_can_be_rolled_over_but_not_archived_again(ledger, register, at):
    at("2024-02-01")
    archived = archive(register.office, ledger, reason="年度工作结束")
    assert (archived.state, archived.archived_at) == (PlanState.ARCHIVED, at("2024-02-01"))
    with pytest.raises(ValidationError, match="已归档"):
        archive(register.office, ledger)
    assert roll_over(register.office, ledger).year == 2024


def test_only_the_office_archives_and_rolls_over(ledger, register):
    for use in (archive, roll_over):
        with pytest.raises(Refused):
            use(register.leader, ledger)
