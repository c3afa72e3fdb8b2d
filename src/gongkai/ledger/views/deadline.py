"""期限怎么来的: how an assignment's due date came about, step by step, and where today stands on its way there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongkai.core.workdays import CalendarError, explain_count, national
from gongkai.foundation.access import verbs
from gongkai.foundation.events.models import Event
from gongkai.ledger.models import Assignment, State
from gongkai.ledger.periods import opening


@dataclass(frozen=True, slots=True)
class Step:
    """One step in words, with its working beneath."""

    words: str
    working: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the bar: its kind (gone, left, extended, late) and its width in percent."""

    kind: str
    percent: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """`bar` is empty and `today_at` None when there is no due day; percents count from the first day."""

    steps: list[Step]
    start: date
    end: date | None
    bar: list[Stretch]
    today_at: str | None


def deadline_of(assignment: Assignment, events: Iterable[Event], today: date) -> Deadline:
    """The working of the due date. `events`: those of the assignment, in any order."""
    moves = sorted((event for event in events if "due" in event.before), key=lambda event: event.effective_at)
    first = _day(moves[0].before["due"]) if moves else assignment.due
    steps = [_origin(assignment, first), *(_moved(event) for event in moves)]
    start = assignment.since or opening(assignment.plan)
    if assignment.due is None:
        return Deadline(steps, start, None, [], None)
    closed = assignment.state == State.ACCEPTED
    if not closed:
        steps.append(_standing(assignment.due, today))
    end = max(assignment.due, start) if closed else max(assignment.due, today, start)
    span = max((end - start).days, 1)
    at = f"{100 * min(max((today - start).days, 0), span) / span:.2f}"
    return Deadline(steps, start, end, _bar(start, first, assignment.due, end, min(today, end)), at)


def _origin(assignment: Assignment, due: date | None) -> Step:
    text, year = assignment.item.deadline_text, assignment.plan.year
    if due is None:
        return Step(_("通知未规定完成时限") if not text else _("通知原文“%s”，没有确定的到期日") % text)
    values = {"text": text, "year": year, "due": date_format(due)}
    if not text:
        return Step(_("通知在具体内容中写明时间，按 %(year)d 年度计算，到期日为 %(due)s") % values)
    if due != assignment.item.due:
        return Step(_("通知原文“%(text)s”；本项义务在具体内容中另有时间，到期日为 %(due)s") % values)
    return Step(_("通知原文“%(text)s”，按 %(year)d 年度计算，到期日为 %(due)s") % values)


def _moved(event: Event) -> Step:
    """A change of the due date, with the ground and the count kept when it was made."""
    old, new = _day(event.before["due"]), _day(event.after.get("due"))
    words = _("%(when)s%(what)s：%(old)s → %(new)s") % {
        "when": date_format(event.effective_at),
        "what": verbs.get(event.verb).label if event.verb in verbs else event.verb,
        "old": date_format(old) if old else _("无"),
        "new": date_format(new) if new else _("无"),
    }
    kept = event.details or {}
    grounds = [_("依据：%s") % kept["rule"]] if kept.get("rule") else []
    grounds += [_("理由：%s") % event.reason] if event.reason else []
    if "working_days" in kept:
        grounds.append(
            _("顺延 %(days)d 天，其中 %(work)d 个工作日")
            % {"days": kept["calendar_days"], "work": kept["working_days"]}
        )
    return Step(words, (*grounds, *kept.get("steps", ())))


def _standing(due: date, today: date) -> Step:
    values = {"today": date_format(today), "days": abs((due - today).days)}
    if due < today:
        return Step(_("今天 %(today)s，已逾期 %(days)d 天") % values)
    try:
        count = national().explain_between(today, due)
    except CalendarError:  # no rule of working days reaches that far
        return Step(_("今天 %(today)s，还剩 %(days)d 天") % values)
    words = _("今天 %(today)s，还剩 %(work)d 个工作日（%(days)d 天）") % {**values, "work": count.workdays}
    return Step(words, explain_count(count) if due > today else ())


def _bar(start: date, first: date | None, due: date, end: date, now: date) -> list[Stretch]:
    """What is gone, what is left, what was added (hatched) and what is late, in order, without the empty ones."""
    first = min(first or due, due)
    edges = [
        ("gone", start, min(now, due)),
        ("left", max(start, now), first),
        ("extended", max(start, now, first), due),
        ("late", max(start, due), now),
    ]
    span = max((end - start).days, 1)
    return [
        Stretch(kind, f"{100 * (to - since).days / span:.2f}") for kind, since, to in edges if (to - since).days > 0
    ]


def _day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
