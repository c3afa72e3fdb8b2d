"""Indicators about the ledger itself: how much a body has closed, how much is late."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import Indicator, Reading, indicators
from gongkai.ledger.models import Assignment, State
from gongkai.ledger.models.assignment import AssignmentQuerySet

SHOWN = 50  # records listed beside a number


def completion_rate(body_id: int | None, on: date) -> Reading:
    """Closed assignments out of all that the open plans give the body (None: everybody)."""
    live = _live(body_id)
    whole, closed = live.count(), live.filter(state=State.ACCEPTED).count()
    rate = closed / whole * 100 if whole else None
    return Reading(rate, closed, whole, _looked_at(on), _records(live.undone()))


def overdue_count(body_id: int | None, on: date) -> Reading:
    """Assignments of open plans past their due date and not closed."""
    late = _live(body_id).overdue(on)
    number = late.count()
    return Reading(number, number, _live(body_id).count(), _looked_at(on), _records(late))


def _live(body_id: int | None) -> AssignmentQuerySet:
    return Assignment.objects.live().in_open_plans().of_bodies(None if body_id is None else frozenset({body_id}))


def _looked_at(on: date) -> str:
    return str(_("执行中的年度台账，%s") % on)


def _records(assignments: AssignmentQuerySet) -> list[tuple[str, str]]:
    """What the number counts, by name and address."""
    from gongkai.ledger.services.telling import address

    rows = assignments.select_related("body", "obligation")[:SHOWN]
    return [(str(assignment), address([assignment])) for assignment in rows]


indicators.register(
    Indicator("ledger.completion", _("任务办结率"), "%", completion_rate, str(_("年度政务公开工作要点任务分解表")))
)
indicators.register(
    Indicator("ledger.overdue", _("逾期任务数"), str(_("项")), overdue_count, str(_("年度政务公开工作要点任务分解表")))
)
