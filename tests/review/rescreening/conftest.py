"""Signed web sites of two departments with a list of words of the county's own."""

from __future__ import annotations

import itertools

import pytest
from django.core.files.base import ContentFile
from tests.review.conftest import county, people, person, reviewable, site, standing_still, told  # noqa: F401
from tests.review.signing import signed

from gongkai.channels.models import Site
from gongkai.foundation.access import Role
from gongkai.foundation.guard.judging import writing_what_stands
from gongkai.review.models import Recall, Release, Rescreening
from gongkai.review.services import add_word_list, begin_rescreening
from gongkai.review.services.rescreening import go_over

NUMBERS = itertools.count()
CSV = "词语,级别,建议\n旧称局,confirm,新称局\n"


@pytest.fixture
def add(people, county):  # noqa: F811
    """`add("词语\\n旧称局\\n")`: an uploaded list of words."""

    def upload(text=CSV, name="县自建", actor=None, **facts):
        return add_word_list(
            actor or people.office, county.body, name, ContentFile(text.encode(), f"{name}.csv"), **facts
        )

    return upload


@pytest.fixture
def reviewer(county, person):  # noqa: F811
    return person("reviewer.fgj", (county.fgj, Role.REVIEWER))


@pytest.fixture
def secrecy(county, person):  # noqa: F811
    return person("secrecy.fgj", (county.fgj, Role.SECRECY_REVIEWER))


@pytest.fixture
def opened(county, people):  # noqa: F811
    """`opened("旧称局网站")`: a site of the first department that was signed, and so is public."""

    def make(name, **facts):
        site = Site.objects.create(name=name, url=f"https://s{next(NUMBERS)}.example/", owner=county.fgj)  # noqa: F811
        return signed(site, county.fgj, people.clerk, people.leader, title=name, **facts)

    return make


@pytest.fixture
def secret(opened):
    """Something signed in which a mark stands that no rule knew at the time."""
    with writing_what_stands():
        release = opened("方案 机密★5年")
        Release.objects.update(title="应急方案")
        return Release.objects.get(pk=release.pk)


@pytest.fixture
def run(people, county):  # noqa: F811
    """`run()`: begin a rescreening and go over everything at once."""

    def begin(actor=None) -> Rescreening:
        started = begin_rescreening(actor or people.office, county.body)
        while go_over(started.pk):
            pass
        started.refresh_from_db()
        return started

    return begin


@pytest.fixture
def recall(add, opened, run) -> Recall:
    """Something public in which the county's new list finds a word."""
    opened("旧称局网站")
    add()
    run()
    return Recall.objects.select_related("release").get()
