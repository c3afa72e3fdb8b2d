"""Who may do what at the gate, in which order, and what the register and the events say of it."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localtime
from tests.remembering import remembered
from tests.review.conftest import KIND
from tests.review.passing import holder, pass_until, sign

from gongkai.bodies.models import Deputy, RoleHolding
from gongkai.channels.models import Site
from gongkai.foundation.access import Refused, Role
from gongkai.foundation.events.models import Event
from gongkai.foundation.notifications.models import Notification
from gongkai.foundation.registries import Unknown
from gongkai.review import gate
from gongkai.review.digests import sm3
from gongkai.review.models import Release, State, StepKind
from gongkai.review.services import approve, request, send_back, withdraw


@pytest.fixture
def waiting(site, people) -> Release:
    """What waits for the leader: all other steps are taken."""
    return put_before_the_leader(site, people)


@remembered
def put_before_the_leader(site, people) -> Release:
    return pass_until(request(people.clerk, KIND, site.pk), StepKind.LEADER)


@pytest.fixture
def signed(waiting, people) -> Release:
    return approve(people.leader, waiting)


class TestRequest:
    def test_the_register_shows_who_what_and_when(self, waiting, site, people, county):
        assert (waiting.state, waiting.title, waiting.body) == (State.WAITING, "清河发改", county.fgj)
        assert waiting.requested_by == people.clerk
        assert localtime(waiting.requested_at).isoformat().startswith("2026-06-15T09:00")
        assert waiting.subject == site
        assert len(waiting.digest) == 64

    def test_by_the_office_of_the_county(self, site, people):
        assert request(people.office, KIND, site.pk).requested_by == people.office

    @pytest.mark.parametrize("who", ["leader", "other_clerk", "other_leader", "county_leader"])
    def test_by_nobody_else(self, site, people, who):
        with pytest.raises(Refused):
            request(getattr(people, who), KIND, site.pk)
        assert not Release.objects.exists()

    def test_not_by_the_office_of_another_county(self, site, person):
        from gongkai.bodies.models import Body, Kind

        other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
        with pytest.raises(Refused):
            request(person("office.dongshan", (other, Role.OFFICE)), KIND, site.pk)

    def test_not_by_a_superuser(self, site, person):
        with pytest.raises(Refused):
            request(person("root", is_superuser=True), KIND, site.pk)

    def test_not_by_the_system(self, site):
        with pytest.raises(Refused):
            request(None, KIND, site.pk)

    def test_twice_the_same_is_refused(self, waiting, site, people):
        with pytest.raises(ValidationError, match="不必重复报送"):
            request(people.office, KIND, site.pk)

    def test_what_is_open_unchanged_is_refused(self, signed, site, people):
        with pytest.raises(ValidationError, match="没有变化"):
            request(people.clerk, KIND, site.pk)

    def test_a_changed_record_replaces_what_waits(self, waiting, site, people):
        Site.objects.update(name="清河县发改局网站")
        new = request(people.clerk, KIND, site.pk)
        waiting.refresh_from_db()
        assert (waiting.state, new.state, new.title) == (State.SUPERSEDED, State.WAITING, "清河县发改局网站")

    def test_after_a_return_it_may_come_again(self, waiting, site, people):
        send_back(people.leader, waiting, "请核对网址")
        assert request(people.clerk, KIND, site.pk).state == State.WAITING

    def test_of_a_record_that_is_not_there(self, people):
        with pytest.raises(ValidationError, match="没有编号为“999”的网站"):
            request(people.clerk, KIND, 999)

    def test_of_an_unknown_kind(self, people, site):
        with pytest.raises(Unknown):
            request(people.clerk, "test.nothing", site.pk)

    def test_the_event_carries_the_note(self, site, people):
        release = request(people.clerk, KIND, site.pk, "首次公开")
        event = Event.objects.about(release).get()
        assert (event.verb, event.actor, event.reason) == ("review.request", people.clerk, "首次公开")
        assert (event.before, event.after["state"]) == ({}, "waiting")
        assert event.body_id == release.body_id


class TestApprove:
    def test_opens_and_tells_the_room(self, signed, site, people, told):
        assert (signed.state, signed.decided_by) == (State.APPROVED, people.leader)
        assert told == [("opened", site.pk)]

    @pytest.mark.parametrize("who", ["clerk", "office", "other_clerk", "other_leader", "county_leader"])
    def test_only_by_a_leader_of_the_body(self, waiting, people, who, told):
        with pytest.raises(Refused):
            approve(getattr(people, who), waiting)
        waiting.refresh_from_db()
        assert (waiting.state, told) == (State.WAITING, [])

    def test_never_by_the_one_who_put_it_forward(self, site, person, county):
        both = person("both", (county.fgj, Role.CLERK), (county.fgj, Role.LEADER))
        with pytest.raises(Refused, match="报送人不能审查"):
            approve(both, request(both, KIND, site.pk))
        assert not gate.is_open(KIND, site)

    def test_not_even_by_a_superuser_who_holds_both_roles(self, site, person, county):
        root = person("root", (county.fgj, Role.CLERK), (county.fgj, Role.LEADER), is_superuser=True)
        with pytest.raises(Refused):
            approve(root, request(root, KIND, site.pk))

    def test_not_by_a_clerk_who_stands_in_for_the_leader(self, waiting, people):
        holding = RoleHolding.objects.get(user=people.leader)
        Deputy.objects.create(holding=holding, user=people.clerk, since=date(2026, 6, 1), until=date(2026, 6, 30))
        with pytest.raises(Refused, match="报送人不能审查"):
            approve(people.clerk, waiting)

    def test_by_another_person_who_stands_in_for_the_leader(self, waiting, people, site):
        holding = RoleHolding.objects.get(user=people.leader)
        Deputy.objects.create(holding=holding, user=people.other_clerk, since=date(2026, 6, 1), until=date(2026, 6, 30))
        approve(people.other_clerk, waiting)
        assert gate.is_open(KIND, site)
        step = waiting.steps.get(kind=StepKind.LEADER)
        assert (step.decided_by, step.deputy_for) == (people.other_clerk, people.leader)

    def test_the_database_itself_refuses_one_person_as_two(self, waiting, people):
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.filter(pk=waiting.pk).update(state=State.APPROVED, decided_by=people.clerk)

    def test_what_changed_since_it_was_put_forward(self, waiting, people, site):
        Site.objects.update(name="签发前悄悄改动")
        with pytest.raises(ValidationError, match="报送后内容有改动"):
            approve(people.leader, waiting)
        assert not gate.is_open(KIND, Site.objects.get())

    def test_what_was_deleted_meanwhile(self, waiting, people):
        Site.objects.all().delete()
        with pytest.raises(ValidationError, match="没有编号"):
            approve(people.leader, waiting)

    def test_a_second_leader_with_a_stale_page_is_told_so(self, waiting, people):
        approve(people.leader, Release.objects.get(pk=waiting.pk))
        with pytest.raises(ValidationError, match="已签发，不能重复办理"):
            approve(people.second_leader, waiting)
        assert Release.objects.get().decided_by == people.leader

    def test_a_new_version_takes_the_place_of_the_old(self, signed, site, people):
        Site.objects.update(name="新名称")
        assert not gate.is_open(KIND, Site.objects.get())
        new = sign(people.leader, request(people.clerk, KIND, site.pk))
        signed.refresh_from_db()
        assert (signed.state, signed.closed_by, new.state) == (State.SUPERSEDED, people.leader, State.APPROVED)
        assert gate.is_open(KIND, Site.objects.get())


@pytest.mark.django_db(transaction=True)
def test_of_two_leaders_at_the_same_moment_one_signs(site, people, told):
    release = pass_until(request(people.clerk, KIND, site.pk), StepKind.LEADER)
    start, outcomes = threading.Barrier(2), []

    def decide(leader):
        try:
            start.wait(timeout=10)
            approve(leader, Release.objects.get(pk=release.pk))
            outcomes.append("signed")
        except ValidationError:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[one]) for one in (people.leader, people.second_leader)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["signed", "told"]
    assert told == [("opened", site.pk)]
    assert Event.objects.filter(verb="review.approve", after__state="approved").count() == 1


@pytest.mark.django_db(transaction=True)
def test_signing_and_withdrawing_at_the_same_moment_leave_one_outcome(site, people):
    release = pass_until(request(people.clerk, KIND, site.pk), StepKind.LEADER)
    start = threading.Barrier(2)

    def run(act, *args):
        try:
            start.wait(timeout=10)
            act(*args)
        except (ValidationError, Refused):
            pass
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=[approve, people.leader, release]),
        threading.Thread(target=run, args=[withdraw, people.office, release, "暂不公开"]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert Release.objects.get().state == State.WITHDRAWN  # whichever came first, taking back wins
    assert not gate.is_open(KIND, site)


class TestSendBack:
    def test_says_what_to_mend(self, waiting, people, told):
        release = send_back(people.leader, waiting, " 网址请用全称 ")
        assert (release.state, release.note, release.decided_by) == (State.RETURNED, "网址请用全称", people.leader)
        assert told == []

    @pytest.mark.parametrize("note", ["", "   "])
    def test_needs_words(self, waiting, people, note):
        with pytest.raises(ValidationError, match="退回意见"):
            send_back(people.leader, waiting, note)
        waiting.refresh_from_db()
        assert waiting.state == State.WAITING

    @pytest.mark.parametrize("who", ["clerk", "office", "other_leader"])
    def test_only_by_a_leader_of_the_body(self, waiting, people, who):
        with pytest.raises(Refused):
            send_back(getattr(people, who), waiting, "退回")

    def test_not_what_is_signed_already(self, signed, people):
        with pytest.raises(ValidationError):
            send_back(people.second_leader, signed, "退回")


class TestWithdraw:
    @pytest.mark.parametrize("who", ["leader", "second_leader", "office"])
    def test_what_is_public_goes_at_once(self, signed, people, site, told, who):
        release = withdraw(getattr(people, who), signed, "信息有误")
        assert (release.state, release.closed_by, release.closed_reason) == (
            State.WITHDRAWN,
            getattr(people, who),
            "信息有误",
        )
        assert release.decided_by == people.leader  # who signed stays in the register
        assert told == [("opened", site.pk), ("closed", site.pk)]

    def test_a_clerk_does_not_undo_a_leaders_signature(self, signed, people, site):
        with pytest.raises(Refused, match="签发领导或政务公开办"):
            withdraw(people.clerk, signed, "撤回")
        assert gate.is_open(KIND, site)

    def test_a_clerk_takes_back_what_waits(self, waiting, people, told):
        assert withdraw(people.clerk, waiting, "还要修改").state == State.WITHDRAWN
        assert told == []

    @pytest.mark.parametrize("who", ["other_clerk", "other_leader"])
    def test_not_by_another_body(self, signed, people, who):
        with pytest.raises(Refused):
            withdraw(getattr(people, who), signed, "撤回")

    def test_needs_a_reason(self, signed, people, site):
        with pytest.raises(ValidationError, match="撤稿理由"):
            withdraw(people.leader, signed, "  ")
        assert gate.is_open(KIND, site)

    def test_not_twice(self, signed, people):
        withdraw(people.leader, signed, "信息有误")
        with pytest.raises(ValidationError, match="不需要撤稿"):
            withdraw(people.leader, signed, "信息有误")

    def test_it_may_come_again(self, signed, people, site):
        withdraw(people.leader, signed, "信息有误")
        sign(people.second_leader, request(people.clerk, KIND, site.pk))
        assert gate.is_open(KIND, site)


def test_the_whole_passage_can_be_told_from_the_events(site, people):
    release = request(people.clerk, KIND, site.pk)
    sign(people.leader, release, "同意公开")
    withdraw(people.office, release, "公示期满")
    about = [one for one in Event.objects.about(release) if "state" in one.after]
    told = [(one.verb, one.actor_id, one.reason, one.after["state"]) for one in about]
    assert told == [
        ("review.request", people.clerk.pk, "", "waiting"),
        ("review.approve", people.leader.pk, "同意公开", "approved"),
        ("review.withdraw", people.office.pk, "公示期满", "withdrawn"),
    ]


def test_the_digest_kept_is_that_of_the_record(site, people, reviewable):
    assert request(people.clerk, KIND, site.pk).digest == sm3(reviewable.digest(site))


def test_reviewers_hear_once_a_day_and_the_requester_hears_the_result(county, people, site, person):
    """However much waits, whose step it is is told once a day; who put it forward is told what became of it."""
    reviewer = holder(county.fgj, Role.REVIEWER)
    other = Site.objects.create(name="另一网站", url="http://other.example/", owner=county.fgj)
    release = request(people.clerk, KIND, site.pk)
    request(people.clerk, KIND, other.pk)
    told = Notification.objects.filter(kind="review.waiting")
    assert [notice.recipient for notice in told] == [reviewer]
    send_back(people.leader, pass_until(release, StepKind.LEADER), "请补充网站标识码")
    assert {notice.recipient for notice in told.filter(title="有内容待签发")} == {people.leader, people.second_leader}
    sign(people.second_leader, request(people.clerk, KIND, site.pk))
    results = Notification.objects.filter(kind="review.decided").order_by("pk")
    assert [notice.recipient for notice in results] == [people.clerk] * 2
    assert [notice.title[:3] for notice in results] == ["已退回", "已签发"]
    assert results[0].meaning == "请补充网站标识码"
