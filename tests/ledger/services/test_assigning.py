"""Giving items to further bodies, taking them back, splitting them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests.ledger.builders import assign, evidence_for

from gongkai.bodies.models import Body, Kind
from gongkai.foundation.access import Role
from gongkai.foundation.events.models import Event
from gongkai.foundation.notifications.models import Notification
from gongkai.ledger import services
from gongkai.ledger.models import Assignment, Obligation, Origin, PlanState, State
from gongkai.ledger.models import Role as Part


def test_a_further_body_gets_every_duty(item, task, county):
    services.split_item(county.office, item, ["抽查清单", "处罚决定"])
    result = services.assign(county.office, item, [county.jyj], role=Part.SUPPORT)
    rows = Assignment.objects.filter(body=county.jyj).order_by("obligation__key")
    assert [(row.obligation.key, row.role, row.origin, row.state) for row in rows] == [
        ("1a", "support", Origin.ADDED, State.TO_ACCEPT),
        ("1b", "support", Origin.ADDED, State.TO_ACCEPT),
    ]
    assert {row.since for row in rows} == {date(2023, 5, 15)}
    assert (len(result["assignments"]), result["known"]) == (2, [])
    assert Event.objects.filter(verb="ledger.assign").count() == 2
    assert Notification.objects.filter(recipient=county.other_clerk).count() == 1


def test_a_body_that_has_it_is_named_and_left_alone(item, task, county):
    services.accept(county.clerk, task)
    result = services.assign(county.office, item, [county.czj, county.jyj, county.jyj])
    assert result["known"] == ["青山县财政局"]
    assert states_of(county.czj) == [State.IN_PROGRESS]
    assert states_of(county.jyj) == [State.TO_ACCEPT]


def states_of(body):
    return list(Assignment.objects.live().filter(body=body).values_list("state", flat=True))


@pytest.mark.parametrize("fields", [{"kind": Kind.DEPARTMENT}, {"kind": Kind.COUNTY}])
def test_bodies_of_another_county_are_refused(item, county, fields):
    elsewhere = Body.objects.create(code="bs", name="白石县人民政府", kind=Kind.COUNTY)
    foreign = elsewhere
    if fields["kind"] != Kind.COUNTY:
        foreign = Body.objects.create(code="bs.czj", name="白石县财政局", parent=elsewhere, **fields)
    with pytest.raises(ValidationError, match=f"{foreign.name}不是本县在册的责任单位"):
        services.assign(county.office, item, [county.jyj, foreign])
    assert not Assignment.objects.exists()


def test_a_dissolved_body_and_the_county_itself_are_refused(item, county):
    county.jyj.active_to = date(2023, 5, 14)
    county.jyj.save()
    with pytest.raises(ValidationError, match="青山县教育局、青山县人民政府不是"):
        services.assign(county.office, item, [county.jyj, county.root])


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER])
def test_only_the_office_assigns(item, county, role):
    with pytest.raises(PermissionDenied):
        services.assign(county.people["czj", role], item, [county.jyj])


def test_not_in_an_archived_plan(item, plan, county):
    plan.state = PlanState.ARCHIVED
    plan.save()
    with pytest.raises(ValidationError, match="已归档"):
        services.assign(county.office, item, [county.jyj])
    with pytest.raises(ValidationError, match="已归档"):
        services.split_item(county.office, item, ["甲", "乙"])


def test_not_a_cancelled_item(item, county):
    item.removed = True
    with pytest.raises(ValidationError, match="已取消"):
        services.assign(county.office, item, [county.jyj])


class TestWithdrawing:
    def test_keeps_history_and_evidence(self, task, county):
        services.accept(county.clerk, task)
        piece = evidence_for(task, county.clerk)
        services.withdraw_assignment(county.office, task, reason="职能划转")
        task.refresh_from_db()
        assert task.withdrawn
        assert list(task.evidence.all()) == [piece]
        assert Event.objects.about(task).get(verb="ledger.withdraw_assignment").reason == "职能划转"
        assert not Assignment.objects.live().exists()

    def test_needs_a_reason(self, task, county):
        with pytest.raises(ValidationError, match="请填写撤销理由"):
            services.withdraw_assignment(county.office, task, reason="")

    def test_can_be_given_again(self, task, item, county):
        services.accept(county.clerk, task)
        services.withdraw_assignment(county.office, task, reason="误指定")
        result = services.assign(county.office, item, [county.czj])
        assert result["assignments"] == [task]
        task.refresh_from_db()
        assert (task.withdrawn, task.state, task.handler) == (False, State.TO_ACCEPT, None)


class TestSplitting:
    def test_what_was_done_belongs_to_the_first(self, item, task, county):
        other = assign(item, county.jyj)
        services.accept(county.clerk, task)
        made = services.split_item(county.office, item, ["公开抽查清单和结果", "公开处罚决定", "公开垄断案件"])
        assert [(duty.key, duty.text) for duty in made] == [
            ("1a", "公开抽查清单和结果"),
            ("1b", "公开处罚决定"),
            ("1c", "公开垄断案件"),
        ]
        task.refresh_from_db()
        assert (task.obligation, task.state) == (made[0], State.IN_PROGRESS)
        assert Assignment.objects.filter(item=item).count() == 6
        new = Assignment.objects.filter(obligation=made[1])
        assert {(row.body_id, row.state, row.due) for row in new} == {
            (county.czj.pk, State.TO_ACCEPT, item.due),
            (other.body_id, State.TO_ACCEPT, item.due),
        }

    def test_a_withdrawn_assignment_is_not_copied(self, item, task, county):
        services.withdraw_assignment(county.office, task, reason="误指定")
        services.split_item(county.office, item, ["甲项义务", "乙项义务"])
        assert Assignment.objects.filter(item=item).count() == 1

    def test_each_new_assignment_begins_with_an_event(self, item, task, county):
        made = services.split_item(county.office, item, ["甲项义务", "乙项义务"])
        new = Assignment.objects.get(obligation=made[1])
        assert Event.objects.about(new).get().after["state"] == State.TO_ACCEPT

    @pytest.mark.parametrize("texts", [[], ["一项"], ["甲"] * 27, ["甲", " "]])
    def test_two_to_26_duties(self, item, county, texts):
        with pytest.raises(ValidationError, match=r"2 至 26 项|请填写"):
            services.split_item(county.office, item, texts)
        assert Obligation.objects.count() == 1

    def test_not_twice(self, item, county):
        services.split_item(county.office, item, ["甲", "乙"])
        with pytest.raises(ValidationError, match="已经拆分"):
            services.split_item(county.office, item, ["甲", "乙"])
