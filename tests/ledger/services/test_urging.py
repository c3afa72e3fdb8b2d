"""Urging: by hand and by the clock, never twice a day, one notice a person, and what followed."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from tests.ledger.builders import assign, make_item, make_plan

from gongkai.foundation.access import Role
from gongkai.foundation.events.models import Event
from gongkai.foundation.notifications.models import Notification
from gongkai.ledger import services
from gongkai.ledger.models import Assignment, Plan, PlanState, State, Urge, UrgeKind

DUE = date(2023, 9, 30)


@pytest.fixture
def timed(plan, county):
    """Due on 30 September, in progress."""
    return assign(make_item(plan, "21", "公布规范性文件清理目录", due=DUE), county.czj, State.IN_PROGRESS)


def day_before(days: int) -> date:
    return DUE - timedelta(days=days)


class TestByHand:
    def test_tells_the_handler_and_is_written_down(self, task, county):
        services.accept(county.clerk, task)
        entry = services.urge(county.office, task, note="请于本周内补齐链接")
        assert (entry.kind, entry.day, entry.by) == (UrgeKind.MANUAL, date(2023, 5, 15), county.office)
        assert list(entry.recipients.all()) == [county.clerk]
        notice = Notification.objects.get(recipient=county.clerk)
        assert "请于本周内补齐链接" in notice.meaning
        assert "（1）公开重大项目建设信息，2023-12-31 到期" in notice.meaning
        event = Event.objects.about(task).get(verb="ledger.urge")
        assert event.details["recipients"] == [county.clerk.pk]

    def test_without_a_handler_every_clerk(self, task, county):
        assert list(services.urge(county.office, task).recipients.all()) == [county.clerk]

    def test_when_the_handler_has_left_the_clerks(self, task, county):
        reviewer = county.people["czj", Role.REVIEWER]
        services.delegate(county.clerk, task, reviewer)
        reviewer.holdings.update(until=date(2023, 5, 1))
        assert list(services.urge(county.office, task).recipients.all()) == [county.clerk]

    def test_where_nobody_would_hear_it_is_refused(self, task, county):
        county.clerk.holdings.update(until=date(2023, 5, 1))
        with pytest.raises(ValidationError, match="青山县财政局没有在任的信息员"):
            services.urge(county.office, task)
        assert not Urge.objects.exists()

    def test_not_twice_a_day(self, task, county, at):
        services.urge(county.office, task)
        with pytest.raises(ValidationError, match="今天已经催办过"):
            services.urge(county.office, task)
        assert Notification.objects.count() == 1
        at("2023-05-16")
        services.urge(county.office, task)
        assert Urge.objects.count() == 2

    @pytest.mark.parametrize(("state", "why"), [(State.ACCEPTED, "已办结"), (State.SUBMITTED, "已提交")])
    def test_not_when_the_body_has_nothing_to_do(self, task, county, state, why):
        Assignment.objects.update(state=state)
        with pytest.raises(ValidationError, match=f"{why}.*不需要催办"):
            services.urge(county.office, task)

    @pytest.mark.parametrize("who", [("czj", Role.CLERK), ("czj", Role.LEADER), ("qs", Role.AUDITOR)])
    def test_only_the_office_urges(self, task, county, who):
        with pytest.raises(PermissionDenied):
            services.urge(county.people[who], task)


class TestInBulk:
    def test_one_notice_a_person_and_a_result_for_each(self, plan, county):
        tasks = [assign(make_item(plan, str(number)), county.czj) for number in range(1, 31)]
        other = assign(tasks[0].item, county.jyj)
        done = assign(make_item(plan, "40"), county.czj, State.ACCEPTED)
        services.urge(county.office, tasks[0])
        Notification.objects.all().delete()
        result = services.urge_many(county.office, [*tasks, other, done], note="请抓紧")
        assert len(result["done"]) == 30
        assert [(row["id"], "今天已经催办过" in row["why"]) for row in result["refused"]] == [
            (tasks[0].pk, True),
            (done.pk, False),
        ]
        notice = Notification.objects.get(recipient=county.clerk)
        assert "请抓紧" in notice.meaning and "等共 29 项任务" in notice.meaning
        assert Notification.objects.filter(recipient=county.other_clerk).count() == 1
        assert len(set(Urge.objects.exclude(assignment=tasks[0]).values_list("bundle", flat=True))) == 1


class TestByTheClock:
    @pytest.mark.parametrize(
        ("day", "kind"),
        [
            (day_before(31), None),
            (day_before(30), UrgeKind.T30),
            (day_before(29), None),
            (day_before(7), UrgeKind.T7),
            (day_before(2), None),
            (day_before(1), UrgeKind.T1),
            (DUE, None),
            (DUE + timedelta(days=1), UrgeKind.OVERDUE),
        ],
    )
    def test_on_the_appointed_days(self, timed, at, day, kind):
        at(str(day))
        services.urge_due(None, day)
        assert [entry.kind for entry in Urge.objects.all()] == ([kind] if kind else [])

    def test_what_is_late_is_urged_every_seven_days(self, timed, at):
        for ahead in range(1, 16):
            day = DUE + timedelta(days=ahead)
            at(str(day))
            services.urge_due(None, day)
        assert list(Urge.objects.order_by("day").values_list("day", flat=True)) == [
            date(2023, 10, 1),
            date(2023, 10, 8),
            date(2023, 10, 15),
        ]

    def test_how_often_is_a_setting(self, timed, at, settings):
        settings.GONGKAI_URGE_DAYS = 3
        counts = []
        for ahead in range(1, 8):
            day = DUE + timedelta(days=ahead)
            at(str(day))
            counts.append(services.urge_due(None, day))
        assert counts == [1, 0, 0, 1, 0, 0, 1]

    def test_a_missed_day_is_made_up_for_without_urging_twice(self, timed, at):
        at(str(day_before(6)))
        assert services.urge_due(None, day_before(7)) == 1  # the run of yesterday, made up for
        assert services.urge_due(None, day_before(6)) == 0
        assert Urge.objects.get().day == day_before(6)

    @pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED])
    def test_not_what_waits_for_the_office_or_is_closed(self, timed, at, state):
        Assignment.objects.update(state=state)
        at("2023-10-05")
        assert services.urge_due(None, date(2023, 10, 5)) == 0

    @pytest.mark.parametrize("change", [{"withdrawn": True}, None])
    def test_not_what_is_withdrawn_or_archived(self, timed, at, change):
        if change:
            Assignment.objects.update(**change)
        else:
            Plan.objects.update(state=PlanState.ARCHIVED)
        at("2023-10-05")
        assert services.urge_due(None, date(2023, 10, 5)) == 0

    def test_one_notice_for_all_kinds(self, timed, plan, county, at):
        assign(make_item(plan, "39", "基层政务公开", due=date(2023, 8, 31)), county.czj)
        at("2023-09-29")
        assert services.urge_due(None, date(2023, 9, 29)) == 2
        notice = Notification.objects.get(recipient=county.clerk)
        assert notice.title == "下列任务已逾期或即将到期"
        assert "（21）" in notice.meaning and "（39）" in notice.meaning

    def test_only_the_system_does(self, county):
        with pytest.raises(PermissionDenied):
            services.urge_due(county.office, DUE)

    def test_is_a_daily_job(self, timed, at):
        from gongkai.foundation.schedules import Every, periodic_jobs

        job = periodic_jobs.get("ledger.urge")
        assert (job.every, str(job.at)) == (Every.DAY, "08:30:00")
        at(str(day_before(7)))
        assert job.function(day_before(7)) == 1


class TestReports:
    """All-year item 1 of the finance bureau owes a report on every quarter."""

    def run(self, at, day):
        at(day)
        return services.urge_reports(None, date.fromisoformat(day))

    def test_three_days_before_the_end_of_a_period(self, task, at):
        services_before = [self.run(at, day) for day in ("2023-03-27", "2023-03-28", "2023-03-29")]
        assert services_before == [0, 1, 0]
        assert Urge.objects.get().kind == UrgeKind.CHECK_IN

    def test_missed_ones_every_seven_days(self, task, at):
        assert [self.run(at, f"2023-04-{day}") for day in range(10, 26)].count(1) == 3

    def test_not_what_was_reported(self, task, county, at):
        services.accept(county.clerk, task)
        services.check_in(county.clerk, task, period="2023Q1", progress="公开 12 条")
        assert self.run(at, "2023-05-16") == 0

    def test_not_what_the_plan_came_too_late_for(self, county, at):
        late = make_plan(county.root, 2023, "2023-05-10")
        assign(make_item(late), county.czj)
        assert self.run(at, "2023-05-16") == 0
        assert self.run(at, "2023-07-11") == 1


class TestWhatFollowed:
    @pytest.fixture
    def urged(self, task, county):
        return services.urge(county.office, task)

    def test_the_next_state(self, urged, task, county, at):
        moment = at("2023-05-17")
        services.accept(county.clerk, task)
        urged.refresh_from_db()
        assert (urged.followed_state, urged.followed_at) == (State.IN_PROGRESS, moment)
        assert urged.followed_label == "推进中"

    def test_later_states_do_not_overwrite_it(self, urged, task, county, at):
        services.accept(county.clerk, task)
        at("2023-05-18")
        services.submit(county.clerk, task, note="已办")
        urged.refresh_from_db()
        assert urged.followed_state == State.IN_PROGRESS

    def test_a_report(self, task, county):
        services.accept(county.clerk, task)
        urged = services.urge(county.office, task)
        services.check_in(county.clerk, task, period="2023Q1", progress="公开 12 条")
        urged.refresh_from_db()
        assert (urged.followed_state, urged.followed_label) == (Urge.CHECK_IN, "已填报进展")

    def test_nothing_yet(self, urged):
        assert (urged.followed_state, urged.followed_label, urged.followed_at) == ("", "", None)


def together(*calls):
    """Run the calls at the same time; what each returned or raised."""
    gate = threading.Barrier(len(calls))
    answers: list[object] = [None] * len(calls)

    def run(index, call):
        gate.wait()
        try:
            answers[index] = call()
        except Exception as error:  # whatever it is, the test looks at it
            answers[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=row) for row in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_two_at_once_urge_only_once(task, county):
    answers = together(*[lambda: services.urge(county.office, task)] * 2)
    assert sorted(type(answer).__name__ for answer in answers) == ["Urge", "ValidationError"]
    assert Urge.objects.count() == Notification.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_job_and_a_person_at_once_urge_each_only_once(plan, county, at):
    tasks = [assign(make_item(plan, str(number), due=date(2023, 5, 22)), county.czj) for number in range(1, 9)]
    job, many = together(
        lambda: services.urge_due(None, date(2023, 5, 15)), lambda: services.urge_many(county.office, tasks[::-1])
    )
    assert job + len(many["done"]) == 8
    assert Urge.objects.count() == 8
    assert Event.objects.filter(verb="ledger.urge").count() == 8


@pytest.mark.django_db(transaction=True)
def test_two_at_once_accept_only_once(task, county):
    answers = together(*[lambda: services.accept(county.clerk, task)] * 2)
    assert sorted(type(answer).__name__ for answer in answers) == ["Assignment", "ValidationError"]
    assert Event.objects.filter(verb="ledger.accept").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_closes_while_the_other_returns(task, county):
    Assignment.objects.update(state=State.SUBMITTED)
    answers = together(
        lambda: services.close(county.office, task), lambda: services.send_back(county.office, task, reason="请补充")
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Assignment", "ValidationError"]
    done = Event.objects.filter(verb__in=["ledger.close", "ledger.return"]).get()
    task.refresh_from_db()
    assert done.after["state"] == task.state
