"""In which periods a duty reports, and how they stand on a day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.builders import assign, make_item, make_plan, moment

from gongkai.ledger import periods
from gongkai.ledger.models import Assignment, CheckIn, State
from gongkai.ledger.periods import Frequency, Standing, frequency_of

YEAR_END = date(2023, 12, 31)


@pytest.mark.parametrize(
    ("recurrence", "due", "frequency"),
    [
        ("", YEAR_END, Frequency.QUARTERLY),
        ("continuous", YEAR_END, Frequency.QUARTERLY),
        ("continuous", None, Frequency.QUARTERLY),
        ("", date(2023, 9, 30), None),
        ("", None, None),
        ("yearly", YEAR_END, None),
        ("monthly", YEAR_END, Frequency.MONTHLY),
        ("quarterly", None, Frequency.QUARTERLY),
        ("half-yearly", date(2023, 6, 30), Frequency.HALF_YEARLY),
        ("", date(2024, 12, 31), None),
    ],
)
def test_frequencies(recurrence, due, frequency):
    assert frequency_of(recurrence, due, 2023) is frequency


@given(st.sampled_from(list(Frequency)), st.integers(1990, 2100))
def test_periods_tile_the_year(frequency, year):
    found = frequency.periods(year)
    assert (found[0].start, found[-1].end) == (date(year, 1, 1), date(year, 12, 31))
    assert len(found) == 12 // frequency.months
    for before, after in pairwise(found):
        assert after.start == before.end + timedelta(days=1)
    assert len({period.key for period in found}) == len(found)
    assert all(periods.period_of(frequency, year, period.key) is period for period in found)


@pytest.mark.parametrize(
    ("frequency", "keys", "label"),
    [
        (Frequency.QUARTERLY, ["2023Q1", "2023Q4"], "2023年第1季度"),
        (Frequency.MONTHLY, ["2023-01", "2023-12"], "2023年1月"),
        (Frequency.HALF_YEARLY, ["2023H1", "2023H2"], "2023年上半年"),
    ],
)
def test_names(frequency, keys, label):
    found = frequency.periods(2023)
    assert [found[0].key, found[-1].key] == keys
    assert found[0].label == label


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2023, 3, 31), Standing.UPCOMING),
        (date(2023, 4, 1), Standing.OPEN),
        (date(2023, 6, 30), Standing.OPEN),
        (date(2023, 7, 1), Standing.DUE),
        (date(2023, 7, 10), Standing.DUE),
        (date(2023, 7, 11), Standing.MISSED),
    ],
)
def test_standing_of_the_second_quarter(day, standing):
    quarter = Frequency.QUARTERLY.periods(2023)[1]
    assert quarter.standing(day) is standing
    assert quarter.standing(day, reported=True) is Standing.REPORTED


@given(
    st.sampled_from(list(Frequency)),
    st.dates(date(2022, 1, 1), date(2025, 1, 1)),
    st.dates(date(2022, 1, 1), date(2025, 1, 1)),
)
def test_standing_only_moves_forward(frequency, first, second):
    order = [Standing.UPCOMING, Standing.OPEN, Standing.DUE, Standing.MISSED]
    early, late = sorted((first, second))
    for period in frequency.periods(2023):
        assert order.index(period.standing(early)) <= order.index(period.standing(late))


class TestOwed:
    def keys(self, assignment):
        return [period.key for period in periods.owed(assignment)]

    def test_from_the_opening_of_the_plan(self, county):
        plan = make_plan(county.root, 2023, "2023-04-20")
        assert self.keys(assign(make_item(plan), county.czj)) == ["2023Q2", "2023Q3", "2023Q4"]

    def test_from_the_day_the_body_got_it(self, item, county):
        later = assign(item, county.jyj, since=date(2023, 7, 1))
        assert self.keys(later) == ["2023Q3", "2023Q4"]

    def test_nothing_when_withdrawn_or_done_once(self, plan, task, county):
        once = assign(make_item(plan, "21", due=date(2023, 9, 30)), county.czj)
        task.withdrawn = True
        assert self.keys(once) == self.keys(task) == []

    def test_an_extension_does_not_change_the_periods(self, task):
        task.due = date(2024, 3, 31)
        assert len(periods.owed(task)) == 4

    def test_what_is_closed_owes_no_more(self, task):
        task.state = State.ACCEPTED
        assert periods.missed(task, date(2023, 12, 1), []) == []
        rows = periods.standings(task, date(2023, 12, 1), ["2023Q1"])
        assert [(period.key, standing) for period, standing in rows] == [("2023Q1", Standing.REPORTED)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "day", [date(2023, 1, 2), date(2023, 4, 11), date(2023, 7, 11), date(2023, 10, 20), date(2024, 1, 11)]
)
def test_the_database_misses_what_python_misses(day, county):
    """Every frequency, several beginnings, some reports: both ways of asking agree."""
    plan = make_plan(county.root, 2023, "2023-02-10")
    wanted = [
        ("", YEAR_END),
        ("", date(2023, 9, 30)),
        ("monthly", None),
        ("half-yearly", YEAR_END),
        ("continuous", None),
        ("yearly", YEAR_END),
    ]
    for number, (recurrence, due) in enumerate(wanted, start=1):
        item = make_item(plan, str(number), recurrence=recurrence, due=due)
        for body, since in ((county.czj, None), (county.jyj, date(2023, 5, 1))):
            made = assign(item, body, State.IN_PROGRESS, since=since)
            for period in periods.owed(made)[: number % 3]:
                CheckIn.objects.create(
                    assignment=made, period=period.key, progress="公开", by=county.clerk, at=moment("2023-04-01")
                )
    assign(make_item(plan, "8"), county.czj, State.ACCEPTED)
    assign(make_item(plan, "9"), county.czj, State.IN_PROGRESS, withdrawn=True)
    found = set(Assignment.objects.filter(periods.missing_reports(plan, day)))
    everything = periods.with_reports(Assignment.objects.select_related("plan", "obligation"))
    assert found == {one for one in everything if periods.missed(one, day, periods.reported_keys(one))}
