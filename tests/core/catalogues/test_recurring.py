"""What recurs is in time by the calendar's week, month, quarter, half-year or year, not by age."""

from datetime import date

import pytest

from gongkai.core.catalogues import in_time_since, read_limit


@pytest.mark.parametrize(
    ("limit", "today", "since"),
    [
        ("每月公开", date(2026, 6, 15), date(2026, 5, 1)),
        ("每月公开", date(2026, 6, 30), date(2026, 5, 1)),
        ("每月公开", date(2026, 7, 1), date(2026, 6, 1)),
        ("每季度公开", date(2026, 6, 15), date(2026, 1, 1)),
        ("每季度公开", date(2026, 7, 1), date(2026, 4, 1)),
        ("每半年公开", date(2026, 6, 30), date(2025, 7, 1)),
        ("每年公开", date(2026, 1, 1), date(2025, 1, 1)),
        ("每周公开", date(2026, 6, 14), date(2026, 6, 1)),
        ("每周公开", date(2026, 6, 15), date(2026, 6, 8)),
        # a day of its own within the period
        ("每年3月底前", date(2026, 3, 31), date(2025, 1, 1)),
        ("每年3月底前", date(2026, 4, 1), date(2026, 1, 1)),
        ("每年2月底前", date(2024, 2, 29), date(2023, 1, 1)),
        ("每月10日前", date(2026, 6, 10), date(2026, 5, 1)),
        ("每月10日前", date(2026, 6, 11), date(2026, 6, 1)),
        ("每季度首月15日前", date(2026, 4, 16), date(2026, 4, 1)),
        # after the end of the period before
        ("季度终了后15日内", date(2026, 7, 15), date(2026, 4, 1)),
        ("季度终了后15日内", date(2026, 7, 16), date(2026, 7, 1)),
        # 1 to 3 January 2026 are free, 4 January is worked: ten working days after the year's end are 15 January
        ("年度终了后10个工作日内", date(2026, 1, 15), date(2025, 1, 1)),
        ("年度终了后10个工作日内", date(2026, 1, 16), date(2026, 1, 1)),
    ],
)
def test_since_when_the_newest_must_be(limit, today, since):
    clause = read_limit(limit).general
    assert clause is not None and in_time_since(clause, today) == since
