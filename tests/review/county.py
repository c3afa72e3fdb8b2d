"""A county with two departments and its people; shared by the tests of the gate, the portal and the public ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from tests.remembering import remembered

from gongkai.bodies.models import Body, Kind, RoleHolding
from gongkai.bodies.sections import keep_in_step
from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User

NOW = "2026-06-15T09:00:00+08:00"


@pytest.fixture(autouse=True)
def standing_still(settings) -> None:
    settings.GONGKAI_NOW = NOW


@remembered
def made_county() -> SimpleNamespace:
    root = Body.objects.create(code="qinghe", name="清河县人民政府", kind=Kind.COUNTY, contact_phone="0000-1234567")
    make = lambda code, name: Body.objects.create(code=code, name=name, kind=Kind.DEPARTMENT, parent=root)  # noqa: E731
    return SimpleNamespace(
        body=root, fgj=make("qinghe.fgj", "清河县发展和改革局"), czj=make("qinghe.czj", "清河县财政局")
    )


@remembered
def made_person(username: str, *held: tuple[Body, Role], **fields) -> User:
    user = User.objects.create_user(username, password="gongkai-demo", name=username, **fields)
    for body, role in held:
        RoleHolding.objects.create(user=user, body=body, role=role, since=date(2020, 1, 1))
    keep_in_step(user)
    return user


@pytest.fixture
def county(db) -> SimpleNamespace:
    return made_county()


@pytest.fixture
def person(db) -> Callable[..., User]:
    """`person("li", (body, Role.CLERK))`: somebody holding these roles since 2020."""
    return made_person


@pytest.fixture
def people(county, person) -> SimpleNamespace:
    return SimpleNamespace(
        office=person("office", (county.body, Role.OFFICE)),
        clerk=person("clerk.fgj", (county.fgj, Role.CLERK)),
        leader=person("leader.fgj", (county.fgj, Role.LEADER)),
        second_leader=person("leader2.fgj", (county.fgj, Role.LEADER)),
        county_leader=person("leader.qinghe", (county.body, Role.LEADER)),
        other_clerk=person("clerk.czj", (county.czj, Role.CLERK)),
        other_leader=person("leader.czj", (county.czj, Role.LEADER)),
    )
