"""What must hold before anything is changed; each guard raises one error saying what is wrong and what is possible."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role, rights_of, verbs
from gongkai.foundation.access.verbs import demand
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.models import Event
from gongkai.ledger.models import Assignment, Plan, PlanState, State
from gongkai.ledger.services.steps import Step, steps_from


def demand_open(plan: Plan) -> None:
    """An archived plan can only be read."""
    if plan.state != PlanState.OPEN:
        raise ValidationError(
            gettext("%(year)s年度台账已归档，只能查阅，不能办理") % {"year": plan.year}, code="archived"
        )


def held_open(plan_id: int) -> Plan:
    """The plan, open, and not to be archived before the transaction ends; many may hold it at once.

    Always taken before the locks on assignments, as an import does, so that neither waits for the other for ever.
    """
    if connection.vendor == "postgresql":  # Django knows no shared lock; SQLite has one writer at a time anyway
        plan = Plan.objects.raw("SELECT * FROM ledger_plan WHERE id = %s FOR SHARE", [plan_id])[0]
    else:
        plan = Plan.objects.get(pk=plan_id)
    demand_open(plan)
    return plan


def locked(assignment: Assignment) -> Assignment:
    """The assignment as it stands now, locked to the end of the transaction; its plan is open, it is not withdrawn."""
    plan = held_open(assignment.plan_id)
    # no_key: others may go on adding records that only point at the assignment, such as urging.
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True)
    fresh = rows.select_related("item", "obligation", "body").get(pk=assignment.pk)
    fresh.plan = plan
    if fresh.withdrawn:
        raise ValidationError(gettext("该任务已撤销，不能办理"), code="withdrawn")
    return fresh


def demand_state(assignment: Assignment, step: Step) -> None:
    """The step can be taken from where the assignment stands."""
    if assignment.state in step.sources:
        return
    possible = "、".join(str(other.label) for other in steps_from(assignment.state))
    message = gettext("该任务现为“%(state)s”%(since)s，不能“%(step)s”；可以办理的是：%(possible)s") % {
        "state": assignment.get_state_display(),
        "since": _last_step(assignment),
        "step": step.label,
        "possible": possible,
    }
    raise ValidationError(message, code="wrong-state")


def demand_unfinished(assignment: Assignment) -> None:
    if assignment.state == State.ACCEPTED:
        raise ValidationError(gettext("该任务已办结；需要补充的，请政务公开办先“重新办理”"), code="wrong-state")


def demand_hand(actor: User | None, assignment: Assignment) -> User:
    """The work of a body is done by its clerks, or by the person of the body to whom the assignment was delegated."""
    if actor is None:
        raise Refused(gettext("该任务须由人员办理"))
    if actor.pk != assignment.handler_id and not rights_of(actor).holds({Role.CLERK}, assignment.body_id):
        raise Refused(gettext("没有权限：该任务须由%(body)s的信息员或承办人办理") % {"body": assignment.body})
    return actor


def demand_bodies(plan: Plan, bodies: list[Body]) -> None:
    """Bodies that can be given tasks of this plan: of its county, and existing today."""
    able = set(
        Body.objects.of_county(plan.county).working().active(clock.today()).filter(pk__in=[body.pk for body in bodies])
    )
    foreign = [body.name for body in bodies if body not in able]
    if foreign:
        raise ValidationError(
            gettext("不能指定：%(names)s不是本县在册的责任单位") % {"names": "、".join(foreign)}, code="foreign-body"
        )


def demand_right(actor: User | None, verb: str, body_id: int) -> None:
    """The actor may use the verb on a record of the body; for services that do without calling the verb itself."""
    demand(actor, verbs.get(verb), body_id)


def last_change(assignment: Assignment) -> Event | None:
    """The newest event that changed the assignment; comments and urging change nothing."""
    events = Event.objects.about(assignment).select_related("actor").order_by("-effective_at", "-id")
    return next((event for event in events if event.after), None)


def _last_step(assignment: Assignment) -> str:
    """Who brought it where it is: “（2023-09-20 09:00 王敏）”."""
    event = last_change(assignment)
    if event is None or event.actor is None:
        return ""
    return f"（{timezone.localtime(event.effective_at):%Y-%m-%d %H:%M} {event.actor}）"
