"""A county at work: two bodies with all their people, the office, one plan of 2023, one item given to both bodies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone
from tests.ledger import builders

from gongkai.bodies.models import Body, Kind
from gongkai.foundation.access import BODY_ROLES, COUNTY_ROLES, Role
from gongkai.foundation.accounts.models import User
from gongkai.ledger.models import Item, Plan


@pytest.fixture
def at(settings) -> Callable[[str], datetime]:
    """`at("2023-09-20")`: from here on it is nine o'clock of that day (or the moment given)."""

    def stand(text: str) -> datetime:
        text = text if " " in text else f"{text} 09:00"
        settings.GONGKAI_NOW = text
        return timezone.make_aware(datetime.fromisoformat(text))

    return stand


@pytest.fixture
def county(db, at) -> SimpleNamespace:
    """青山县 on 15 May 2023. `people["czj", Role.CLERK]` is the clerk of the finance bureau; `office` the office."""
    at("2023-05-15")
    root = Body.objects.create(code="qs", name="青山县人民政府", kind=Kind.COUNTY)
    czj = Body.objects.create(code="qs.czj", name="青山县财政局", kind=Kind.DEPARTMENT, parent=root, order=1)
    jyj = Body.objects.create(code="qs.jyj", name="青山县教育局", kind=Kind.DEPARTMENT, parent=root, order=2)
    people: dict[tuple[str, Role], User] = {}
    for name, body in (("czj", czj), ("jyj", jyj)):
        for role in sorted(BODY_ROLES):
            people[name, role] = builders.person(f"{role}.{name}", (body, role), name=f"{body.name[3:5]}{role.label}")
    for role in sorted(COUNTY_ROLES):
        people["qs", role] = builders.person(str(role), (root, role), name=f"县{role.label}")
    return SimpleNamespace(
        root=root,
        czj=czj,
        jyj=jyj,
        people=people,
        office=people["qs", Role.OFFICE],
        clerk=people["czj", Role.CLERK],
        other_clerk=people["jyj", Role.CLERK],
        leader=people["czj", Role.LEADER],
    )


@pytest.fixture
def plan(county) -> Plan:
    return builders.make_plan(county.root)


@pytest.fixture
def item(plan) -> Item:
    """All-year item 1."""
    return builders.make_item(plan)


@pytest.fixture
def task(item, county):
    """Item 1 given to the finance bureau, waiting to be accepted."""
    return builders.assign(item, county.czj)
