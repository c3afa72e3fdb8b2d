"""A county with ten signed entries, and two inspectors of its secrecy administration."""

from __future__ import annotations

from datetime import date

import pytest
from tests.review.conftest import county, people, person, reviewable, site, standing_still, told  # noqa: F401
from tests.review.signing import signed

from gongkai.channels.models import Site
from gongkai.foundation.access import Role
from gongkai.review.models import Method
from gongkai.review.services import begin_inspection


@pytest.fixture
def inspector(county, person):  # noqa: F811
    return person("inspector", (county.body, Role.SECRECY_ADMIN))


@pytest.fixture
def releases(county, people):  # noqa: F811
    """Five of each department, signed in March."""
    made = []
    for number in range(10):
        owner = county.fgj if number % 2 else county.czj
        site = Site.objects.create(name=f"网站{number}", url=f"https://s{number}.example/", owner=owner)  # noqa: F811
        clerk, leader = (people.clerk, people.leader) if number % 2 else (people.other_clerk, people.other_leader)
        made.append(signed(site, owner, clerk, leader, title=f"网站{number}"))
    return made


@pytest.fixture
def begin(inspector, county):  # noqa: F811
    """`begin(method, size=…)`: an inspection of 2026 over the whole year."""

    def make(method=Method.RANDOM, actor=None, **facts):
        facts = {"seed": "20260615", "size": 4} | facts if method == Method.RANDOM else facts
        span = {"scope_from": date(2026, 1, 1), "scope_to": date(2026, 12, 31)} | {
            name: facts.pop(name) for name in ("scope_from", "scope_to") if name in facts
        }
        return begin_inspection(
            actor or inspector,
            county.body,
            facts.pop("year", 2026),
            "2026年公开保密审查专项检查",
            method=method,
            **span,
            **facts,
        )

    return make
