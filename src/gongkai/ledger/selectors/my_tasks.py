"""我的任务: what the bodies of one person have to do, most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, Value, When

from gongkai.foundation import clock
from gongkai.foundation.access import BODY_ROLES, Rights
from gongkai.ledger.models import Assignment, State
from gongkai.ledger.models.assignment import AssignmentQuerySet
from gongkai.ledger.selectors.counting import Look, look_of
from gongkai.ledger.selectors.filters import Filters
from gongkai.ledger.selectors.missing import days_left, missing, return_reasons, with_work


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line: how it looks, days to the due date (negative when past), what is missing, why it came back."""

    assignment: Assignment
    look: Look
    days: int | None
    missing: list[str]
    returned_because: str


def my_tasks(rights: Rights, filters: Filters | None = None, *, today: date | None = None) -> AssignmentQuerySet:
    """The live assignments, in open plans, of the bodies that the person serves; page them, then call `task_rows`."""
    bodies = rights.bodies(*BODY_ROLES)
    mine = Assignment.objects.live().in_open_plans().of_bodies(bodies)
    chosen = (filters or Filters()).apply(mine, today or clock.today())
    return with_work(chosen).order_by(_turn(), F("due").asc(nulls_last=True), "item__order", "obligation__order", "id")


def task_rows(assignments: Sequence[Assignment], today: date | None = None) -> list[TaskRow]:
    """The lines of a page; one further query at most."""
    today = today or clock.today()
    reasons = return_reasons(assignments)
    return [
        TaskRow(
            assignment,
            look_of(assignment.state, assignment.due, today),
            days_left(assignment, today),
            missing(assignment, today),
            reasons.get(assignment.pk, ""),
        )
        for assignment in assignments
    ]


def _turn() -> Case:
    """First what the body must move, then what waits for the office, then what is closed."""
    return Case(
        When(state=State.SUBMITTED, then=Value(1)),
        When(state=State.ACCEPTED, then=Value(2)),
        default=Value(0),
        output_field=IntegerField(),
    )
