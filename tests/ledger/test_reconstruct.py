"""Past days told from events alone, held against a replay of random histories."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.builders import Size, assign, fill, make_item, make_plan, moment

from gongkai.foundation.events.models import Event
from gongkai.ledger import services
from gongkai.ledger.models import Assignment, State
from gongkai.ledger.reconstruct import state_of_plan

OPENED = date(2023, 1, 5)
# One change: days after the opening, days until it was entered, and what was changed.
CHANGE = st.tuples(
    st.integers(0, 360),
    st.integers(0, 20),
    st.one_of(
        st.builds(lambda state: {"state": state.value}, st.sampled_from(list(State))),
        st.builds(lambda day: {"due": str(OPENED + timedelta(days=day))}, st.integers(0, 400)),
        st.builds(lambda withdrawn: {"withdrawn": withdrawn}, st.booleans()),
        st.just({"handler": None}),
    ),
)


def enter(assignment: Assignment, changes) -> None:
    kind = ContentType.objects.get_for_model(Assignment)
    for days, late, after in changes:
        effective = moment(OPENED) + timedelta(days=days)
        Event(
            verb="ledger.test", content_type=kind, object_id=assignment.pk, body_id=assignment.body_id, after=after,
            effective_at=effective, recorded_at=effective + timedelta(days=late),
        ).save()  # fmt: skip


def replay(histories, day: date, known_by: date | None = None):
    """By state, and overdue, in the plainest way: apply every change in the order of its taking effect."""
    count, overdue = dict.fromkeys(State, 0), 0
    for changes in histories:
        facts = {"state": "to-accept", "due": "2023-12-31", "withdrawn": False}
        for days, late, after in sorted(changes, key=lambda change: change[0]):
            effective = OPENED + timedelta(days=days)
            if effective <= day and (known_by is None or effective + timedelta(days=late) <= known_by):
                facts |= after
        if not facts["withdrawn"]:
            count[State(facts["state"])] += 1
            overdue += facts["state"] != "accepted" and facts["due"] < str(day)
    return count, overdue


@given(
    histories=st.lists(st.lists(CHANGE, max_size=6), min_size=1, max_size=5),
    ahead=st.integers(0, 380),
    known=st.integers(0, 380),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_history_on_any_day(county, histories, ahead, known):
    savepoint = transaction.savepoint()
    plan = make_plan(county.root, 2023, str(OPENED))
    for number, changes in enumerate(histories, start=1):
        enter(assign(make_item(plan, str(number)), county.czj), changes)
    day, known_by = OPENED + timedelta(days=ahead), OPENED + timedelta(days=known)
    told = state_of_plan(plan, day)
    assert (told.by_state, told.overdue) == replay(histories, day)
    told = state_of_plan(plan, day, known_by=moment(known_by, 10))
    assert (told.by_state, told.overdue) == replay(histories, day, known_by)
    transaction.savepoint_rollback(savepoint)


def test_the_day_before_the_plan_there_was_nothing(task, plan):
    told = state_of_plan(plan, date(2023, 1, 4))
    assert (told.total, told.overdue, told.share) == (0, 0, None)
    assert state_of_plan(plan, date(2023, 1, 5)).by_state[State.TO_ACCEPT] == 1


def test_work_of_the_day_counts_until_midnight(task, plan, county, at):
    at("2023-06-01 23:59")
    services.accept(county.clerk, task)
    at("2023-06-02 00:00")
    services.submit(county.clerk, task, note="已办")
    assert state_of_plan(plan, date(2023, 6, 1)).by_state[State.IN_PROGRESS] == 1
    assert state_of_plan(plan, date(2023, 6, 2)).by_state[State.SUBMITTED] == 1


def test_other_plans_do_not_count(task, plan, county):
    other = make_plan(county.root, 2022, "2022-01-05")
    assign(make_item(other), county.jyj)
    assert state_of_plan(plan, date(2023, 6, 1)).total == 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_last_day_is_what_the_tables_say(db, at, seed):
    at("2024-12-31")
    filled = fill(Size(bodies=6, items=8), seed=seed, events=True)
    plan = filled.plans[0]
    told = state_of_plan(plan, date(2024, 12, 31))
    assert told.by_state == {state: plan.assignments.filter(state=state).count() for state in State}
    assert told.overdue == Assignment.objects.filter(plan=plan).overdue(date(2024, 12, 31)).count()
    assert told.share == pytest.approx(told.by_state[State.ACCEPTED] / 48)


def test_one_query(db, at, django_assert_max_num_queries):
    at("2024-12-31")
    plan = fill(Size(bodies=4, items=5), events=True).plans[0]
    with django_assert_max_num_queries(1):
        state_of_plan(plan, date(2023, 6, 30))
