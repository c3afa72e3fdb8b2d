"""A deadline that is computed, never typed over: a term, a start, pauses, restarts, extensions (期限计算).

Days are whole. An event's own day is day 0 for what follows from it: counting begins the day after the start, a pause
takes effect the day after it begins, and counting goes on the day after it ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from gongkai.core.workdays.calendar import ONE_DAY, Calendar, national
from gongkai.core.workdays.explain import explain_clock
from gongkai.core.workdays.terms import Term, Unit, add_months


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that is not counted (such as 征求第三方意见, 条例 art. 33 para. 3); `until` is None while it lasts."""

    since: date
    until: date | None
    reason: str

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"暂停的结束日{self.until}早于开始日{self.since}")

    def covers(self, day: date) -> bool:
        """Whether `day` is not counted because of this pause."""
        return self.since < day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Restart:
    """The count begins anew on `on` (such as 收到补正材料, 条例 art. 30); what came before is void."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Extension:
    """More time, granted on `on` (条例 art. 33 para. 2): counted from the last day so far, or up to a fixed date."""

    on: date
    term: Term
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a clock stands at the end of a day, in days of its term's unit.

    While an open pause hides the due date, `left` is what would be left if counting went on the next day. `late` from
    the day after the due date, even when `overdue` is still 0 because no working day has passed.
    """

    on: date
    due: date | None
    used: int
    left: int
    overdue: int
    late: bool
    paused: bool


@dataclass(frozen=True)
class Clock:
    """A deadline (时限): what it counts, from when, and what happened to it on the way."""

    term: Term
    start: date
    pauses: tuple[Pause, ...] = ()
    restarts: tuple[Restart, ...] = ()
    extensions: tuple[Extension, ...] = ()
    calendar: Calendar = field(default_factory=national)

    def __post_init__(self) -> None:
        for restart in self.restarts:
            if restart.on < self.start:
                raise ValueError(f"重新起算日{restart.on}早于起算日{self.start}")

    @cached_property
    def counted_from(self) -> date:
        """Day 0: the last restart, or the start."""
        return max([self.start, *(restart.on for restart in self.restarts)])

    @cached_property
    def live_pauses(self) -> tuple[Pause, ...]:
        """Pauses that still matter: those not ended by the last restart, in order. A fixed date knows no pauses."""
        if self.term.unit is Unit.FIXED_DATE:
            return ()
        origin = self.counted_from
        live = (pause for pause in self.pauses if pause.until is None or pause.until > origin)
        return tuple(sorted(live, key=lambda pause: pause.since))

    @cached_property
    def live_extensions(self) -> tuple[Extension, ...]:
        """Extensions granted since the last restart, in order."""
        live = (ext for ext in self.extensions if ext.on >= self.counted_from)
        return tuple(sorted(live, key=lambda ext: ext.on))

    @cached_property
    def due(self) -> date | None:
        """The last day on which it is in time, or None while an open pause keeps it from being known."""
        day = self._last_day(self.term, self.counted_from)
        for extension in self.live_extensions:
            day = day and self._last_day(extension.term, day)
        rolls = any(term.rolls for term in [self.term, *(ext.term for ext in self.live_extensions)])
        while day and rolls and not self.calendar.is_workday(day):
            day += ONE_DAY
        return day

    @property
    def provisional(self) -> bool:
        """Whether a notice yet to come may move the due date (暂定)."""
        due = self.due
        if due is None or not self.counts_workdays:
            return False
        return self.calendar.explain_between(self.counted_from, due).provisional

    @property
    def counts_workdays(self) -> bool:
        """Whether the calendar of working days bears on the due date."""
        terms = [self.term, *(ext.term for ext in self.live_extensions)]
        return any(term.unit is Unit.WORKING_DAYS or term.rolls for term in terms)

    def paused_on(self, day: date) -> bool:
        """Whether `day` is not counted because of a pause."""
        return any(pause.covers(day) for pause in self.live_pauses)

    def paused_days(self, origin: date, end: date) -> int:
        """Calendar days lost to pauses after `origin` up to and including `end`."""
        return sum(self.paused_on(origin + timedelta(days=i)) for i in range(1, (end - origin).days + 1))

    def standing(self, on: date) -> Standing:
        """Days used, left and overdue at the end of `on`."""
        due = self.due
        late = due is not None and on > due
        return Standing(
            on=on,
            due=due,
            used=self._tally(self.term.unit, self.counted_from, min(on, due) if due else on),
            left=self._left(on),
            overdue=self._elapsed(due, on) if due and late else 0,
            late=late,
            paused=self.paused_on(on) and not late,
        )

    def _left(self, on: date) -> int:
        clock = self
        if self.due is None:
            ended = (p if p.until else replace(p, until=max(p.since, on)) for p in self.pauses)
            clock = replace(self, pauses=tuple(ended))
        return clock._tally(self.term.unit, max(on, self.counted_from), clock.due or on)

    @property
    def steps(self) -> tuple[str, ...]:
        """The working in Chinese, one sentence a step."""
        return explain_clock(self)

    def _last_day(self, term: Term, origin: date) -> date | None:
        if term.fixed:
            return term.fixed
        if term.unit is Unit.CALENDAR_MONTHS:
            base = add_months(origin, term.number)
            return self._advance(Unit.CALENDAR_DAYS, base, self.paused_days(origin, base))
        return self._advance(term.unit, origin, term.number)

    def _advance(self, unit: Unit, origin: date, number: int) -> date | None:
        counts = self._counts(unit)
        open_since = min((p.since for p in self.live_pauses if p.until is None), default=date.max)
        day = origin
        while number:
            day += ONE_DAY
            if day > open_since:
                return None
            number -= counts(day)
        return day

    def _counts(self, unit: Unit) -> Callable[[date], bool]:
        if unit is Unit.WORKING_DAYS:
            return lambda day: self.calendar.is_workday(day) and not self.paused_on(day)
        return lambda day: not self.paused_on(day)

    def _tally(self, unit: Unit, origin: date, end: date) -> int:
        """Counted days after `origin` up to and including `end`."""
        counts = self._counts(unit)
        return sum(counts(origin + timedelta(days=i)) for i in range(1, (end - origin).days + 1))

    def _elapsed(self, due: date, on: date) -> int:
        if self.term.unit is Unit.WORKING_DAYS:
            return self.calendar.workdays_between(due, on)
        return (on - due).days
