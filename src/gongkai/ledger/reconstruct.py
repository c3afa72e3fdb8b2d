"""How a plan stood on any past day, told from the record of events alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from gongkai.foundation.events.models import Event
from gongkai.ledger.models import Assignment, Plan, State


@dataclass(frozen=True, slots=True)
class PlanOnDay:
    """The live assignments at the end of `day`, by state; `overdue` of them were past their due date and not closed."""

    day: date
    by_state: dict[State, int]
    overdue: int

    @property
    def total(self) -> int:
        return sum(self.by_state.values())

    @property
    def share(self) -> float | None:
        """Part that was closed, 0 to 1."""
        return self.by_state[State.ACCEPTED] / self.total if self.total else None


def midnight_after(day: date) -> datetime:
    """The first moment that no longer belongs to `day` in Shanghai."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def state_of_plan(plan: Plan, day: date, *, known_by: datetime | None = None) -> PlanOnDay:
    """How `plan` stood at the end of `day`. known_by: leave out what was recorded later than this moment."""
    counted: Counter[State] = Counter()
    overdue = 0
    for facts in assignments_on(plan, day, known_by=known_by).values():
        if facts.get("withdrawn"):
            continue
        state = State(facts["state"])
        counted[state] += 1
        due = facts.get("due")
        overdue += state != State.ACCEPTED and due is not None and date.fromisoformat(due) < day
    return PlanOnDay(day, {state: counted[state] for state in State}, overdue)


def assignments_on(plan: Plan, day: date, *, known_by: datetime | None = None) -> dict[int, dict[str, Any]]:
    """The audited facts of every assignment of `plan` that existed at the end of `day`, by id."""
    found: dict[int, dict[str, Any]] = {}
    for pk, after in _changes(plan, day, known_by):
        found.setdefault(pk, {}).update(after)
    return {pk: facts for pk, facts in found.items() if "state" in facts}


def _changes(plan: Plan, day: date, known_by: datetime | None) -> Iterator[tuple[int, dict[str, Any]]]:
    known = Q() if known_by is None else Q(recorded_at__lte=known_by)
    events = Event.objects.filter(
        known,
        content_type=ContentType.objects.get_for_model(Assignment),
        object_id__in=Assignment.objects.filter(plan=plan).order_by().values("pk"),
        effective_at__lt=midnight_after(day),
    )
    rows = events.order_by("effective_at", "id").values_list("object_id", "after")
    yield from rows.iterator(chunk_size=5000)  # type: ignore[misc]
