"""Quiet hours and digest hours as pure rules."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foundation.notifications.hours import is_quiet, last_digest


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("19:59", False), ("20:00", True), ("23:59", True), ("00:00", True), ("07:59", True), ("08:00", False)],
)
def test_a_night_passes_midnight(clock, quiet):
    assert is_quiet(datetime.fromisoformat(f"2026-03-02 {clock}"), time(20), time(8)) is quiet


@pytest.mark.parametrize(("clock", "quiet"), [("11:59", False), ("12:00", True), ("13:29", True), ("13:30", False)])
def test_a_midday_rest_does_not(clock, quiet):
    assert is_quiet(datetime.fromisoformat(f"2026-03-02 {clock}"), time(12), time(13, 30)) is quiet


@given(st.datetimes(), st.times())
def test_equal_ends_mean_no_quiet_hours(moment, end):
    assert not is_quiet(moment, end, end)


@given(st.datetimes(), st.times(), st.times())
def test_the_two_halves_of_a_day_are_each_others_opposite(moment, begins, ends):
    if begins != ends:
        assert is_quiet(moment, begins, ends) != is_quiet(moment, ends, begins)


@given(st.datetimes(datetime(2000, 1, 2), datetime(2060, 1, 1)), st.sets(st.integers(0, 23), min_size=1))
def test_the_last_digest_is_the_newest_not_after(moment, hours):
    slot = last_digest(moment, hours)
    assert slot.hour in hours
    assert slot.minute == slot.second == slot.microsecond == 0
    later = [slot + timedelta(hours=step) for step in range(1, 25)]
    assert slot <= moment
    assert not any(moment >= other for other in later if other.hour in hours)


def test_no_hours_no_digest():
    assert last_digest(datetime(2026, 3, 2, 9), []) is None
