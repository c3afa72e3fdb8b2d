"""The course of one assignment: who may take which step from where, and what is written down."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests.ledger.builders import assign, evidence_for, make_item, make_plan, moment, person, states

from gongkai.foundation.access import Role
from gongkai.foundation.events.models import Event
from gongkai.foundation.notifications.models import Notification
from gongkai.ledger import services
from gongkai.ledger.models import Assignment, CheckIn, LinkState, PlanState, State
from gongkai.ledger.services import steps

USE = {
    "ledger.accept": lambda actor, task: services.accept(actor, task),
    "ledger.submit": lambda actor, task: services.submit(actor, task, note="本季度没有可公开的内容"),
    "ledger.close": lambda actor, task: services.close(actor, task),
    "ledger.return": lambda actor, task: services.send_back(actor, task, reason="请补充发布链接"),
    "ledger.reopen": lambda actor, task: services.reopen(actor, task, reason="抽查发现链接失效"),
}
ACTOR = {
    "ledger.accept": ("czj", Role.CLERK),
    "ledger.submit": ("czj", Role.CLERK),
    "ledger.close": ("qs", Role.OFFICE),
    "ledger.return": ("qs", Role.OFFICE),
    "ledger.reopen": ("qs", Role.OFFICE),
}
EVERYBODY = [
    *(
        ("czj", role)
        for role in Role
        if role in {Role.CLERK, Role.REVIEWER, Role.SECRECY_REVIEWER, Role.LEGAL_REVIEWER, Role.LEADER}
    ),
    ("jyj", Role.CLERK),
    ("jyj", Role.LEADER),
    ("qs", Role.OFFICE),
    ("qs", Role.SECRECY_ADMIN),
    ("qs", Role.AUDITOR),
    ("qs", Role.SYSADMIN),
]


def put(task: Assignment, state: State) -> Assignment:
    Assignment.objects.filter(pk=task.pk).update(state=state)
    task.refresh_from_db()
    return task


def events_of(task: Assignment) -> list[Event]:
    return list(Event.objects.about(task).order_by("id"))


@pytest.mark.parametrize("step", steps.STEPS, ids=lambda step: step.verb)
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: f"{who[0]}-{who[1]}")
def test_a_step_is_for_the_named_role_of_the_named_body_only(step, who, task, county):
    put(task, step.sources[0])
    before = len(events_of(task))
    if who == ACTOR[step.verb]:
        USE[step.verb](county.people[who], task)
        assert states([task]) == [step.target]
        assert len(events_of(task)) == before + 1
    else:
        with pytest.raises(PermissionDenied, match="没有权限"):
            USE[step.verb](county.people[who], task)
        assert states([task]) == [step.sources[0]]
        assert len(events_of(task)) == before


@pytest.mark.parametrize("step", steps.STEPS, ids=lambda step: step.verb)
@pytest.mark.parametrize("state", list(State))
def test_a_step_is_taken_from_its_states_only(step, state, task, county):
    put(task, state)
    actor = county.people[ACTOR[step.verb]]
    if state in step.sources:
        USE[step.verb](actor, task)
        event = events_of(task)[-1]
        assert (event.verb, event.before["state"], event.after["state"]) == (step.verb, state, step.target)
        return
    with pytest.raises(ValidationError) as error:
        USE[step.verb](actor, task)
    message = error.value.messages[0]
    assert str(state.label) in message and str(step.label) in message
    for other in steps.steps_from(state):
        assert str(other.label) in message
    assert states([task]) == [state]


def test_nobody_but_people_takes_steps(task):
    with pytest.raises(PermissionDenied, match="不能由系统"):
        services.accept(None, task)


def test_the_second_of_two_is_told_who_was_first(task, county):
    second = Assignment.objects.get(pk=task.pk)
    services.accept(county.clerk, task)
    with pytest.raises(ValidationError, match=f"推进中.*2023-05-15 09:00 {county.clerk}.*提交审核"):
        services.accept(county.clerk, second)
    assert [event.verb for event in events_of(task)].count("ledger.accept") == 1


def test_who_accepts_is_the_handler(task, county):
    assert services.accept(county.clerk, task).handler == county.clerk


def test_accepting_keeps_the_handler_already_named(task, county):
    services.delegate(county.clerk, task, county.leader)
    assert services.accept(county.clerk, task).handler == county.leader


def test_an_archived_plan_is_read_only(task, county, plan):
    plan.state = PlanState.ARCHIVED
    plan.save()
    with pytest.raises(ValidationError, match="2023年度台账已归档"):
        services.accept(county.clerk, task)
    assert states([task]) == [State.TO_ACCEPT]


def test_a_withdrawn_assignment_cannot_be_worked_on(task, county):
    Assignment.objects.filter(pk=task.pk).update(withdrawn=True)
    with pytest.raises(ValidationError, match="已撤销"):
        services.accept(county.clerk, task)


@pytest.mark.parametrize(
    "call",
    [
        lambda county, task: services.send_back(county.office, put(task, State.SUBMITTED), reason=" \n"),
        lambda county, task: services.reopen(county.office, put(task, State.ACCEPTED), reason=""),
        lambda county, task: services.send_back(county.office, put(task, State.SUBMITTED), reason="长" * 5001),
    ],
)
def test_a_reason_is_required_and_bounded(call, county, task):
    with pytest.raises(ValidationError, match=r"请填写|不能超过 5000 字，现有 5001 字"):
        call(county, task)


class TestSubmitting:
    @pytest.fixture
    def begun(self, task, county):
        return services.accept(county.clerk, task)

    def test_needs_evidence_or_a_note(self, begun, county):
        with pytest.raises(ValidationError, match="尚无佐证材料"):
            services.submit(county.clerk, begun, note="  ")
        assert states([begun]) == [State.IN_PROGRESS]

    def test_removed_evidence_does_not_count(self, begun, county):
        evidence_for(begun, county.clerk, removed=True)
        with pytest.raises(ValidationError, match="尚无佐证材料"):
            services.submit(county.clerk, begun)

    def test_the_note_stands_as_the_reason(self, begun, county):
        services.submit(county.clerk, begun, note=" 本季度没有可公开的内容 ")
        assert events_of(begun)[-1].reason == "本季度没有可公开的内容"

    def test_doubts_of_the_system_are_shown_at_once(self, begun, county):
        evidence_for(begun, county.clerk, title="无疑")
        flagged = evidence_for(
            begun,
            county.clerk,
            title="疑",
            link_state=LinkState.FLAGGED,
            findings=[{"code": "dead", "message": "链接打不开"}],
        )
        waiting = evidence_for(begun, county.clerk, title="待", link_state=LinkState.PENDING)
        result = services.submit(county.clerk, begun)
        assert [(entry["evidence"], entry["messages"]) for entry in result["doubts"]] == [
            (flagged.pk, ["链接打不开"]),
            (waiting.pk, ["系统尚未核验该链接"]),
        ]
        assert events_of(begun)[-1].details["doubts"] == [flagged.pk, waiting.pk]

    def test_again_after_a_return(self, begun, county):
        services.submit(county.clerk, begun, note="无")
        services.send_back(county.office, begun, reason="请补充")
        services.submit(county.clerk, begun, note="已补充")
        services.close(county.office, begun)
        services.reopen(county.office, begun, reason="抽查")
        changes = [event.after["state"] for event in events_of(begun) if "state" in event.after]
        assert changes == ["to-accept", "in-progress", "submitted", "returned", "submitted", "accepted", "in-progress"]


class TestDelegating:
    def test_to_a_person_of_the_body(self, task, county):
        reviewer = county.people["czj", Role.REVIEWER]
        services.accept(county.clerk, task)
        services.delegate(county.clerk, task, reviewer)
        services.submit(reviewer, task, note="已办")  # the handler does the work of a clerk
        assert states([task]) == [State.SUBMITTED]

    @pytest.mark.parametrize("who", [("jyj", Role.CLERK), ("qs", Role.OFFICE)])
    def test_not_to_a_stranger(self, task, county, who):
        with pytest.raises(ValidationError, match="没有任职"):
            services.delegate(county.clerk, task, county.people[who])

    def test_not_to_one_who_has_left(self, task, county):
        gone = person("gone", (county.czj, Role.CLERK))
        gone.holdings.update(until=date(2023, 5, 14))
        with pytest.raises(ValidationError, match="没有任职"):
            services.delegate(county.clerk, task, gone)

    def test_who_is_not_the_handler_cannot_do_the_work(self, task, county):
        services.accept(county.clerk, task)
        with pytest.raises(PermissionDenied, match="青山县财政局的信息员或承办人"):
            services.submit(county.people["czj", Role.REVIEWER], task, note="已办")


class TestExtending:
    def test_keeps_the_working(self, county, plan):
        task = assign(make_item(plan, "21", due=date(2023, 9, 28)), county.czj)
        services.extend(county.office, task, due=date(2023, 10, 9), rule="县政府办公室批复", reason="系统改造未完成")
        task.refresh_from_db()
        event = events_of(task)[-1]
        assert task.due == date(2023, 10, 9)
        assert (event.before, event.after) == ({"due": "2023-09-28"}, {"due": "2023-10-09"})
        assert event.reason == "系统改造未完成"
        assert event.details["rule"] == "县政府办公室批复"
        # 29 September to 6 October are days off in 2023; 7 and 8 October are worked.
        assert (event.details["calendar_days"], event.details["working_days"]) == (11, 3)
        assert any("2023年" in step for step in event.details["steps"])

    @pytest.mark.parametrize("due", [date(2023, 12, 31), date(2023, 12, 1)])
    def test_only_to_a_later_day(self, task, county, due):
        with pytest.raises(ValidationError, match="应晚于原到期日 2023-12-31"):
            services.extend(county.office, task, due=due, rule="批复", reason="理由")

    @pytest.mark.parametrize(("rule", "reason", "missing"), [("", "理由", "延期依据"), ("批复", "", "延期理由")])
    def test_rule_and_reason_are_required(self, task, county, rule, reason, missing):
        with pytest.raises(ValidationError, match=missing):
            services.extend(county.office, task, due=date(2024, 1, 31), rule=rule, reason=reason)

    def test_not_when_closed(self, task, county):
        with pytest.raises(ValidationError, match="已办结"):
            services.extend(county.office, put(task, State.ACCEPTED), due=date(2024, 1, 31), rule="批复", reason="理由")


class TestCheckingIn:
    @pytest.fixture
    def begun(self, task, county):
        return services.accept(county.clerk, task)

    def test_is_an_event_of_the_body(self, begun, county):
        entry = services.check_in(county.clerk, begun, period="2023Q1", progress="公开 12 条", note="无")
        event = Event.objects.about(entry).get()
        assert (event.body_id, event.after["progress"]) == (county.czj.pk, "公开 12 条")
        assert entry.at == moment("2023-05-15")

    def test_a_second_report_replaces_the_first_and_history_keeps_both(self, begun, county):
        services.check_in(county.clerk, begun, period="2023Q1", progress="公开 12 条")
        entry = services.check_in(county.clerk, begun, period="2023Q1", progress="公开 13 条")
        assert CheckIn.objects.get().progress == "公开 13 条"
        assert [event.after.get("progress") for event in Event.objects.about(entry)] == ["公开 12 条", "公开 13 条"]

    @pytest.mark.parametrize(
        ("period", "message"),
        [
            ("2023Q3", "2023年第3季度尚未开始"),
            ("2023-05", "2023Q1、2023Q2、2023Q3、2023Q4"),
            ("2022Q1", "没有“2022Q1”这一期"),
        ],
    )
    def test_only_for_a_period_of_its_own_that_has_begun(self, begun, county, period, message):
        with pytest.raises(ValidationError, match=message):
            services.check_in(county.clerk, begun, period=period, progress="公开 12 条")

    def test_not_before_accepting(self, task, county):
        with pytest.raises(ValidationError, match="尚未签收"):
            services.check_in(county.clerk, task, period="2023Q1", progress="公开 12 条")

    def test_not_for_what_is_done_once(self, county, plan):
        task = assign(make_item(plan, "21", due=date(2023, 9, 30)), county.czj, State.IN_PROGRESS)
        with pytest.raises(ValidationError, match="不分期填报"):
            services.check_in(county.clerk, task, period="2023Q1", progress="公开 12 条")

    def test_not_by_another_body(self, begun, county):
        with pytest.raises(PermissionDenied):
            services.check_in(county.other_clerk, begun, period="2023Q1", progress="公开 12 条")


def test_overdue_is_computed_and_never_stored(task, county):
    assert not task.is_overdue(date(2023, 12, 31))
    assert task.is_overdue(date(2024, 1, 1))
    assert list(Assignment.objects.overdue(date(2024, 1, 1))) == [task]
    put(task, State.ACCEPTED)
    assert not task.is_overdue(date(2024, 1, 1))
    assert not Assignment.objects.overdue(date(2024, 1, 1)).exists()


def test_another_county_is_out_of_reach(task, county):
    from gongkai.bodies.models import Body, Kind

    elsewhere = Body.objects.create(code="bs", name="白石县人民政府", kind=Kind.COUNTY)
    neighbour = person("office.bs", (elsewhere, Role.OFFICE))
    make_plan(elsewhere)
    with pytest.raises(PermissionDenied):
        services.close(neighbour, put(task, State.SUBMITTED))


def test_the_office_hears_once_a_day_that_something_was_handed_in(county, plan):
    for key in ("1", "2"):
        task = assign(make_item(plan, key), county.czj, State.IN_PROGRESS)
        services.submit(county.clerk, task, note="已全部公开")
    notices = Notification.objects.filter(kind="ledger.submitted")
    assert [notice.recipient for notice in notices] == [county.office]
    assert notices[0].link.endswith("state=submitted")
