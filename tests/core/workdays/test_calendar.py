"""Counting working days: the values of the domain notes, and a day-by-day oracle that knows nothing of our code."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.core.workdays import Calendar, CalendarError, DayKind, Override, explain_count, national

D = date.fromisoformat
DAYS = st.dates(date(2007, 1, 1), date(2026, 12, 31))
ANY_DAYS = st.dates(date(2007, 1, 1), date(2040, 12, 31))


def oracle_add(start, n):
    """Walk day by day over the library's own answers."""
    day = start
    for _ in range(abs(n)):
        day += timedelta(days=1 if n > 0 else -1)
        while not chinese_calendar.is_workday(day):
            day += timedelta(days=1 if n > 0 else -1)
    return day


@pytest.mark.parametrize(
    ("start", "seven", "fifteen", "twenty"),
    [
        ("2023-01-16", "2023-01-30", "2023-02-09", "2023-02-16"),
        ("2023-09-20", "2023-10-07", "2023-10-17", "2023-10-24"),
        ("2024-02-05", "2024-02-20", "2024-03-01", "2024-03-08"),
        ("2025-09-25", "2025-10-11", "2025-10-22", "2025-10-29"),
        ("2026-02-10", "2026-02-26", "2026-03-09", "2026-03-16"),
    ],
)
def test_the_day_of_the_event_is_day_0(start, seven, fifteen, twenty):
    assert [national().add_workdays(D(start), n) for n in (7, 15, 20)] == [D(seven), D(fifteen), D(twenty)]


@settings(deadline=None)
@given(start=DAYS, n=st.integers(-400, 400))
def test_add_agrees_with_the_oracle(start, n):
    assume(date(2008, 12, 31) < start < date(2025, 1, 1))
    assert national().add_workdays(start, n) == oracle_add(start, n)


@settings(deadline=None)
@given(start=ANY_DAYS, n=st.integers(-300, 300))
def test_between_undoes_add(start, n):
    end = national().add_workdays(start, n)
    assert national().workdays_between(start, end) == n


@settings(deadline=None)
@given(start=DAYS, length=st.integers(-400, 400))
def test_between_agrees_with_the_oracle(start, length):
    end = start + timedelta(days=length)
    assume(2007 <= end.year <= 2026)
    low, high = sorted((start, end))
    counted = [low + timedelta(days=i) for i in range((high - low).days + 1)]
    counted = counted[1:] if end >= start else counted[:-1]
    worked = sum(map(chinese_calendar.is_workday, counted))
    assert national().workdays_between(start, end) == (worked if end >= start else -worked)


@settings(deadline=None)
@given(start=ANY_DAYS, m=st.integers(0, 60), n=st.integers(0, 60))
def test_adding_in_two_legs_is_adding_once(start, m, n):
    calendar = national()
    assert calendar.add_workdays(calendar.add_workdays(start, m), n) == calendar.add_workdays(start, m + n)


@settings(deadline=None)
@given(start=ANY_DAYS, n=st.integers(-80, 80).filter(bool))
def test_the_working_adds_up(start, n):
    count = national().explain_add(start, n)
    assert count.end == national().add_workdays(start, n)
    assert national().is_workday(count.end)
    assert len(count.days) == abs((count.end - start).days)
    assert len(count.days) - len(count.skipped) == abs(n) == abs(count.workdays)
    assert start not in {day.date for day in count.days}
    assert count.provisional == any(not 2007 <= day.date.year <= 2026 for day in count.days)


@pytest.mark.parametrize("day", ["2023-10-01", "2023-10-07", "2023-09-20", "2027-02-06"])
def test_zero_is_the_day_itself_whether_worked_or_not(day):
    count = national().explain_add(D(day), 0)
    assert (count.end, count.workdays) == (D(day), 0)
    assert count.provisional == day.startswith("2027")


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2023-10-09", -1, "2023-10-08"),  # back onto a make-up Sunday
        ("2023-10-07", -1, "2023-09-28"),  # back over the holiday
        ("2023-10-01", -1, "2023-09-28"),  # from a day off
        ("2022-12-30", 1, "2023-01-03"),  # over the year's border, 31 December belongs to the notice for 2023
        ("2007-12-28", 1, "2007-12-29"),  # a make-up day that the notice for the next year sets
        ("2018-12-28", 2, "2019-01-02"),  # both at once
        ("2012-01-04", -1, "2011-12-31"),  # a make-up Saturday before the year it belongs to,
    ],
)
def test_backwards_and_over_the_year(start, n, end):
    assert national().add_workdays(D(start), n) == D(end)


@pytest.mark.parametrize(
    ("day", "working", "kind", "name", "number"),
    [
        ("2023-09-20", True, DayKind.WORKDAY, "", None),
        ("2023-09-24", False, DayKind.WEEKEND, "", None),
        ("2023-10-02", False, DayKind.HOLIDAY, "中秋节、国庆节", "国办发明电〔2022〕16号"),
        ("2023-10-07", True, DayKind.MAKE_UP, "中秋节、国庆节", "国办发明电〔2022〕16号"),
        ("2022-12-31", False, DayKind.HOLIDAY, "元旦", "国办发明电〔2022〕16号"),
        ("2015-09-03", False, DayKind.HOLIDAY, "抗战胜利70周年纪念日", "国发明电〔2015〕1号"),
        ("2020-02-01", False, DayKind.HOLIDAY, "春节", "国办发明电〔2020〕1号"),
        ("2019-05-03", False, DayKind.HOLIDAY, "劳动节", "国办发明电〔2019〕3号"),
    ],
)
def test_a_day_gives_its_reason(day, working, kind, name, number):
    judged = national().day(D(day))
    assert (judged.working, judged.kind, judged.name) == (working, kind, name)
    assert (judged.notice.number if judged.notice else None) == number
    assert not judged.provisional


def test_half_day_holidays_stay_working_days():
    """妇女节 and 青年节 (办法 art. 3) give half a day to some citizens; working days do not change."""
    assert national().is_workday(date(2023, 3, 8))
    assert national().is_workday(date(2026, 5, 4)) is False  # inside the Labour Day block
    assert national().is_workday(date(2022, 5, 4)) is False
    assert national().is_workday(date(2017, 5, 4))


class TestNotices:
    def test_an_uneventful_stretch_still_rests_on_its_year(self):
        (notice,) = national().explain_add(D("2023-03-01"), 3).notices
        assert notice.title == "国务院办公厅关于2023年部分节假日安排的通知"
        assert str(notice) == "国务院办公厅关于2023年部分节假日安排的通知（国办发明电〔2022〕16号）"

    def test_two_years_rest_on_two_notices_in_order(self):
        numbers = [n.number for n in national().explain_add(D("2023-12-20"), 15).notices]
        assert numbers == ["国办发明电〔2022〕16号", "国办发明电〔2023〕7号"]

    def test_a_correcting_notice_is_named_only_where_it_bears(self):
        assert len(national().explain_add(D("2019-04-26"), 5).notices) == 2
        assert len(national().explain_add(D("2019-06-03"), 5).notices) == 1

    def test_notices_of_years(self):
        assert len(national().notices(2020, 2021, 2027)) == 3


class TestProvisional:
    def test_a_year_without_notice_is_marked(self):
        count = national().explain_add(D("2026-12-25"), 10)
        assert (count.end, count.provisional, count.provisional_years) == (D("2027-01-11"), True, (2027,))
        assert [n.number for n in count.notices] == ["国办发明电〔2025〕7号"]

    def test_coming_back_from_such_a_year_is_not_when_the_days_counted_are_known(self):
        count = national().explain_add(D("2027-01-01"), -1)
        assert (count.end, count.provisional) == (D("2026-12-31"), False)

    def test_years_before_the_first_notice_are_provisional_too(self):
        assert national().explain_add(D("2005-03-01"), 1).provisional

    @settings(deadline=None)
    @given(day=st.dates(date(2027, 1, 1), date(2030, 12, 31)))
    def test_no_weekend_is_worked_there(self, day):
        assume(day.weekday() >= 5)
        assert not national().is_workday(day)

    @pytest.mark.parametrize(("start", "n"), [("2099-12-30", 5), ("1999-01-04", -1), ("1990-01-01", 1)])
    def test_beyond_the_tables_is_refused(self, start, n):
        with pytest.raises(CalendarError, match="可计算的年份为1999—2099年"):
            national().add_workdays(D(start), n)


class TestOverrides:
    STORM = Override(D("2023-09-21"), working=False, reason="防汛抗洪停工")

    def test_a_day_lost_to_an_emergency(self):
        calendar = Calendar([self.STORM])
        assert calendar.add_workdays(D("2023-09-20"), 1) == D("2023-09-22")
        day = calendar.day(D("2023-09-21"))
        assert (day.working, day.kind, day.name) == (False, DayKind.OVERRIDE, "防汛抗洪停工")

    def test_a_holiday_worked(self):
        calendar = Calendar([Override(D("2023-10-02"), working=True, reason="值守")])
        assert calendar.add_workdays(D("2023-09-28"), 1) == D("2023-10-02")

    def test_it_is_told(self):
        steps = explain_count(Calendar([self.STORM]).explain_add(D("2023-09-20"), 1))
        assert "2023年9月21日本地调整（防汛抗洪停工），不计" in steps

    def test_the_national_calendar_stays_as_it_is(self):
        Calendar([self.STORM])
        assert national().is_workday(self.STORM.date)

    def test_a_day_decided_locally_is_not_provisional(self):
        calendar = Calendar([Override(D("2027-03-01"), working=True, reason="已定")])
        assert not calendar.explain_add(D("2027-02-28"), 1).provisional

    def test_two_decisions_on_one_day_are_refused(self):
        with pytest.raises(CalendarError, match="2023-09-21 有两条本地调整"):
            Calendar([self.STORM, Override(D("2023-09-21"), working=True, reason="恢复")])

    @settings(deadline=None)
    @given(start=DAYS, n=st.integers(1, 60), closed=st.sets(DAYS, max_size=8))
    def test_closing_days_never_brings_the_date_forward(self, start, n, closed):
        calendar = Calendar(Override(day, working=False, reason="停工") for day in closed)
        assert calendar.add_workdays(start, n) >= national().add_workdays(start, n)


def test_the_working_in_words():
    assert explain_count(national().explain_add(D("2023-09-20"), 7)) == (
        "2023年9月20日为第0日，当日不计",
        "2023年9月29日至2023年10月6日中秋节、国庆节放假，不计",
        "2023年10月7日中秋节、国庆节调休上班，计入",
        "依据：国务院办公厅关于2023年部分节假日安排的通知（国办发明电〔2022〕16号）",
    )


def test_separate_holidays_are_told_apart():
    steps = explain_count(national().explain_between(D("2024-09-13"), D("2024-10-08")))
    assert "2024年9月15日至2024年9月17日中秋节放假，不计" in steps
    assert "2024年10月1日至2024年10月7日国庆节放假，不计" in steps
    assert steps.index("2024年9月14日中秋节调休上班，计入") < steps.index("2024年9月29日国庆节调休上班，计入")


def test_days_apart_are_told_one_by_one_though_they_bear_one_name():
    steps = explain_count(national().explain_between(D("2024-09-28"), D("2024-10-12")))
    assert [step for step in steps if "调休上班" in step] == [
        "2024年9月29日国庆节调休上班，计入",
        "2024年10月12日国庆节调休上班，计入",
    ]


def test_a_provisional_year_is_told():
    assert explain_count(national().explain_add(D("2027-03-01"), 2))[-1] == (
        "2027年尚无放假通知，只按周末和法定节假日计算，结果暂定"
    )
