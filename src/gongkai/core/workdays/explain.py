"""The working of a count or a clock, told in Chinese, one sentence a step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from gongkai.core.workdays.calendar import ONE_DAY, Count, Day, DayKind
from gongkai.core.workdays.terms import Unit, chinese

if TYPE_CHECKING:
    from gongkai.core.workdays.clock import Clock, Pause


def explain_count(count: Count) -> tuple[str, ...]:
    """What was skipped and counted between the two days, and on which notices it rests."""
    return (f"{chinese(count.start)}为第0日，当日不计", *_grounds(count))


def _grounds(count: Count) -> list[str]:
    off = [day for day in count.skipped if day.kind is not DayKind.WEEKEND]
    worked = [day for day in count.days if day.working and day.kind in (DayKind.MAKE_UP, DayKind.OVERRIDE)]
    return [
        *(f"{stretch}，不计" for stretch in _stretches(off)),
        *(f"{stretch}，计入" for stretch in _stretches(worked)),
        *(f"依据：{notice}" for notice in count.notices),
        *(f"{year}年尚无放假通知，只按周末和法定节假日计算，结果暂定" for year in count.provisional_years),
    ]


def explain_clock(clock: Clock) -> tuple[str, ...]:
    """From the start to the due date, with everything that moved it."""
    steps = [f"{chinese(clock.start)}为起算日，当日不计，期限{clock.term}"]
    restarts = sorted(clock.restarts, key=lambda restart: restart.on)
    steps += [f"{chinese(restart.on)}{restart.reason}，期限重新起算，此前计算作废" for restart in restarts]
    steps += [_pause(clock, pause) for pause in clock.live_pauses]
    steps += [f"{chinese(ext.on)}{ext.reason}，延长{ext.term}" for ext in clock.live_extensions]
    due = clock.due
    if due is None:
        return (*steps, "暂停尚未结束，到期日待恢复计算后确定")
    if clock.counts_workdays and due > clock.counted_from:
        count = clock.calendar.explain_between(clock.counted_from, due)
        steps += _grounds(replace(count, days=tuple(day for day in count.days if not clock.paused_on(day.date))))
    return (*steps, f"到期日为{chinese(due)}")


def _pause(clock: Clock, pause: Pause) -> str:
    start = f"{chinese(pause.since)}起因{pause.reason}暂停计算"
    if pause.until is None:
        return f"{start}，尚未恢复"
    if clock.term.unit is Unit.WORKING_DAYS:
        lost = f"{clock.calendar.workdays_between(pause.since, pause.until)}个工作日"
    else:
        lost = f"{(pause.until - pause.since).days}日"
    return f"{start}，{chinese(pause.until)}恢复，其间{lost}不计"


def _stretches(days: Iterable[Day]) -> list[str]:
    """Runs of neighbouring days of one kind and name, each in words."""
    runs: list[list[Day]] = []
    for day in sorted(days, key=lambda day: day.date):
        last = runs[-1][-1] if runs else None
        if last and (last.kind, last.name) == (day.kind, day.name) and day.date - last.date == ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [_in_words(run) for run in runs]


def _in_words(run: list[Day]) -> str:
    first, last = run[0], run[-1]
    when = chinese(first.date) if first is last else f"{chinese(first.date)}至{chinese(last.date)}"
    if first.kind is DayKind.OVERRIDE:
        return f"{when}本地调整（{first.name}）"
    return f"{when}{first.name}{'放假' if first.kind is DayKind.HOLIDAY else '调休上班'}"
