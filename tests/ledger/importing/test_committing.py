"""From a settled draft to the year's ledger: whole, once, recorded."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from tests.ledger.builders import person
from tests.ledger.importing.readings import SECTIONS, draft_of, finding, item, reading

from gongkai.bodies.models import Body, Kind
from gongkai.foundation.access import Refused, Role
from gongkai.foundation.events.models import Event
from gongkai.foundation.events.selectors import state_on
from gongkai.foundation.notifications.models import Notification
from gongkai.foundation.schedules.worker import drain
from gongkai.ledger.importing.decisions import Choice
from gongkai.ledger.importing.review import Review
from gongkai.ledger.importing.writing.assignments import Assigning
from gongkai.ledger.models import Assignment, DraftState, Group, Item, ItemKind, Obligation, Origin, Plan, State, Task
from gongkai.ledger.services import commit, discard, settle

pytestmark = pytest.mark.django_db


def given(key: str) -> list[str]:
    found = Assignment.objects.filter(obligation__key=key, withdrawn=False).order_by("body__order")
    return [each.body.code.removeprefix("qs.") for each in found]


def test_plan_groups_tasks_items_obligations_and_assignments_are_written(draft, register):
    plan = commit(register.office, draft())
    assert (plan.year, plan.document_number, plan.county) == (2023, "青府办发〔2023〕3号", register.root)
    assert [(group.number, group.name) for group in plan.groups.all()] == [(1, "深化主动公开")]
    assert [(task.number, task.name) for task in plan.tasks.all()] == [(1, "着力推进重点领域信息公开")]
    assert [(each.key, each.number, str(each.due)) for each in plan.items.all()] == [
        ("1", 1, "2023-12-31"),
        ("2", 2, "2023-12-31"),
    ]
    assert given("1") == ["czj"]
    assert given("2") == ["jyj", "liulin", "shiqiao", "chengguan"]
    assignment = Assignment.objects.get(obligation__key="1")
    assert (assignment.state, assignment.origin, str(assignment.due)) == (State.TO_ACCEPT, Origin.NAMED, "2023-12-31")


def test_the_draft_is_closed_and_belongs_to_the_plan(draft, register):
    made = draft()
    plan = commit(register.office, made)
    made.refresh_from_db()
    assert (made.state, made.plan) == (DraftState.COMMITTED, plan)
    with pytest.raises(ValidationError, match=r"已导入（2023-05-15 09:00 县政务公开办）"):
        commit(register.office, made)
    with pytest.raises(ValidationError, match="不能再核对或导入"):
        settle(register.office, made, all_warnings=True)
    with pytest.raises(ValidationError, match="不能再核对或导入"):
        discard(register.office, made)


def test_everything_written_is_recorded(draft, register, at):
    plan = commit(register.office, draft())
    events = Event.objects.filter(verb="ledger.commit", actor=register.office)
    for record in (plan, *plan.items.all(), *plan.assignments.all(), *Obligation.objects.all()):
        assert events.about(record).count() == 1, record
    task = plan.assignments.select_related("body").first()
    assert events.about(task).get().body_id == task.body_id
    assert state_on(task, at("2023-05-15").date())["state"] == State.TO_ACCEPT


def test_prose_requirements_become_items_of_their_own(draft, register):
    plan = commit(register.office, draft(requirements=SECTIONS))
    items = plan.items.filter(kind=ItemKind.REQUIREMENT)
    assert [each.key for each in items][:3] == ["P2.1", "P2.2", "P2.3"]
    assert not plan.items.filter(key="P1.1").exists()
    assert given("P2.1") == ["czj", "jyj", "jtj", "liulin", "shiqiao", "chengguan"]
    assert given("P4.1") == ["czj", "jyj", "jtj"]
    assert items.get(key="P2.5").targets.get().operator == ">="


def test_a_split_item_has_an_obligation_for_each_duty(draft, register):
    made = draft(item(19, "公布抽查事项清单；公开行政处罚决定", "县财政局", "县教育局"))
    settle(register.office, made, items={"19": {"parts": ["公布抽查事项清单", "公开行政处罚决定"]}})
    plan = commit(register.office, made)
    assert [each.key for each in Obligation.objects.filter(item__plan=plan)] == ["19a", "19b"]
    assert given("19a") == given("19b") == ["czj", "jyj"]


def test_an_item_with_two_duties_stays_one_unless_accepted(draft, register):
    commit(register.office, draft(item(19, "公布抽查事项清单；公开行政处罚决定", "县财政局")))
    assert [each.key for each in Obligation.objects.all()] == ["19"]


def test_what_was_dropped_added_and_edited(draft, register):
    made = draft(item(1, "公开预算", "县财政局"), item(2, "公开教育", "县教育局", open_ended=True))
    settle(
        register.office,
        made,
        items={
            "1": {"dropped": True},
            "2": {"text": "公开教育政策", "due": "2023-09-30", "recurrence": "quarterly", "added": [register.jtj.pk]},
        },
    )
    plan = commit(register.office, made)
    only = plan.items.get()
    assert (only.key, only.text, str(only.due), only.recurrence) == ("2", "公开教育政策", "2023-09-30", "quarterly")
    assert given("2") == ["jyj", "jtj"]
    assert plan.assignments.get(body=register.jtj).origin == Origin.ADDED


def test_an_open_error_forbids_importing_and_is_named(draft, register):
    made = draft(findings=[finding("duplicate-number", 2, "（2）", severity="error", message="序号 2 出现两次")])
    with pytest.raises(ValidationError) as refused:
        commit(register.office, made)
    assert "事项（2）序号重复：序号 2 出现两次" in refused.value.messages
    assert not Plan.objects.exists()
    [issue] = Review(made).proposal.open_errors
    settle(register.office, made, findings={issue.id: Choice.KEEP})
    assert commit(register.office, made).items.count() == 2


def test_unknown_bodies_forbid_importing_and_are_listed_with_their_items(draft, register):
    made = draft(item(1, "公开水质", "县水务局"), item(2, "公开水价", "县水务局", "县物价局"))
    with pytest.raises(ValidationError) as refused:
        commit(register.office, made)
    assert refused.value.messages[1:] == [
        "未登记的单位“县水务局”（事项 1、2）",
        "未登记的单位“县物价局”（事项 2）",
    ]


def test_a_draft_without_any_row_left_is_refused(draft, register):
    made = draft(item(1, "公开预算", "县财政局"))
    settle(register.office, made, items={"1": {"dropped": True}})
    with pytest.raises(ValidationError, match="没有要导入的事项"):
        commit(register.office, made)


def test_open_warnings_do_not_forbid(draft, register):
    assert commit(register.office, draft(findings=[finding("count-mismatch", 1)]))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SYSADMIN, Role.SECRECY_ADMIN])
def test_only_the_office_imports(draft, register, role):
    made = draft()
    for use in (commit, discard, lambda actor, each: settle(actor, each, all_warnings=True)):
        with pytest.raises(Refused):
            use(register.people["qs", role], made)
    with pytest.raises(Refused):
        commit(register.clerk, made)
    with pytest.raises(Refused):
        commit(None, made)


def test_the_office_of_another_county_does_not_import_here(draft):
    from tests.ledger.builders import person

    other = Body.objects.create(code="ds", name="东山县人民政府", kind=Kind.COUNTY)
    with pytest.raises(Refused):
        commit(person("office.ds", (other, Role.OFFICE)), draft())


def test_what_was_not_looked_at_is_not_imported(draft, register):
    made = draft()
    seen = Review(made).mark
    Body.objects.create(code="qs.new", name="青山县新河镇人民政府", kind=Kind.TOWNSHIP, parent=register.root)
    with pytest.raises(ValidationError, match="核对期间内容有变化"):
        commit(register.office, made, seen=seen)
    assert commit(register.office, made, seen=Review(made).mark)


@pytest.mark.parametrize("stage", ["settle", "withdraw_removed", "save"])
def test_a_commit_that_fails_leaves_nothing(draft, register, monkeypatch, stage):
    made = draft()
    events = Event.objects.count()

    def fail(*args, **kwargs):
        raise RuntimeError("the power went out")

    monkeypatch.setattr(Assigning, stage, fail)
    with pytest.raises(RuntimeError):
        commit(register.office, made)
    for model in (Plan, Group, Task, Item, Obligation, Assignment):
        assert model.objects.count() == 0
    assert Event.objects.count() == events
    made.refresh_from_db()
    assert made.state == DraftState.OPEN


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_import_one_draft_at_once_one_wins(draft, register):
    made = draft()
    errors: list[str] = []
    start = threading.Barrier(2)

    def press() -> None:
        start.wait()
        try:
            commit(register.office, made)
        except ValidationError as error:
            errors.extend(error.messages)
        finally:
            connection.close()

    people = [threading.Thread(target=press) for _ in range(2)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert Plan.objects.count() == 1
    assert Assignment.objects.count() == 5
    [error] = errors
    assert "已导入（2023-05-15 09:00 县政务公开办），不能再核对或导入" in error


def test_forty_four_items_for_all_towns(register):
    Body.objects.bulk_create(
        Body(
            code=f"qs.t{n}",
            name=f"青山县第{n}镇人民政府",
            kind=Kind.TOWNSHIP,
            parent=register.root,
            county=register.root,
        )
        for n in range(40)
    )
    items = [item(n, f"公开第{n}项政策及其落实情况", "县财政局", selectors=["各乡镇人民政府"]) for n in range(1, 45)]
    made = draft_of(register.root, register.office, reading(*items))
    plan = commit(register.office, made)
    assert plan.assignments.count() == 44 * 43


def test_committing_needs_few_queries_however_many_rows(register, django_assert_max_num_queries):
    items = [item(n, f"公开第{n}项政策", "县财政局", selectors=["各单位"]) for n in range(1, 101)]
    made = draft_of(register.root, register.office, reading(*items))
    with django_assert_max_num_queries(60):
        commit(register.office, made)


def test_every_body_hears_of_its_new_tasks_in_one_notice(draft, register, django_capture_on_commit_callbacks):
    czj = Body.objects.get(code="qs.czj")
    clerk = person("newcomer.czj", (czj, Role.CLERK))
    with django_capture_on_commit_callbacks(execute=True):
        commit(register.office, draft())
    drain()
    notices = Notification.objects.filter(recipient=clerk)
    assert [notice.kind for notice in notices] == ["ledger.assigned"]
    assert "待签收" in notices[0].title and "（1）" in notices[0].meaning


@pytest.mark.parametrize(
    ("rows", "fields", "what"),
    [
        ([item(1, "公开预算", "县财政局")], {"title": "要点" * 101}, "标题"),
        ([item(1, "公开预算", "县财政局")], {"issuer": "县政府" * 40}, "发文机关"),
        ([item(1, "公开预算", "县财政局", deadline_text="9月底前，" * 21)], {}, "完成时限"),
        ([item(1, "公开预算", "县财政局", task="推进" * 151)], {}, "名称"),
        ([item(1, "公开预算", "县财政局", group="深化" * 101)], {}, "名称"),
    ],
)
def test_what_no_column_can_hold_is_said_before_anything_is_written(draft, register, rows, fields, what):
    with pytest.raises(ValidationError, match=f"“{what}.*”超过"):
        commit(register.office, draft(*rows, **fields))
    assert not Plan.objects.exists()
