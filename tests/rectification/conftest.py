"""A county with two departments, and a source of findings whose world the tests change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from tests.review.county import county, people, person, standing_still  # noqa: F401

from gongkai.foundation.notifications.models import Notification
from gongkai.foundation.registries import Finding, Recheck, RectificationSource, rectification_sources
from gongkai.rectification.models import Case
from gongkai.rectification.services import collect

SOURCE = "test.links"


class World:
    """What is broken: reference → finding. `down`: the check cannot look."""

    def __init__(self) -> None:
        self.broken: dict[str, Finding] = {}
        self.down = False
        self.looks = 0

    def breaks(self, reference: str, body, title: str = "首页链接打不开", **said) -> Finding:
        self.broken[reference] = Finding(reference, body.pk, title, **said)
        return self.broken[reference]

    def mended(self, reference: str) -> None:
        del self.broken[reference]

    def findings(self):
        if self.down:
            raise ConnectionError("没有网络，联系 13812345678")
        return list(self.broken.values())

    def recheck(self, reference: str) -> Recheck:
        self.looks += 1
        if self.down:
            raise ConnectionError
        words = "返回 404" if reference in self.broken else "返回 200"
        return Recheck(reference not in self.broken, f"打开 {reference}：{words}")


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    rectification_sources.register(
        RectificationSource(SOURCE, "网站链接", world.findings, lambda reference: world.recheck(reference))
    )
    yield world
    rectification_sources.unregister(SOURCE)


@pytest.fixture
def at(settings) -> Callable[[str], date]:
    """`at("2026-06-20")`: from here on it is nine o'clock of that day."""

    def stand(day: str) -> date:
        settings.GONGKAI_NOW = f"{day}T09:00:00+08:00"
        return date.fromisoformat(day)

    return stand


@pytest.fixture
def case(county, world, people) -> Case:  # noqa: F811
    """Found on Monday 15 June 2026 at the development bureau: ten working days."""
    world.breaks("/a", county.fgj, address="https://www.qinghe.gov.cn/a")
    collect(None)
    return Case.objects.get()


@pytest.fixture
def notices() -> Callable[..., list[str]]:
    """`notices(user)`: the titles of what the person was told, oldest first."""
    return lambda user: list(Notification.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True))
