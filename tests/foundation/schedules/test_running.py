"""Once per period, made up for when missed, tried again when failed, visible afterwards."""

import threading
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django_tasks_db.models import DBTaskResult

from gongkai.foundation.events.models import Event
from gongkai.foundation.schedules import Every, job
from gongkai.foundation.schedules.models import JobRun, RunState
from gongkai.foundation.schedules.selectors import overview
from gongkai.foundation.schedules.services import claim_due, enqueue_due, execute, run_again, run_due
from gongkai.foundation.schedules.worker import drain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_jobs")]


@pytest.fixture
def daily():
    """A daily job at 7:00 that notes the days it ran for."""
    days: list[date] = []

    @job("test.daily", "每日提醒", every=Every.DAY, at=time(7))
    def remind(day: date) -> int:
        days.append(day)
        return len(days)

    return days


@pytest.fixture
def failing():
    """A daily job that fails as long as something stands in `problems`."""
    problems: list[str] = ["邮件服务器没有应答"]
    tries: list[date] = []

    @job("test.failing", "发送邮件", every=Every.DAY, at=time(7))
    def send(day: date) -> None:
        tries.append(day)
        if problems:
            raise ConnectionError(problems[0])

    return problems, tries


def test_nothing_before_its_time(at, daily):
    at("2026-03-02 06:59")
    assert run_due() == []
    assert daily == []


def test_once_per_period(at, daily):
    at("2026-03-02 07:00")
    (run,) = run_due()
    assert (run.state, run.count, run.attempts, run.error) == (RunState.DONE, 1, 1, "")
    at("2026-03-02 23:59")
    assert run_due() == []
    at("2026-03-03 06:59")
    assert run_due() == []
    at("2026-03-03 07:00")
    assert len(run_due()) == 1
    assert daily == [date(2026, 3, 2), date(2026, 3, 3)]


def test_a_late_start_still_runs_todays(at, daily):
    at("2026-03-02 15:00")
    run_due()
    assert daily == [date(2026, 3, 2)]


def test_missed_days_are_made_up_for_in_order_once(at, daily):
    at("2026-03-02 07:00")
    run_due()
    at("2026-03-05 09:00")
    run_due()
    run_due()
    assert daily == [date(2026, 3, day) for day in (2, 3, 4, 5)]


def test_a_long_stand_still_is_made_up_for_in_part(at, daily):
    at("2026-03-02 07:00")
    run_due()
    at("2026-06-30 09:00")
    run_due()
    assert daily[1:] == [date(2026, 6, day) for day in range(24, 31)]


def test_a_gap_inside_what_ran_is_not_filled_later(at, daily):
    """The clock of a demonstration may jump back: only the day it stands at is run."""
    at("2026-06-30 09:00")
    run_due()
    at("2026-03-02 09:00")
    run_due()
    assert daily == [date(2026, 6, 30), date(2026, 3, 2)]


def test_of_a_missed_hourly_job_only_the_newest_hour_runs(at):
    hours = []
    job("test.hourly", "汇总", every=Every.HOUR)(lambda day: hours.append(day))
    at("2026-03-02 07:00")
    run_due()
    at("2026-03-02 12:30")
    (run,) = run_due()
    assert run.period == at("2026-03-02 12:00")
    assert len(hours) == 2


def test_a_failure_is_written_down_and_stops_nobody_else(at, failing, daily):
    at("2026-03-02 07:00")
    runs = {run.key: run for run in run_due()}
    assert runs["test.failing"].state == RunState.FAILED
    assert runs["test.failing"].error == "ConnectionError: 邮件服务器没有应答"
    assert runs["test.failing"].finished_at == at("2026-03-02 07:00")
    assert runs["test.daily"].state == RunState.DONE


def test_a_failed_run_is_tried_again_with_growing_pauses_and_not_for_ever(at, failing):
    tries = failing[1]
    made = {}
    for clock in ("07:00", "07:09", "07:10", "07:29", "07:30", "08:30", "23:00"):
        at(f"2026-03-02 {clock}")
        run_due()
        made[clock] = len(tries)
    assert made == {"07:00": 1, "07:09": 1, "07:10": 2, "07:29": 2, "07:30": 3, "08:30": 3, "23:00": 3}
    assert JobRun.objects.get().attempts == 3


def test_a_second_try_that_works_clears_the_error(at, failing):
    at("2026-03-02 07:00")
    run_due()
    failing[0].clear()
    at("2026-03-02 07:10")
    (run,) = run_due()
    assert (run.state, run.error, run.attempts) == (RunState.DONE, "", 2)


def test_a_failure_is_not_retried_in_the_next_period(at, failing):
    at("2026-03-02 07:00")
    run_due()
    at("2026-03-03 07:00")
    run_due()
    assert failing[1] == [date(2026, 3, 2), date(2026, 3, 3)]
    assert JobRun.objects.get(period=at("2026-03-02 00:00")).attempts == 1


def test_a_run_broken_off_is_given_up_and_tried_again(at, daily):
    at("2026-03-02 07:00")
    (claimed,) = claim_due()  # and then the process died
    at("2026-03-02 08:59")
    assert run_due() == []
    at("2026-03-02 09:01")
    run_due()
    claimed.refresh_from_db()
    assert claimed.state == RunState.FAILED
    assert "中断" in claimed.error
    at("2026-03-02 09:20")
    run_due()
    claimed.refresh_from_db()
    assert (claimed.state, daily) == (RunState.DONE, [date(2026, 3, 2)])


def test_a_claimed_run_is_executed_once_even_if_delivered_twice(at, daily):
    at("2026-03-02 07:00")
    (claimed,) = claim_due()
    assert execute(claimed).state == RunState.DONE
    assert execute(JobRun.objects.get(pk=claimed.pk)).state == RunState.DONE
    assert len(daily) == 1


def test_the_database_refuses_a_second_run_of_a_period(at):
    moment = at("2026-03-02 00:00")
    JobRun.objects.create(key="test.daily", period=moment, started_at=moment)
    with pytest.raises(IntegrityError), transaction.atomic():
        JobRun.objects.create(key="test.daily", period=moment, started_at=moment)


def test_through_the_task_queue(at, daily):
    at("2026-03-02 07:00")
    assert enqueue_due() == 1
    assert enqueue_due() == 0
    assert daily == []
    assert JobRun.objects.get().state == RunState.WAITING
    drain()
    assert daily == [date(2026, 3, 2)]
    assert JobRun.objects.get().state == RunState.DONE
    assert DBTaskResult.objects.ready().count() == 0


def test_the_overview_shows_last_run_last_failure_and_next_time(at, daily, failing):
    at("2026-03-02 07:00")
    run_due()
    failing[0].clear()
    now = at("2026-03-03 07:00")
    run_due()
    standings = {standing.job.key: standing for standing in overview()}
    assert standings["test.daily"].last_failure is None
    assert standings["test.daily"].next_due == now + timedelta(days=1)
    assert standings["test.failing"].last.state == RunState.DONE
    assert standings["test.failing"].last_failure.period == at("2026-03-02 00:00")


def test_the_overview_of_a_job_that_never_ran(at, daily):
    at("2026-03-02 06:00")
    (standing,) = overview()
    assert (standing.last, standing.next_due) == (None, at("2026-03-02 07:00"))


def test_a_person_runs_a_failed_job_again(at, failing, person, django_capture_on_commit_callbacks):
    at("2026-03-02 07:00")
    (run,) = run_due()
    failing[0].clear()
    admin = person("admin", is_superuser=True)
    with django_capture_on_commit_callbacks(execute=True):
        run_again(admin, run)
    drain()
    run.refresh_from_db()
    assert (run.state, run.attempts) == (RunState.DONE, 2)
    assert Event.objects.get(verb="schedules.run_again").actor == admin


def test_only_a_failed_job_and_only_by_the_right_people(at, daily, person):
    at("2026-03-02 07:00")
    (run,) = run_due()
    with pytest.raises(ValidationError):
        run_again(person("admin", is_superuser=True), run)
    with pytest.raises(PermissionDenied):
        run_again(person("nobody"), run)
    with pytest.raises(PermissionDenied):
        run_again(None, run)


@pytest.mark.django_db(transaction=True)
def test_processes_that_race_for_a_period_run_it_once(at, daily):
    at("2026-03-02 07:00")
    together = threading.Barrier(4)
    errors: list[BaseException] = []

    def compete() -> None:
        try:
            together.wait(5)
            run_due()
        except BaseException as error:  # a thread's exception would go unseen
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=compete) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert daily == [date(2026, 3, 2)]
    assert JobRun.objects.get().state == RunState.DONE
