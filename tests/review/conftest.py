"""Something to put before the gate: web sites of bodies, registered as reviewable for the length of a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.remembering import remembered
from tests.review.county import county, people, person, standing_still  # noqa: F401

from gongkai.channels.models import Site
from gongkai.foundation.registries import Reviewable, reviewables
from gongkai.review.digests import as_text

KIND = "test.site"


@pytest.fixture
def told() -> list[tuple[str, int]]:
    """What the room heard from the gate: (opened | closed, id)."""
    return []


@pytest.fixture(autouse=True)
def reviewable(told) -> Iterator[Reviewable]:
    entry = Reviewable(
        key=KIND,
        label="网站",
        model=Site,
        title=lambda site: site.name,
        digest=lambda site: as_text([("网站名称", site.name), ("网址", site.url)]),
        body_id=lambda site: site.owner_id,
        address=lambda site: f"/sites/{site.pk}/",
        opened=lambda site: told.append(("opened", site.pk)),
        closed=lambda site: told.append(("closed", site.pk)),
    )
    yield reviewables.register(entry)
    reviewables.unregister(KIND)


@pytest.fixture
def site(county) -> Site:  # noqa: F811
    return made_site(county)


@remembered
def made_site(county) -> Site:  # noqa: F811
    return Site.objects.create(name="清河发改", url="https://fgj.qinghe.example/", owner=county.fgj)
