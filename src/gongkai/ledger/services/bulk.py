"""Bulk actions: each record by itself, with a result each; what was done can be undone for a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, TypedDict

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.wording import demand_text
from gongkai.ledger.models import Assignment, Batch
from gongkai.ledger.services import guards, steps, tasks
from gongkai.ledger.services.telling import CHANGED, CLOSED, Message, tell_body

UNDONE_WITHIN = timedelta(hours=24)


class Refusal(TypedDict):
    """A record that was left as it was, and why."""

    id: int
    name: str
    why: str


class BulkResult(TypedDict):
    """What became of each record. batch: for `undo`; None when nothing was done or it cannot be undone."""

    batch: int | None
    done: list[int]
    refused: list[Refusal]


@verb("ledger.accept_many", _("批量签收"), Role.CLERK)
def accept_many(actor: User | None, assignments: list[Assignment]) -> BulkResult:
    """签收 several."""
    return _each("ledger.accept_many", actor, assignments, lambda one: tasks.accept(actor, one))


@verb("ledger.close_many", _("批量办结"), Role.OFFICE)
def close_many(actor: User | None, assignments: list[Assignment], note: str = "") -> BulkResult:
    """办结 several; each body is told once."""
    result = _each("ledger.close_many", actor, assignments, lambda one: _quietly(steps.CLOSE, actor, one, note.strip()))
    _tell(assignments, result, Message(CLOSED, gettext("任务已办结"), note.strip()))
    return result


@verb("ledger.return_many", _("批量退回"), Role.OFFICE)
def return_many(actor: User | None, assignments: list[Assignment], reason: str) -> BulkResult:
    """退回 several for the same reason; each body is told once."""
    reason = demand_text(reason, gettext("退回意见"))
    result = _each("ledger.return_many", actor, assignments, lambda one: _quietly(steps.RETURN, actor, one, reason))
    _tell(assignments, result, tasks.returned(reason))
    return result


@verb("ledger.undo", _("撤销批量操作"), Role.CLERK, Role.OFFICE)
def undo(actor: User | None, batch: Batch) -> BulkResult:
    """Put back what a bulk action did, where nobody has changed the record since; by the same person, for a day."""
    fresh = Batch.objects.select_for_update().get(pk=batch.pk)
    if actor is None or fresh.by_id != actor.pk:
        raise Refused(gettext("只能由办理该批量操作的人员撤销"))
    if fresh.undone_at is not None:
        raise ValidationError(gettext("该批量操作已经撤销"), code="undone")
    if clock.now() - fresh.at > UNDONE_WITHIN:
        raise ValidationError(gettext("批量操作超过 24 小时，不能撤销"), code="too-late")
    result: BulkResult = {"batch": fresh.pk, "done": [], "refused": []}
    for entry in fresh.entries:
        assignment = Assignment.objects.select_related("obligation", "body").get(pk=entry["id"])
        _attempt(result, assignment, lambda one, entry=entry: _put_back(actor, one, fresh.verb, entry))  # type: ignore[misc]
    if fresh.verb != "ledger.accept_many":  # what the office did was told to the bodies
        done = Assignment.objects.filter(pk__in=result["done"]).select_related("body", "handler", "obligation")
        tell_body(list(done), Message(CHANGED, gettext("政务公开办撤销了刚才的批量操作，任务恢复到原来的状态")))
    fresh.undone_at = clock.now()
    fresh.save(update_fields=["undone_at"])
    return result


def _each(
    key: str, actor: User | None, assignments: Iterable[Assignment], act: Callable[[Assignment], object]
) -> BulkResult:
    """Act on each record, each in a transaction of its own; keep what was done as a batch."""
    if actor is None:
        raise Refused(gettext("批量操作须由人员办理"))
    result: BulkResult = {"batch": None, "done": [], "refused": []}
    entries = []
    for assignment in in_order(assignments):
        _attempt(result, assignment, act)
        if result["done"][-1:] == [assignment.pk]:
            entries.append(_entry(assignment))
    if entries:
        result["batch"] = Batch.objects.create(verb=key, by=actor, at=clock.now(), entries=entries).pk
    return result


def in_order(assignments: Iterable[Assignment]) -> list[Assignment]:
    """Each once, by number: whoever locks several does it in this order, so that two never wait for each other."""
    return sorted(dict.fromkeys(assignments), key=lambda assignment: assignment.pk)


def _attempt(result: BulkResult, assignment: Assignment, act: Callable[[Assignment], object]) -> None:
    try:
        with transaction.atomic():
            act(assignment)
    except ValidationError as error:
        why = "；".join(error.messages)
    except PermissionDenied as error:
        why = str(error)
    else:
        result["done"].append(assignment.pk)
        return
    result["refused"].append({"id": assignment.pk, "name": str(assignment), "why": why})


def _quietly(step: steps.Step, actor: User | None, assignment: Assignment, reason: str) -> Assignment:
    """One step without telling anybody yet, by who may take it."""
    guards.demand_right(actor, step.verb, assignment.body_id)
    return tasks.take(step, actor, guards.locked(assignment), reason=reason)


def _entry(assignment: Assignment) -> dict[str, Any]:
    event = guards.last_change(assignment)
    assert event is not None  # noqa: S101 - the step has just written it
    return {"id": assignment.pk, "event": event.pk, "before": event.before, "after": event.after}


def _put_back(actor: User, assignment: Assignment, verb: str, entry: dict[str, Any]) -> None:
    guards.demand_right(actor, verb, assignment.body_id)  # roles may have changed since
    fresh = guards.locked(assignment)
    last = guards.last_change(fresh)
    if last is None or last.pk != entry["event"]:
        raise ValidationError(gettext("之后又有人办理过，未撤销"), code="changed-since")
    fields = {field.name: field for field in Assignment._meta.concrete_fields}
    with change(fresh, "ledger.undo", actor=actor, details={"undone": entry["event"]}):
        for name, value in entry["before"].items():
            setattr(fresh, fields[name].attname, value)
        fresh.changed_at = clock.now()


def _tell(assignments: Iterable[Assignment], result: BulkResult, message: Message) -> None:
    done = set(result["done"])
    tell_body([assignment for assignment in assignments if assignment.pk in done], message)
