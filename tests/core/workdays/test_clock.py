"""Deadlines that pause, restart and are extended, against an oracle that ticks day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.workdays import Calendar, Clock, Extension, Override, Pause, Restart, Term, national

D = date.fromisoformat
REPLY = Term.working_days(20)  # 条例 art. 33 para. 2
DAYS = st.dates(date(2019, 1, 1), date(2025, 6, 30))


def pauses(max_size=4):
    spans = st.builds(
        lambda since, days: Pause(since, since + timedelta(days=days), "征求意见"), DAYS, st.integers(0, 90)
    )
    return st.lists(spans, max_size=max_size).map(tuple)


def tick(start, number, worked, stopped):
    """The oracle: tick once for each day that is worked and not stopped."""
    day = start
    while number:
        day += timedelta(days=1)
        if worked(day) and not any(pause.since < day <= pause.until for pause in stopped):
            number -= 1
    return day


def always(_):
    return True


@settings(deadline=None)
@given(start=DAYS, number=st.integers(1, 60), stopped=pauses())
def test_working_days_agree_with_the_oracle(start, number, stopped):
    clock = Clock(Term.working_days(number), start, stopped)
    assert clock.due == tick(start, number, national().is_workday, stopped)


@settings(deadline=None)
@given(start=DAYS, number=st.integers(1, 200), stopped=pauses())
def test_calendar_days_agree_with_the_oracle(start, number, stopped):
    clock = Clock(Term.calendar_days(number), start, stopped)
    assert clock.due == tick(start, number, always, stopped)


@settings(deadline=None)
@given(start=DAYS, months=st.integers(1, 6), stopped=pauses())
def test_months_give_back_every_paused_day(start, months, stopped):
    plain, paused = Clock(Term.calendar_months(months), start), Clock(Term.calendar_months(months), start, stopped)
    assert paused.due - plain.due == timedelta(days=paused.paused_days(start, paused.due))


@settings(deadline=None)
@given(start=DAYS, number=st.integers(1, 60), stopped=pauses(), on=st.dates(date(2019, 1, 1), date(2026, 6, 30)))
def test_used_and_left_make_the_term(start, number, stopped, on):
    clock = Clock(Term.working_days(number), start, stopped)
    standing = clock.standing(on)
    assert standing.used + standing.left == number
    assert standing.late == (on > clock.due)
    assert not (standing.overdue and standing.left)
    assert standing.overdue <= (on - clock.due).days or not standing.late


@settings(deadline=None)
@given(start=DAYS, number=st.integers(1, 40), stopped=pauses(), extra=st.integers(1, 20))
def test_an_extension_never_shortens_and_equals_one_longer_term(start, number, stopped, extra):
    first = Clock(Term.working_days(number), start, stopped)
    extended = Clock(
        Term.working_days(number), start, stopped, extensions=(Extension(start, Term.working_days(extra), "延期"),)
    )
    assert first.due < extended.due == Clock(Term.working_days(number + extra), start, stopped).due


@settings(deadline=None)
@given(start=DAYS, number=st.integers(1, 40), stopped=pauses(), on=DAYS)
def test_an_open_pause_holds_as_many_days_as_were_left(start, number, stopped, on):
    """However long it lasts, what is left does not melt."""
    clock = Clock(Term.working_days(number), start, (*stopped, Pause(on, None, "征求意见")))
    if clock.due is not None:
        assert clock.due <= on  # it fell due before the pause began
        return
    assert clock.standing(on).left == clock.standing(on + timedelta(days=200)).left > 0


class TestReply:
    """The reply to an application (依申请公开答复)."""

    def test_plain(self):
        assert Clock(REPLY, D("2023-09-20")).due == D("2023-10-24")

    def test_asking_a_third_party_stops_the_clock(self):
        clock = Clock(REPLY, D("2023-09-20"), (Pause(D("2023-09-25"), D("2023-10-10"), "征求第三方意见"),))
        assert clock.due == D("2023-11-02")  # 7 working days later

    def test_overlapping_pauses_count_once(self):
        one = Pause(D("2023-09-25"), D("2023-10-10"), "征求第三方意见")
        other = Pause(D("2023-09-26"), D("2023-10-08"), "征求其他机关意见")
        assert Clock(REPLY, D("2023-09-20"), (one, other)).due == Clock(REPLY, D("2023-09-20"), (one,)).due

    def test_the_order_of_pauses_does_not_matter(self):
        one, two = (Pause(D(f"2023-{m}-08"), D(f"2023-{m}-12"), "征求意见") for m in ("11", "10"))
        assert Clock(REPLY, D("2023-09-20"), (one, two)).due == Clock(REPLY, D("2023-09-20"), (two, one)).due

    def test_a_pause_of_no_days_changes_nothing(self):
        assert Clock(REPLY, D("2023-09-20"), (Pause(D("2023-09-25"), D("2023-09-25"), "当日答复"),)).due == D(
            "2023-10-24"
        )

    def test_a_pause_after_the_due_date_changes_nothing(self):
        clock = Clock(REPLY, D("2023-09-20"), (Pause(D("2023-10-24"), None, "征求意见"),))
        assert clock.due == D("2023-10-24")
        standing = clock.standing(D("2023-10-30"))
        assert (standing.late, standing.paused) == (True, False)

    def test_an_open_pause_leaves_the_due_date_open(self):
        clock = Clock(REPLY, D("2023-09-20"), (Pause(D("2023-09-25"), None, "征求第三方意见"),))
        assert clock.due is None
        assert not clock.provisional
        standing = clock.standing(D("2023-12-01"))
        assert (standing.used, standing.left, standing.overdue, standing.paused) == (3, 17, 0, True)

    def test_before_an_open_pause_the_days_run(self):
        clock = Clock(REPLY, D("2023-09-20"), (Pause(D("2023-09-25"), None, "征求第三方意见"),))
        standing = clock.standing(D("2023-09-22"))
        assert (standing.used, standing.left, standing.paused) == (2, 18, False)

    def test_correction_starts_the_count_anew(self):
        """条例 art. 30: from the day the completed application is received, not resumed."""
        clock = Clock(REPLY, D("2023-09-01"), restarts=(Restart(D("2023-09-20"), "收到补正材料"),))
        assert (clock.counted_from, clock.due) == (D("2023-09-20"), D("2023-10-24"))

    def test_the_last_restart_counts(self):
        restarts = (Restart(D("2023-09-20"), "收到补正材料"), Restart(D("2023-09-11"), "收费"))
        assert Clock(REPLY, D("2023-09-01"), restarts=restarts).due == D("2023-10-24")

    def test_what_came_before_a_restart_is_void(self):
        clock = Clock(
            REPLY,
            D("2023-09-01"),
            pauses=(Pause(D("2023-09-04"), D("2023-09-08"), "征求意见"),),
            restarts=(Restart(D("2023-09-20"), "收到补正材料"),),
            extensions=(Extension(D("2023-09-05"), REPLY, "延期"),),
        )
        assert clock.due == D("2023-10-24")
        assert not any("征求意见" in step or "延期" in step for step in clock.steps)

    def test_a_pause_that_ends_on_the_day_of_the_restart_is_over(self):
        paused = Pause(D("2023-09-04"), D("2023-09-20"), "征求意见")
        clock = Clock(REPLY, D("2023-09-01"), (paused,), (Restart(D("2023-09-20"), "收到补正材料"),))
        assert (clock.live_pauses, clock.due) == ((), D("2023-10-24"))

    def test_a_pause_across_a_restart_counts_from_the_restart(self):
        clock = Clock(
            REPLY,
            D("2023-09-01"),
            pauses=(Pause(D("2023-09-10"), D("2023-09-22"), "征求意见"),),
            restarts=(Restart(D("2023-09-20"), "收到补正材料"),),
        )
        assert clock.due == D("2023-10-26")  # 21 and 22 September are lost

    def test_extension_of_twenty_working_days(self):
        clock = Clock(REPLY, D("2023-09-20"), extensions=(Extension(D("2023-10-20"), REPLY, "经负责人同意"),))
        assert clock.due == national().add_workdays(D("2023-09-20"), 40)

    def test_extension_to_a_date(self):
        clock = Clock(
            REPLY, D("2023-09-20"), extensions=(Extension(D("2023-10-20"), Term.until(D("2023-11-30")), "延期"),)
        )
        assert clock.due == D("2023-11-30")

    def test_extension_behind_an_open_pause(self):
        clock = Clock(
            REPLY,
            D("2023-09-20"),
            pauses=(Pause(D("2023-10-24"), None, "征求意见"),),
            extensions=(Extension(D("2023-10-20"), REPLY, "延期"),),
        )
        assert clock.due is None


class TestOtherTerms:
    def test_one_month_after_a_consultation_does_not_move(self):
        """Adoption of opinions: by the last day of the next month when there is no 31st; the stricter date stands."""
        clock = Clock(Term.calendar_months(1), D("2023-08-31"))
        assert clock.due == D("2023-09-30")  # a holiday

    def test_reconsideration_moves_to_the_next_working_day(self):
        assert Clock(Term.calendar_days(60, rolls=True), D("2023-08-02")).due == D(
            "2023-10-07"
        )  # from Sunday 1 October
        assert Clock(Term.calendar_days(60), D("2023-08-02")).due == D("2023-10-01")

    def test_a_fixed_date_stands_still(self):
        clock = Clock(Term.until(D("2023-09-30")), D("2023-01-01"), (Pause(D("2023-02-01"), None, "停"),))
        assert clock.due == D("2023-09-30")
        assert not clock.standing(D("2023-03-01")).paused

    def test_a_fixed_date_can_be_extended_by_days(self):
        extension = Extension(D("2023-09-01"), Term.working_days(5), "延期")
        assert Clock(Term.until(D("2023-09-28")), D("2023-01-01"), extensions=(extension,)).due == D("2023-10-11")

    def test_an_extension_may_move_to_the_next_working_day_by_itself(self):
        extension = Extension(D("2023-09-01"), Term.calendar_days(3, rolls=True), "延期")
        assert Clock(Term.until(D("2023-09-28")), D("2023-01-01"), extensions=(extension,)).due == D("2023-10-07")

    def test_months_with_an_open_pause(self):
        term = Term.calendar_months(1)
        assert Clock(term, D("2023-08-31"), (Pause(D("2023-09-10"), None, "停"),)).due is None
        assert Clock(term, D("2023-08-31"), (Pause(D("2023-09-30"), None, "停"),)).due == D("2023-09-30")

    def test_an_extension_in_months_on_a_clock_of_working_days(self):
        extension = Extension(D("2023-10-20"), Term.calendar_months(1), "延期")
        assert Clock(REPLY, D("2023-09-20"), extensions=(extension,)).due == D("2023-11-24")


class TestStanding:
    CLOCK = Clock(REPLY, D("2023-09-20"))  # due Tuesday 24 October

    @pytest.mark.parametrize(
        ("on", "used", "left", "overdue", "late"),
        [
            ("2023-09-01", 0, 20, 0, False),
            ("2023-09-20", 0, 20, 0, False),
            ("2023-09-21", 1, 19, 0, False),
            ("2023-10-05", 6, 14, 0, False),
            ("2023-10-24", 20, 0, 0, False),
            ("2023-10-25", 20, 0, 1, True),
            ("2023-10-30", 20, 0, 4, True),
        ],
    )
    def test_day_by_day(self, on, used, left, overdue, late):
        standing = self.CLOCK.standing(D(on))
        assert (standing.used, standing.left, standing.overdue, standing.late) == (used, left, overdue, late)

    def test_late_on_a_weekend_without_a_working_day_overdue(self):
        clock = Clock(Term.working_days(2), D("2023-09-13"))  # due Friday
        standing = clock.standing(D("2023-09-16"))
        assert (standing.overdue, standing.late) == (0, True)

    def test_calendar_terms_are_overdue_in_calendar_days(self):
        assert Clock(Term.until(D("2023-09-28")), D("2023-01-01")).standing(D("2023-10-03")).overdue == 5


class TestProvisional:
    def test_running_into_a_year_without_a_notice(self):
        assert Clock(REPLY, D("2026-12-10")).provisional
        assert not Clock(REPLY, D("2026-11-10")).provisional

    def test_calendar_days_do_not_care(self):
        assert not Clock(Term.calendar_days(60), D("2026-12-10")).provisional
        assert Clock(Term.calendar_days(60, rolls=True), D("2026-12-10")).provisional


def test_a_local_calendar_moves_the_due_date():
    closed = Calendar([Override(D("2023-09-21"), working=False, reason="防汛停工")])
    clock = Clock(REPLY, D("2023-09-20"), calendar=closed)
    assert clock.due == D("2023-10-25")
    assert "2023年9月21日本地调整（防汛停工），不计" in clock.steps


@pytest.mark.parametrize(
    "build",
    [
        lambda: Pause(D("2023-09-02"), D("2023-09-01"), "倒置"),
        lambda: Clock(REPLY, D("2023-09-20"), restarts=(Restart(D("2023-09-19"), "太早"),)),
    ],
)
def test_events_out_of_order_are_refused(build):
    with pytest.raises(ValueError, match="早于"):
        build()


class TestSteps:
    def test_everything_that_moved_the_date_is_told(self):
        clock = Clock(
            REPLY,
            D("2023-09-01"),
            pauses=(Pause(D("2023-09-25"), D("2023-10-10"), "征求第三方意见"),),
            restarts=(Restart(D("2023-09-20"), "收到补正材料"),),
            extensions=(Extension(D("2023-11-01"), REPLY, "经机构负责人同意"),),
        )
        assert clock.steps == (
            "2023年9月1日为起算日，当日不计，期限20个工作日",
            "2023年9月20日收到补正材料，期限重新起算，此前计算作废",
            "2023年9月25日起因征求第三方意见暂停计算，2023年10月10日恢复，其间7个工作日不计",
            "2023年11月1日经机构负责人同意，延长20个工作日",
            "依据：国务院办公厅关于2023年部分节假日安排的通知（国办发明电〔2022〕16号）",
            "到期日为2023年11月30日",
        )

    def test_make_up_days_inside_a_pause_are_not_said_to_count(self):
        clock = Clock(REPLY, D("2023-09-20"), (Pause(D("2023-10-06"), D("2023-10-07"), "征求意见"),))
        assert "2023年10月8日中秋节、国庆节调休上班，计入" in clock.steps
        assert not any("10月7日" in step and "计入" in step for step in clock.steps)

    def test_an_open_pause(self):
        clock = Clock(Term.calendar_days(30), D("2023-09-20"), (Pause(D("2023-09-25"), None, "征求意见"),))
        assert clock.steps[1:] == (
            "2023年9月25日起因征求意见暂停计算，尚未恢复",
            "暂停尚未结束，到期日待恢复计算后确定",
        )

    def test_a_closed_pause_of_calendar_days(self):
        clock = Clock(Term.calendar_days(30), D("2023-09-20"), (Pause(D("2023-09-25"), D("2023-09-28"), "鉴定"),))
        assert clock.steps == (
            "2023年9月20日为起算日，当日不计，期限30日",
            "2023年9月25日起因鉴定暂停计算，2023年9月28日恢复，其间3日不计",
            "到期日为2023年10月23日",
        )

    def test_a_provisional_year(self):
        assert "2027年尚无放假通知，只按周末和法定节假日计算，结果暂定" in Clock(REPLY, D("2026-12-10")).steps

    @settings(deadline=None)
    @given(start=DAYS, number=st.integers(1, 40), stopped=pauses())
    def test_the_last_step_is_the_due_date(self, start, number, stopped):
        clock = Clock(Term.working_days(number), start, stopped)
        assert clock.steps[-1] == f"到期日为{clock.due.year}年{clock.due.month}月{clock.due.day}日"
