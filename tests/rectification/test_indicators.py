"""按期整改率 and 整改逾期数: what they count can be opened."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.foundation.registries import indicators
from gongkai.rectification.models import Case
from gongkai.rectification.services import collect, except_until


@pytest.fixture
def measured(world, county, people, at):
    """Due 30 June: one mended in time, one late, one not at all, one excepted; another body's in time."""
    for name in ("in-time", "late", "never", "excepted"):
        world.breaks(f"/{name}", county.fgj, title=name)
    world.breaks("/other", county.czj)
    collect(None)
    except_until(people.office, Case.objects.get(reference="/excepted"), date(2026, 12, 31), "网站迁移")
    at("2026-06-30")
    world.mended("/in-time")
    world.mended("/other")
    collect(None)
    at("2026-07-01")
    world.mended("/late")
    collect(None)


def test_share_mended_in_time(measured, county):
    measure = indicators.get("rectification.in_time").measure
    reading = measure(county.fgj.pk, date(2026, 7, 1))
    assert (reading.numerator, reading.denominator, round(reading.value)) == (1, 3, 33)
    assert [label for label, _address in reading.records] == ["清河县发展和改革局：late", "清河县发展和改革局：never"]
    assert all(address.startswith("/admin/rectification/") for _label, address in reading.records)
    assert measure(county.czj.pk, date(2026, 7, 1)).value == 100
    whole = measure(None, date(2026, 7, 1))
    assert (whole.numerator, whole.denominator) == (2, 4)


def test_as_of_an_earlier_day(measured, county):
    measure = indicators.get("rectification.in_time").measure
    assert measure(county.fgj.pk, date(2026, 6, 30)).value == 100, "only what was closed; nothing was late yet"
    assert measure(county.fgj.pk, date(2026, 6, 14)).value is None, "insufficient data, not zero"


def test_overdue(measured, county):
    reading = indicators.get("rectification.overdue").measure(county.fgj.pk, date(2026, 7, 1))
    assert (reading.value, reading.denominator) == (1, 2)
    assert [label for label, _address in reading.records] == ["清河县发展和改革局：never"]
