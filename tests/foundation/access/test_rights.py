"""What one person may do, from the roles held."""

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from gongkai.foundation.access import PUBLIC, SIGNED_IN, STAFF, Grant, Rights, Role, rights_of

pytestmark = pytest.mark.django_db

GRANTS = st.builds(
    Grant,
    role=st.sampled_from(Role),
    body_id=st.integers(1, 5),
    covers=st.none() | st.frozensets(st.integers(1, 5)),
)


def test_a_role_reaches_its_bodies_and_no_other(person, roles):
    li = person("li")
    roles.give(li, Role.CLERK, 1)
    roles.give(li, Role.LEADER, 2, covers={2, 3})
    mine = rights_of(li)
    assert mine.roles == {Role.CLERK, Role.LEADER}
    assert mine.holds({Role.CLERK}) and mine.holds({Role.CLERK}, 1)
    assert not mine.holds({Role.CLERK}, 2)
    assert mine.holds({Role.LEADER}, 3)
    assert not mine.holds({Role.REVIEWER})
    assert mine.bodies() == {1, 2, 3}
    assert mine.bodies(Role.LEADER) == {2, 3}
    assert mine.bodies(Role.OFFICE) == frozenset()


def test_a_role_over_everything(person, roles):
    office = person("office")
    roles.give(office, Role.OFFICE)
    mine = rights_of(office)
    assert mine.bodies() is None
    assert mine.holds({Role.OFFICE}, 10**9)


def test_a_superuser_administers_the_system_and_nothing_else(person, roles):
    mine = rights_of(person("root", is_superuser=True))
    assert mine.roles == {Role.SYSADMIN}
    assert not mine.holds(STAFF)


def test_who_is_not_active_or_not_signed_in_has_nothing(person, roles):
    gone = person("gone", is_active=False, is_superuser=True)
    roles.give(gone, Role.OFFICE)
    for nobody in (gone, AnonymousUser()):
        mine = rights_of(nobody)
        assert mine.grants == ()
        assert mine.bodies() == frozenset()
        assert mine.holds(PUBLIC)
    assert not rights_of(AnonymousUser()).holds(SIGNED_IN)


def test_signed_in_is_enough_where_it_is_enough(person, roles):
    assert rights_of(person("li")).holds(SIGNED_IN)
    assert not rights_of(person("wang")).holds(STAFF)


@given(grants=st.lists(GRANTS), wanted=st.sets(st.sampled_from(Role)), body=st.integers(1, 5))
@rules(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_holding_and_reaching_agree(grants, wanted, body):
    """`holds(role, body)` exactly when `bodies(role)` says that the role reaches the body."""
    mine = Rights(AnonymousUser(), tuple(grants))
    for role in wanted:
        reached = mine.bodies(role)
        assert mine.holds({role}, body) == (reached is None or body in reached)
    assert mine.holds(wanted, body) == any(mine.holds({role}, body) for role in wanted)
    if not wanted & mine.roles:
        assert not mine.holds(wanted)
