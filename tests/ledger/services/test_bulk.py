"""Bulk actions: a result for each record, and undoing exactly what nobody has touched since."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests.ledger.builders import assign, make_item, make_plan, states

from gongkai.foundation.access import Role
from gongkai.foundation.events.models import Event
from gongkai.foundation.notifications.models import Notification
from gongkai.ledger import services
from gongkai.ledger.models import Assignment, Batch, PlanState, State


@pytest.fixture
def many(plan, county):
    """Five assignments of the finance bureau, waiting to be accepted."""
    return [assign(make_item(plan, str(number)), county.czj) for number in range(1, 6)]


def at_state(assignments, state):
    Assignment.objects.filter(pk__in=[one.pk for one in assignments]).update(state=state)
    return assignments


def test_what_can_be_done_is_done_and_the_rest_says_why(many, county, plan):
    at_state(many[:1], State.ACCEPTED)
    foreign = assign(make_item(plan, "9"), county.jyj)
    result = services.accept_many(county.clerk, [*many, foreign])
    assert result["done"] == [one.pk for one in many[1:]]
    assert [row["id"] for row in result["refused"]] == [many[0].pk, foreign.pk]
    assert "已办结" in result["refused"][0]["why"]
    assert "没有权限" in result["refused"][1]["why"]
    assert states([*many, foreign]) == ["accepted", *["in-progress"] * 4, "to-accept"]


def test_every_record_has_the_event_of_the_single_step(many, county):
    services.accept_many(county.clerk, many)
    assert Event.objects.filter(verb="ledger.accept", actor=county.clerk).count() == 5


@pytest.mark.parametrize(
    ("call", "state", "after"),
    [
        (
            lambda county, many: services.close_many(county.office, many, note="材料齐全"),
            State.SUBMITTED,
            State.ACCEPTED,
        ),
        (
            lambda county, many: services.return_many(county.office, many, reason="请补充"),
            State.SUBMITTED,
            State.RETURNED,
        ),
    ],
)
def test_a_person_is_told_once_about_all(call, state, after, many, county):
    result = call(county, at_state(many, state))
    assert len(result["done"]) == 5
    assert set(states(many)) == {after}
    notice = Notification.objects.get(recipient=county.clerk)
    assert all(f"（{number}）" in notice.meaning for number in range(1, 6))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.LEADER, Role.CLERK])
def test_the_office_alone_closes_many(many, county, role):
    with pytest.raises(PermissionDenied):
        services.close_many(county.people["czj", role], many)


def test_returning_many_needs_a_reason(many, county):
    with pytest.raises(ValidationError, match="请填写退回意见"):
        services.return_many(county.office, at_state(many, State.SUBMITTED), reason="")
    assert set(states(many)) == {State.SUBMITTED}


def test_nothing_done_leaves_no_batch(many, county):
    result = services.close_many(county.office, many)
    assert (result["batch"], result["done"], len(result["refused"])) == (None, [], 5)
    assert not Batch.objects.exists()


class TestUndoing:
    @pytest.fixture
    def done(self, many, county):
        return Batch.objects.get(pk=services.accept_many(county.clerk, many)["batch"])

    def test_puts_everything_back(self, done, many, county):
        result = services.undo(county.clerk, done)
        assert result["done"] == [one.pk for one in many]
        assert set(states(many)) == {State.TO_ACCEPT}
        assert set(Assignment.objects.values_list("handler", flat=True)) == {None}
        event = Event.objects.about(many[0]).order_by("-id").first()
        assert (event.verb, event.before["state"], event.after["state"]) == ("ledger.undo", "in-progress", "to-accept")

    def test_leaves_alone_what_somebody_changed_since(self, done, many, county):
        services.submit(county.clerk, many[1], note="已办")
        services.delegate(county.clerk, many[2], county.leader)
        result = services.undo(county.clerk, done)
        assert [row["id"] for row in result["refused"]] == [many[1].pk, many[2].pk]
        assert all("之后又有人办理过" in row["why"] for row in result["refused"])
        assert states(many) == ["to-accept", "submitted", "in-progress", "to-accept", "to-accept"]

    def test_leaves_alone_what_went_away_and_came_back(self, done, many, county):
        services.submit(county.clerk, many[0], note="已办")
        services.send_back(county.office, many[0], reason="请补充")
        Assignment.objects.filter(pk=many[0].pk).update(state=State.IN_PROGRESS)
        assert [row["id"] for row in services.undo(county.clerk, done)["refused"]] == [many[0].pk]

    def test_is_not_hindered_by_a_comment_or_urging(self, done, many, county):
        services.comment(county.office, many[0], "请尽快")
        services.urge(county.office, many[1])
        assert len(services.undo(county.clerk, done)["done"]) == 5

    def test_by_the_same_person_only(self, done, county):
        with pytest.raises(PermissionDenied, match="只能由办理该批量操作的人员"):
            services.undo(county.office, done)

    def test_once_only(self, done, county):
        services.undo(county.clerk, done)
        with pytest.raises(ValidationError, match="已经撤销"):
            services.undo(county.clerk, done)

    @pytest.mark.parametrize(("moment", "possible"), [("2023-05-16 09:00", True), ("2023-05-16 09:01", False)])
    def test_within_a_day(self, done, many, county, at, moment, possible):
        at(moment)
        if possible:
            assert len(services.undo(county.clerk, done)["done"]) == 5
        else:
            with pytest.raises(ValidationError, match="超过 24 小时"):
                services.undo(county.clerk, done)

    def test_not_in_an_archived_plan(self, done, plan, county):
        plan.state = PlanState.ARCHIVED
        plan.save()
        result = services.undo(county.clerk, done)
        assert (result["done"], len(result["refused"])) == ([], 5)


def test_plans_of_two_years_in_one_go(many, county):
    older = assign(make_item(make_plan(county.root, 2022, state=PlanState.ARCHIVED), "1"), county.czj)
    result = services.accept_many(county.clerk, [older, *many])
    assert len(result["done"]) == 5
    assert "2022年度台账已归档" in result["refused"][0]["why"]


def test_who_left_the_body_undoes_nothing_there(many, county):
    batch = Batch.objects.get(pk=services.accept_many(county.clerk, many)["batch"])
    county.clerk.holdings.update(body=county.jyj)
    result = services.undo(county.clerk, batch)
    assert result["done"] == []
    assert {row["why"][:4] for row in result["refused"]} == {"没有权限"}
    assert states(many) == ["in-progress"] * 5
