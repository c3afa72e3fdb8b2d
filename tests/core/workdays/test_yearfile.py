"""The year files against two independent libraries and the samples, day by day."""

import copy
import json
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
import yaml

from gongkai.core.workdays import Calendar, CalendarError, official_years
from gongkai.core.workdays.yearfile import YEARS, parse_year, read_year, statutory_days

OFFICIAL = range(2007, 2027)


def days_of(year):
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def test_every_year_from_2007_to_2026_has_a_file():
    assert official_years() == frozenset(OFFICIAL)


@pytest.mark.parametrize("year", OFFICIAL)
def test_agrees_with_chinesecalendar(year):
    calendar = Calendar()
    assert [d for d in days_of(year) if calendar.is_workday(d) != chinese_calendar.is_workday(d)] == []


@pytest.mark.parametrize("year", OFFICIAL)
def test_agrees_with_holidays(year):
    calendar, library = Calendar(), holidays.country_holidays("CN", years=[year - 1, year, year + 1])
    assert [d for d in days_of(year) if calendar.is_workday(d) != library.is_working_day(d)] == []


@pytest.mark.parametrize("year", range(2019, 2027))
def test_agrees_with_the_samples_mark_by_mark(shared, year):
    sample = json.loads((shared / "samples" / "calendar" / f"{year}.json").read_text("utf-8"))
    expected = {date.fromisoformat(d["date"]): d["isOffDay"] for d in sample["days"]}
    # The sample lists 3 February 2020, a Monday, as a day worked: it is one anyway.
    expected = {d: off for d, off in expected.items() if off or d.weekday() >= 5}
    assert {d: mark.off for d, mark in read_year(year).marks.items()} == expected
    assert {notice.url for notice in read_year(year).notices} == set(sample["papers"])


@pytest.mark.parametrize(("year", "worked"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_working_days_in_the_year(year, worked):
    calendar = Calendar()
    assert sum(map(calendar.is_workday, days_of(year))) == worked


@pytest.mark.parametrize("year", OFFICIAL)
def test_every_notice_tells_where_it_comes_from(year):
    for notice in read_year(year).notices:
        assert notice.origin in {"notice", "cited", "library"}
        assert (notice.number is None) == (notice.origin == "library")
        assert notice.issued is not None
        assert notice.issued.year in {year - 1, year}
        assert "放假" in notice.title or "节假日" in notice.title or "假期" in notice.title
        assert notice.url is None or ".gov.cn/" in notice.url


@pytest.mark.parametrize("year", OFFICIAL)
def test_every_statutory_day_is_off_in_the_notice(year):
    """A notice never works a statutory day (全国年节及纪念日放假办法 art. 2)."""
    calendar = Calendar()
    assert [d for d in statutory_days(year) if calendar.is_workday(d)] == []


@pytest.mark.parametrize(
    ("year", "count"), [(1999, 10), (2007, 10), (2008, 11), (2013, 11), (2014, 11), (2025, 13), (2099, 13)]
)
def test_number_of_statutory_days(year, count):
    assert len(statutory_days(year)) == count


# Not statutory, and not told apart by the library: Victory Day 2015 and the longer Spring Festival of 2020.
EXTRAORDINARY = {date(2015, 9, 3), date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)}


@pytest.mark.parametrize("year", range(2008, 2100))
def test_statutory_days_agree_with_holidays(year):
    """The library adds days moved by a notice (休息日); the rest is the statute."""
    library = holidays.country_holidays("CN", years=year, observed=False, language="zh_CN")
    statutory = {day for day, name in library.items() if "休息日" not in name} - EXTRAORDINARY
    assert set(statutory_days(year)) == statutory


def test_statutory_days_of_2027():
    days = statutory_days(2027)
    spring = [d for d, mark in days.items() if mark.name == "春节"]
    assert spring == [date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8)]
    rest = {d for d, mark in days.items() if mark.name not in {"春节", "国庆节"}}
    assert rest == {date(2027, m, d) for m, d in [(1, 1), (4, 5), (5, 1), (5, 2), (6, 9), (9, 15)]}


@pytest.mark.parametrize("year", [1998, 2100])
def test_years_beyond_the_tables_are_refused(year):
    with pytest.raises(CalendarError, match=f"没有{year}年.*1999—2099"):
        statutory_days(year)


@pytest.fixture
def raw():
    return copy.deepcopy(yaml.safe_load((YEARS / "2024.yaml").read_text("utf-8")))


def test_a_later_notice_overrules_an_earlier_one(raw):
    """As in 2020, when 1 February was to be worked and became a day off."""
    raw["notices"].append(
        {
            "title": "关于调整",
            "origin": "library",
            "days_off": [{"name": "春节", "from": date(2024, 2, 18), "to": date(2024, 2, 18)}],
        }
    )
    assert not parse_year(copy.deepcopy(raw) | {"notices": raw["notices"][:1]}, "x").marks[date(2024, 2, 18)].off
    assert parse_year(raw, "x").marks[date(2024, 2, 18)].off
    assert not Calendar().is_workday(date(2020, 2, 1))


@pytest.mark.parametrize("day", [date(2023, 11, 30), date(2025, 1, 1)])
def test_a_day_of_another_year_is_refused(raw, day):
    raw["notices"][0]["days_off"][0] |= {"from": day, "to": day}
    with pytest.raises(CalendarError, match=f"2024.yaml：{day}"):
        parse_year(raw, "2024.yaml")


def test_a_make_up_day_in_the_week_is_refused(raw):
    raw["notices"][0]["make_up"][0]["date"] = date(2024, 2, 5)
    with pytest.raises(CalendarError, match=r"2024\.yaml：2024-02-05 不是周末"):
        parse_year(raw, "2024.yaml")
