"""The sample can be drawn again by anybody, with nothing but seed, size and the numbers of the entries."""

from __future__ import annotations

import hashlib
import random

import pytest

from gongkai.review.digests import sm3
from gongkai.review.inspection.drawing import draw
from gongkai.review.models import Attribute, Disposal, Finding, InspectionEntry, Method, Release, State


def test_the_same_seed_draws_the_same_whatever_the_order_of_rows():
    ids = list(range(1, 500))
    first = draw(ids, "2026", 30)
    random.Random(1).shuffle(ids)
    assert draw(ids, "2026", 30) == first
    assert draw(ids, "2027", 30) != first
    assert len(set(first)) == 30


def test_by_hand():
    """As the report describes it: the smallest SM3 of “seed:number”."""
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("OpenSSL without SM3")
    by_hand = sorted(range(1, 50), key=lambda n: hashlib.new("sm3", f"种子:{n}".encode()).hexdigest())[:5]
    assert draw(range(1, 50), "种子", 5) == sorted(by_hand)


def test_a_larger_sample_holds_the_smaller_one():
    assert set(draw(range(200), "s", 10)) < set(draw(range(200), "s", 20))


def test_every_entry_has_its_chance():
    """Over many seeds each of twenty is drawn about as often."""
    drawn = [number for seed in range(400) for number in draw(range(20), str(seed), 5)]
    counts = [drawn.count(number) for number in range(20)]
    assert min(counts) > 60 and max(counts) < 140


def test_more_than_there_is_takes_all():
    assert draw([3, 1, 2], "x", 10) == [1, 2, 3]


def sampled(inspection):
    return list(inspection.entries.order_by("release").values_list("release", flat=True))


def test_the_inspection_keeps_what_drew_it(begin, releases):
    one, two = begin(), begin()
    assert sampled(one) == sampled(two) == draw([r.pk for r in releases], "20260615", 4)
    assert (one.population, one.matching, one.size, one.seed) == (10, 10, 4, "20260615")
    assert sampled(begin(seed="7")) != sampled(one) or sm3("7:1") == sm3("20260615:1")


def test_only_what_was_signed_in_the_period(begin, releases):
    Release.objects.filter(pk=releases[0].pk).update(decided_at="2025-12-31T23:30:00+08:00")
    Release.objects.filter(pk=releases[1].pk).update(decided_at="2026-01-01T00:10:00+08:00")
    Release.objects.filter(pk=releases[2].pk).update(state=State.RETURNED)
    Release.objects.filter(pk=releases[3].pk).update(state=State.WAITING, decided_at=None, decided_by=None)
    Release.objects.filter(pk=releases[4].pk).update(state=State.WITHDRAWN)
    inspection = begin(size=100)
    assert inspection.population == 7
    assert sampled(inspection) == [r.pk for r in (releases[1], *releases[4:])]


def test_not_of_another_county(begin, releases, county):
    from gongkai.bodies.models import Body, Kind

    other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
    Release.objects.filter(pk=releases[0].pk).update(body=other)
    assert begin(size=100).population == 9


class TestRules:
    def test_kept_findings(self, begin, releases):
        for release, disposal in zip(
            releases, [Disposal.KEEP, Disposal.NOT_APPLICABLE, Disposal.MEND, ""], strict=False
        ):
            facts = {
                "rule": "mobile",
                "category": "personal",
                "severity": "confirm",
                "part": "正文",
                "start": 0,
                "end": 1,
            }
            Finding.objects.create(release=release, disposal=disposal, **facts)
            Finding.objects.create(release=release, disposal=disposal, **facts)
        inspection = begin(Method.KEPT)
        assert sampled(inspection) == [releases[0].pk, releases[1].pk]
        assert (inspection.population, inspection.matching, inspection.seed) == (10, 2, "")

    def test_urgent_ones(self, begin, releases):
        Release.objects.filter(pk=releases[5].pk).update(urgent=True)
        assert sampled(begin(Method.URGENT)) == [releases[5].pk]

    def test_chosen_bodies_some_by_seed(self, begin, releases, county):
        inspection = begin(Method.BODIES, bodies=[county.fgj], size=2, seed="1")
        assert inspection.matching == 5 and list(inspection.bodies.all()) == [county.fgj]
        bodies = InspectionEntry.objects.filter(inspection=inspection).values_list("release__body", flat=True)
        assert list(bodies) == [county.fgj.pk] * 2

    def test_an_attribute(self, begin, releases):
        Release.objects.filter(pk=releases[6].pk).update(attribute=Attribute.ON_APPLICATION)
        assert sampled(begin(Method.ATTRIBUTE, attribute=Attribute.ON_APPLICATION)) == [releases[6].pk]
