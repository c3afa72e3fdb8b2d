"""Assignments: who has which obligation after the import. What bodies have done so far is never touched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.foundation import clock
from gongkai.ledger.importing.expand import Given
from gongkai.ledger.importing.writing.obligations import Duty
from gongkai.ledger.importing.writing.recorder import Recorder
from gongkai.ledger.models import Assignment, Item, Obligation, Origin, Plan

BATCH = 1000


class Assigning:
    """Collects what changes for the assignments of one plan, loaded once, and saves it in bulk."""

    def __init__(self, plan: Plan, recorder: Recorder) -> None:
        self._plan = plan
        self._recorder = recorder
        self._now = clock.now()
        # Who is named by a correction owes no report on what was before it.
        self._since = clock.today() if timezone.localdate(plan.opened_at) < clock.today() else None
        self._new: list[Assignment] = []
        self._changed: list[Assignment] = []
        self._withdrawn: list[Assignment] = []
        self._there: dict[int, dict[int, Assignment]] = {}
        for each in Assignment.objects.filter(plan=plan).order_by():
            self._there.setdefault(each.obligation_id, {})[each.body_id] = each

    def settle(self, duty: Duty, given: Sequence[Given], *, reinstate: bool) -> None:
        """Give the obligation to exactly these bodies, and to those named by hand before.

        reinstate: bodies withdrawn earlier come back when they are given again.
        """
        there = self._there.get(duty.obligation.pk, {})
        self._recorder.watch(there.values())
        wanted = {each.body.pk: each for each in given}
        for body_id, each in wanted.items():
            if assignment := there.get(body_id):
                self._update(assignment, each, duty, reinstate=reinstate)
            else:
                self._create(duty.obligation, each)
        for body_id, assignment in there.items():
            if body_id in wanted or assignment.withdrawn:
                continue
            if assignment.origin == Origin.ADDED:
                self._move(assignment, duty)
            else:
                self._withdraw(assignment)

    def withdraw_removed(self, items: Sequence[Item]) -> None:
        """Withdraw every assignment of removed items and of obligations that no longer exist."""
        gone = Obligation.objects.filter(Q(item__plan=self._plan, removed=True) | Q(item__in=items))
        for obligation_id in gone.values_list("pk", flat=True):
            live = [each for each in self._there.get(obligation_id, {}).values() if not each.withdrawn]
            self._recorder.watch(live)
            for each in live:
                self._withdraw(each)

    def save(self) -> None:
        Assignment.objects.bulk_create(self._new, batch_size=BATCH)
        changed = [*self._changed, *self._withdrawn]
        Assignment.objects.bulk_update(changed, ["role", "due", "withdrawn"], batch_size=BATCH)
        self._recorder.note([*self._new, *self._changed])
        self._recorder.note(self._withdrawn, _("更正后的通知不再列为责任单位"))

    def _create(self, obligation: Obligation, given: Given) -> None:
        self._new.append(
            Assignment(
                plan=self._plan,
                item=obligation.item,
                obligation=obligation,
                body=given.body,
                role=given.role,
                origin=given.origin,
                due=obligation.due,
                since=self._since,
                changed_at=self._now,
            )
        )

    def _update(self, assignment: Assignment, given: Given, duty: Duty, *, reinstate: bool) -> None:
        if assignment.withdrawn and not reinstate:
            return
        if assignment.withdrawn or (assignment.role != given.role and assignment.origin != Origin.ADDED):
            assignment.withdrawn, assignment.role = False, given.role
            self._changed.append(assignment)
        self._move(assignment, duty)

    def _move(self, assignment: Assignment, duty: Duty) -> None:
        """The new day, unless the body was given another one by extension."""
        day: date | None = duty.obligation.due
        if assignment.due == duty.due_before and assignment.due != day:
            assignment.due = day
            if assignment not in self._changed[-1:]:
                self._changed.append(assignment)

    def _withdraw(self, assignment: Assignment) -> None:
        assignment.withdrawn = True
        self._withdrawn.append(assignment)
