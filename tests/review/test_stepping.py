"""Which steps a release takes, who may take them, and that nobody takes two (design: one person holds one step)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime
from tests.review.conftest import KIND
from tests.review.passing import GROUND, holder, no_to_all, pass_until, sign

from gongkai.bodies.models import Deputy, RoleHolding
from gongkai.foundation.access import Refused, Role
from gongkai.foundation.notifications.models import Notification
from gongkai.foundation.registries import reviewables
from gongkai.review import gate
from gongkai.review.models import Attribute, Outcome, Release, State, Step, StepKind
from gongkai.review.services import approve, describe, look_again, request, send_back, set_steps


def kinds(release: Release) -> list[str]:
    return [step.kind for step in release.steps.all()]


class TestTheOrder:
    def test_machine_reviewer_secrecy_leader_by_four_hands(self, site, people, county):
        release = request(people.clerk, KIND, site.pk)
        assert kinds(release) == ["machine", "reviewer", "secrecy", "leader"]
        assert release.steps.get(kind="machine").outcome == Outcome.PASSED
        sign(people.leader, release)
        hands = [step.decided_by for step in release.steps.exclude(kind="machine")]
        assert len({people.clerk, *hands}) == 4
        assert gate.is_open(KIND, site)

    def test_nobody_passes_before_their_turn(self, site, people, county):
        release = request(people.clerk, KIND, site.pk)
        for role in (Role.SECRECY_REVIEWER, Role.LEADER):
            with pytest.raises(Refused, match="等待清河县发展和改革局办理“初审”"):
                approve(holder(county.fgj, role), release)

    def test_any_step_may_send_it_back(self, site, people, county):
        release = pass_until(request(people.clerk, KIND, site.pk), StepKind.SECRECY)
        release = send_back(holder(county.fgj, Role.SECRECY_REVIEWER), release, "附件含内部标志")
        assert (release.state, release.steps.get(kind="secrecy").outcome) == (State.RETURNED, Outcome.RETURNED)
        assert release.steps.get(kind="leader").outcome == ""

    def test_a_step_is_due_at_the_end_of_a_working_day(self, site, people, settings):
        settings.GONGKAI_NOW = "2026-06-18T10:00:00+08:00"  # Thursday before the Dragon Boat festival (19-21 June)
        step = request(people.clerk, KIND, site.pk).steps.get(kind="reviewer")
        assert localtime(step.due_at).isoformat() == "2026-06-23T18:00:00+08:00"


class TestOnePersonOneStep:
    def test_not_two_steps_of_one_release(self, site, people, person, county):
        both = person("both", (county.fgj, Role.REVIEWER), (county.fgj, Role.SECRECY_REVIEWER))
        release = approve(both, request(people.clerk, KIND, site.pk))
        with pytest.raises(Refused, match="您已办理本次审查的“初审”环节"):
            approve(both, release)

    def test_not_as_the_deputy_of_the_next_one(self, site, people, person, county):
        reviewer = person("reviewer", (county.fgj, Role.REVIEWER))
        secrecy = person("secrecy", (county.fgj, Role.SECRECY_REVIEWER))
        holding = RoleHolding.objects.get(user=secrecy)
        Deputy.objects.create(holding=holding, user=reviewer, since=date(2026, 6, 1), until=date(2026, 6, 30))
        release = approve(reviewer, request(people.clerk, KIND, site.pk))
        with pytest.raises(Refused, match="您已办理"):
            approve(reviewer, release)

    def test_a_superuser_neither(self, site, people, person, county):
        root = person("root", (county.fgj, Role.REVIEWER), (county.fgj, Role.SECRECY_REVIEWER), is_superuser=True)
        release = approve(root, request(people.clerk, KIND, site.pk))
        with pytest.raises(Refused):
            approve(root, release)

    def test_a_superuser_without_a_role_takes_none(self, site, people, person):
        with pytest.raises(Refused):
            approve(person("root", is_superuser=True), request(people.clerk, KIND, site.pk))

    def test_the_database_refuses_it_too(self, site, people, county):
        release = pass_until(request(people.clerk, KIND, site.pk), StepKind.LEADER)
        taker = release.steps.get(kind="reviewer").decided_by
        with pytest.raises(IntegrityError), transaction.atomic():
            Step.objects.filter(release=release, kind="leader").update(decided_by=taker)

    def test_who_wrote_it_reviews_none_of_it(self, site, people, county):
        writer = holder(county.fgj, Role.REVIEWER)
        entry = reviewables.get(KIND)
        reviewables.unregister(KIND)
        from dataclasses import replace

        reviewables.register(replace(entry, authors=lambda site: [writer.pk]))
        release = request(people.clerk, KIND, site.pk)
        with pytest.raises(Refused, match="撰稿人不能审查"):
            approve(writer, release)


class TestRules:
    """The legal minimum stays whatever is set: 保守国家秘密法 35, 实施条例 42, 条例 17."""

    def test_a_body_may_do_without_the_first_review(self, site, people, county):
        set_steps(people.office, county.fgj, reviewer=False)
        assert kinds(request(people.clerk, KIND, site.pk)) == ["machine", "secrecy", "leader"]

    def test_and_may_add_the_legal_review(self, site, people, county):
        set_steps(people.office, county.fgj, kind=KIND, legal=True)
        assert kinds(request(people.clerk, KIND, site.pk)) == ["machine", "reviewer", "legal", "secrecy", "leader"]

    def test_no_rule_takes_away_secrecy_review_or_signature(self, site, people, county):
        set_steps(people.office, county.body, reviewer=False, legal=False)
        assert {"machine", "secrecy", "leader"} <= set(kinds(request(people.clerk, KIND, site.pk)))
        fields = {field.name for field in type(county.fgj.step_rules.model())._meta.concrete_fields}
        assert fields == {"id", "body", "kind", "reviewer", "legal", "secrecy_pool"}

    def test_the_more_particular_rule_wins(self, site, people, county):
        set_steps(people.office, county.body, reviewer=False)
        set_steps(people.office, county.fgj, legal=True)
        assert "legal" in kinds(request(people.clerk, KIND, site.pk))
        set_steps(people.office, county.fgj, kind=KIND, reviewer=False)
        site.name = "改名"
        site.save()
        assert kinds(request(people.clerk, KIND, site.pk)) == ["machine", "secrecy", "leader"]

    def test_changing_a_rule_changes_the_one_there_is(self, people, county):
        assert set_steps(people.office, county.fgj).pk == set_steps(people.office, county.fgj, legal=True).pk

    def test_a_pooled_secrecy_reviewer_serves_another_body(self, site, people, county):
        set_steps(people.office, county.fgj, secrecy_pool=county.czj)
        release = pass_until(request(people.clerk, KIND, site.pk), StepKind.SECRECY)
        with pytest.raises(Refused, match="等待清河县财政局办理“保密审查”"):
            approve(holder(county.fgj, Role.SECRECY_REVIEWER), release)
        pooled = holder(county.czj, Role.SECRECY_REVIEWER)
        describe(pooled, release, Attribute.PROACTIVE, GROUND, no_to_all())
        approve(pooled, release)
        assert release.steps.get(kind="secrecy").decided_by == pooled

    def test_only_the_office_sets_rules(self, people, county):
        for who in (people.clerk, people.leader, people.other_leader):
            with pytest.raises(Refused):
                set_steps(who, county.fgj, reviewer=False)

    def test_of_an_unknown_kind(self, people, county):
        with pytest.raises(ValidationError, match="没有“nothing”这类内容"):
            set_steps(people.office, county.fgj, kind="nothing")


class TestUrgent:
    @pytest.fixture
    def urgent(self, site, people) -> Release:
        return request(people.clerk, KIND, site.pk, urgent=True, urgent_reason="暴雨红色预警")

    def test_all_steps_stand_open_at_once_for_minutes(self, urgent):
        steps = urgent.steps.exclude(kind="machine")
        assert all(step.opened_at is not None for step in steps)
        assert {(step.due_at - step.opened_at).total_seconds() for step in steps} == {30 * 60}

    def test_in_any_order_by_the_same_people(self, urgent, people, county, site):
        approve(people.leader, urgent)
        assert not gate.is_open(KIND, site)
        secrecy = holder(county.fgj, Role.SECRECY_REVIEWER)
        describe(secrecy, urgent, Attribute.PROACTIVE, GROUND, no_to_all())
        approve(secrecy, urgent)
        assert not gate.is_open(KIND, site)
        approve(holder(county.fgj, Role.REVIEWER), urgent)
        assert gate.is_open(KIND, site)

    def test_needs_a_reason(self, site, people):
        with pytest.raises(ValidationError, match="请填写加急事由"):
            request(people.clerk, KIND, site.pk, urgent=True)

    def test_everybody_is_told_at_once_each_time(self, urgent, people):
        told = Notification.objects.filter(kind="review.waiting", title__startswith="加急")
        assert {note.recipient for note in told} == {people.leader, people.second_leader}

    def test_is_looked_at_again_afterwards(self, urgent, people, county, site):
        for role in (Role.REVIEWER, Role.SECRECY_REVIEWER):
            who = holder(county.fgj, role)
            if role == Role.SECRECY_REVIEWER:
                describe(who, urgent, Attribute.PROACTIVE, GROUND, no_to_all())
            approve(who, urgent)
        approve(people.leader, urgent)
        urgent.refresh_from_db()
        assert urgent.look_again_by == date(2026, 6, 18)
        with pytest.raises(Refused):
            look_again(people.clerk, urgent, True, "看过")
        look_again(people.second_leader, urgent, False, "预警级别写错")
        urgent.refresh_from_db()
        assert (urgent.looked_again_by, urgent.held_reason) == (people.second_leader, "预警级别写错")
        assert not gate.is_open(KIND, site)

    def test_an_ordinary_one_is_not(self, site, people):
        release = sign(people.leader, request(people.clerk, KIND, site.pk))
        with pytest.raises(ValidationError, match="不需要复看"):
            look_again(people.second_leader, release, True, "看过")
