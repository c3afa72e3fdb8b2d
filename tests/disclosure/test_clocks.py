"""公开时限 and 公示期 over 春节 and 国庆, counted by hand from the notices of the State Council on those holidays."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from gongkai.disclosure.clocks import clock_of, posting_ends
from gongkai.disclosure.declaring import kinds


@pytest.mark.parametrize(
    ("key", "formed", "due"),
    [
        # 11 to 13 February, Saturday 14 worked, 15 to 23 off, 24 to 26
        ("penalty", date(2026, 2, 10), date(2026, 2, 26)),
        # Saturday 14 worked, 24, 25
        ("air", date(2026, 2, 13), date(2026, 2, 25)),
        # 26, Sunday 28 worked, 29, 30 September; 1 to 8 October off; 9, 10, Saturday 11 worked, 13 to 17, 20 to 24, 27 to 29
        ("emergency", date(2025, 9, 25), date(2025, 10, 29)),
        # 25 to 27 September off, 28 to 30; 1 to 7 October off; 8, 9, Saturday 10 worked, three weeks to the 29th
        ("inspection_result", date(2026, 9, 24), date(2026, 10, 29)),
        # calendar days are not moved out of a holiday
        ("budget", date(2026, 2, 1), date(2026, 2, 21)),
        ("decision_result", date(2026, 1, 31), date(2026, 2, 28)),
    ],
)
def test_the_last_day(key, formed, due):
    assert clock_of(kinds()[key], formed).due == due


def test_a_posting_ends_with_its_last_day():
    """13, Saturday 14 worked, 24 to 27, Saturday 28 worked."""
    ends = posting_ends(kinds()["recruitment"], date(2026, 2, 12))
    assert timezone.localtime(ends).strftime("%Y-%m-%d %H:%M") == "2026-02-28 23:59"
