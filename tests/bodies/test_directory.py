"""Rights by dates: own holdings and deputies, inclusive, in bodies that exist."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.bodies.directory import BodyDirectory
from gongkai.bodies.models import Body, Deputy, Kind, RoleHolding
from gongkai.foundation.access import COUNTY_ROLES, Role, rights_of
from gongkai.foundation.accounts.models import User

DAY = date(2026, 6, 15)


def day(offset: int) -> date:
    return DAY + timedelta(days=offset)


def grants(user: User, on: date = DAY) -> set[tuple]:
    return {(grant.role, grant.body_id, grant.covers, grant.deputy_for) for grant in BodyDirectory().grants(user, on)}


def test_a_clerk_reaches_the_own_body_and_no_other(qinghe, clerk):
    rights = rights_of(clerk)
    assert rights.bodies() == {qinghe.czj.pk}
    assert rights.holds({Role.CLERK}, qinghe.czj.pk)
    assert not rights.holds({Role.CLERK}, qinghe.jyj.pk)


def test_a_body_role_does_not_reach_the_bodies_below(qinghe, make_body, make_person):
    below = make_body("qinghe.czj.fund", "清河县财政局国库中心", Kind.INSTITUTION, qinghe.czj)
    leader = make_person("leader", (qinghe.czj, Role.LEADER))
    assert below.pk not in rights_of(leader).bodies()


def test_the_office_reaches_its_county_and_no_other(qinghe, dongshan, office):
    reached = rights_of(office).bodies()
    assert reached == {body.pk for body in vars(qinghe).values()}
    assert not reached & {body.pk for body in vars(dongshan).values()}


def test_a_county_role_reaches_dissolved_bodies(qinghe, office):
    Body.objects.filter(pk=qinghe.dag.pk).update(active_to=day(-400))
    assert qinghe.dag.pk in rights_of(office).bodies()


def test_a_body_role_in_a_county_is_no_county_role(qinghe, make_person):
    clerk_of_the_office = make_person("clerk.qinghe", (qinghe.county, Role.CLERK))
    assert rights_of(clerk_of_the_office).bodies() == {qinghe.county.pk}


def test_a_county_role_held_in_a_department_by_mistake_gives_nothing(qinghe, make_person):
    assert not grants(make_person("wrong", (qinghe.czj, Role.OFFICE)))


@pytest.mark.parametrize(("offset", "held"), [(-1, False), (0, True), (3, True), (4, False)])
def test_first_and_last_day_count(qinghe, make_person, offset, held):
    user = make_person("li")
    RoleHolding.objects.create(user=user, body=qinghe.czj, role=Role.CLERK, since=DAY, until=day(3))
    assert bool(grants(user, day(offset))) is held


@pytest.mark.parametrize(("offset", "held"), [(-1, False), (0, True), (2, True), (3, False)])
def test_a_deputy_stands_in_for_the_dated_days_only(qinghe, clerk, make_person, offset, held):
    deputy = make_person("deputy")
    Deputy.objects.create(holding=clerk.holdings.get(), user=deputy, since=DAY, until=day(2))
    expected = {(Role.CLERK, qinghe.czj.pk, frozenset({qinghe.czj.pk}), clerk.pk)} if held else set()
    assert grants(deputy, day(offset)) == expected


def test_a_deputy_goes_with_the_holding(qinghe, clerk, make_person):
    deputy = make_person("deputy")
    holding = clerk.holdings.get()
    Deputy.objects.create(holding=holding, user=deputy, since=day(-5), until=day(5))
    RoleHolding.objects.filter(pk=holding.pk).update(until=day(-1))
    assert not grants(deputy)


def test_a_dissolved_body_gives_nothing(qinghe, clerk):
    Body.objects.filter(pk=qinghe.czj.pk).update(active_to=day(-1))
    assert not grants(clerk)
    assert grants(clerk, day(-1))


def test_the_directory_asks_twice_at_most(qinghe, dongshan, office, django_assert_max_num_queries):
    RoleHolding.objects.create(user=office, body=dongshan.county, role=Role.AUDITOR, since=DAY)
    with django_assert_max_num_queries(2):
        assert len(grants(office)) == 2


def test_a_clerk_costs_one_query(clerk, django_assert_num_queries):
    with django_assert_num_queries(1):
        grants(clerk)


spans = st.tuples(st.integers(-4, 4), st.integers(0, 4))
open_spans = st.tuples(st.integers(-4, 4), st.none() | st.integers(0, 4))
holdings = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 3), st.sampled_from(list(Role)), open_spans), max_size=6
)
deputies = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2), spans), max_size=6)
lives = st.lists(st.tuples(st.none() | st.integers(-4, 0), st.none() | st.integers(0, 4)), min_size=4, max_size=4)


@given(holdings, deputies, lives, st.integers(-5, 9))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_grants_are_those_a_patient_clerk_would_work_out(db, holdings, deputies, lives, offset):
    with transaction.atomic():
        people = [User.objects.create(username=f"p{number}") for number in range(3)]
        bodies = _two_counties(lives)
        held = [_hold(people[who], bodies[where], role, span) for who, where, role, span in holdings]
        stood_in = [
            Deputy.objects.create(holding=held[which], user=people[who], since=day(start), until=day(start + length))
            for which, who, (start, length) in deputies
            if which < len(held)
        ]
        for person in people:
            assert grants(person, day(offset)) == _oracle(person, day(offset), bodies, held, stood_in)
        transaction.set_rollback(True)


def _two_counties(lives) -> list[Body]:
    made: list[Body] = []
    for number, (begin, end) in enumerate(lives):
        parent = made[number // 2 * 2] if number % 2 else None
        dates = {"active_from": None if begin is None else day(begin), "active_to": None if end is None else day(end)}
        kind = Kind.DEPARTMENT if parent else Kind.COUNTY
        made.append(Body.objects.create(code=f"b{number}", name=f"单位{number}", kind=kind, parent=parent, **dates))
    return made


def _hold(user, body, role, span) -> RoleHolding:
    start, length = span
    until = None if length is None else day(start + length)
    return RoleHolding.objects.create(user=user, body=body, role=role, since=day(start), until=until)


def _oracle(person, on, bodies, held, stood_in) -> set[tuple]:
    found = set()
    for holding in held:
        body = holding.body
        if not (holding.since <= on and (holding.until is None or on <= holding.until)):
            continue
        if (body.active_from and on < body.active_from) or (body.active_to and on > body.active_to):
            continue
        if holding.role in COUNTY_ROLES and body.kind != Kind.COUNTY:
            continue
        covers = {body.pk}
        if holding.role in COUNTY_ROLES:
            covers |= {other.pk for other in bodies if other.parent_id == body.pk}
        row = (holding.role, body.pk, frozenset(covers))
        if holding.user_id == person.pk:
            found.add((*row, None))
        for deputy in stood_in:
            mine = deputy.holding_id == holding.pk and deputy.user_id == person.pk
            if mine and deputy.since <= on <= deputy.until and holding.user_id != person.pk:
                found.add((*row, holding.user_id))
    return found
