"""Working on one assignment: accept, submit, close, return, reopen, check in, delegate, extend."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.core.workdays import CalendarError, explain_count, national
from gongkai.foundation import clock
from gongkai.foundation.access import BODY_ROLES, Role, rights_of, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.wording import demand_text
from gongkai.ledger.models import Assignment, CheckIn, Evidence, LinkState, State, Urge
from gongkai.ledger.periods import Period, frequency_of, period_of
from gongkai.ledger.services import guards, steps
from gongkai.ledger.services.telling import ASSIGNED, CHANGED, CLOSED, RETURNED, Message, tell_body, tell_office
from gongkai.ledger.services.urge_record import followed


class Doubt(TypedDict):
    """Evidence that the system has not verified, as the clerk sees it when submitting."""

    evidence: int
    title: str
    link_state: str
    messages: list[str]


class Submission(TypedDict):
    assignment: Assignment
    doubts: list[Doubt]


@verb("ledger.accept", _("签收任务"), Role.CLERK, body="assignment.body_id")
def accept(actor: User | None, assignment: Assignment) -> Assignment:
    """签收: the body takes the duty on; who accepts is its handler until it is delegated."""
    fresh = guards.locked(assignment)
    return take(steps.ACCEPT, actor, fresh, handler=fresh.handler or actor)


@verb("ledger.submit", _("提交审核"), *BODY_ROLES, body="assignment.body_id")
def submit(actor: User | None, assignment: Assignment, note: str = "") -> Submission:
    """提交: hand the work in, with evidence, or with a note saying why there is none.

    The result lists the evidence that the system doubts or has not seen yet.
    """
    fresh = guards.locked(assignment)
    guards.demand_hand(actor, fresh)
    guards.demand_state(fresh, steps.SUBMIT)
    evidence = list(Evidence.objects.filter(uses__assignment=fresh, removed=False).order_by("id"))
    if not evidence and not note.strip():
        message = gettext("尚无佐证材料：请先添加，或者填写说明，写明没有佐证材料的原因")
        raise ValidationError(message, code="no-evidence")
    note = demand_text(note, gettext("说明")) if note.strip() else ""
    doubts = [doubt(piece) for piece in evidence if piece.link_state in (LinkState.FLAGGED, LinkState.PENDING)]
    details = {"evidence": [piece.pk for piece in evidence], "doubts": [entry["evidence"] for entry in doubts]}
    taken = take(steps.SUBMIT, actor, fresh, reason=note, details=details)
    tell_office(taken)
    return {"assignment": taken, "doubts": doubts}


@verb("ledger.close", _("办结任务"), Role.OFFICE, body="assignment.body_id")
def close(actor: User | None, assignment: Assignment, note: str = "") -> Assignment:
    """办结: the office accepts what was submitted."""
    fresh = take(steps.CLOSE, actor, guards.locked(assignment), reason=note.strip())
    tell_body([fresh], Message(CLOSED, gettext("任务已办结"), note.strip()))
    return fresh


@verb("ledger.return", _("退回任务"), Role.OFFICE, body="assignment.body_id")
def send_back(actor: User | None, assignment: Assignment, reason: str) -> Assignment:
    """退回: the office asks for better work, saying what is missing."""
    reason = demand_text(reason, gettext("退回意见"))
    fresh = take(steps.RETURN, actor, guards.locked(assignment), reason=reason)
    tell_body([fresh], returned(reason))
    return fresh


@verb("ledger.reopen", _("重新办理"), Role.OFFICE, body="assignment.body_id")
def reopen(actor: User | None, assignment: Assignment, reason: str) -> Assignment:
    """重新办理: what was closed is taken up again."""
    reason = demand_text(reason, gettext("重新办理的理由"))
    fresh = take(steps.REOPEN, actor, guards.locked(assignment), reason=reason)
    todo = gettext("请继续办理，完成后重新提交审核")
    tell_body([fresh], Message(RETURNED, gettext("任务需重新办理"), gettext("理由：%s") % reason, todo))
    return fresh


@verb("ledger.check_in", _("填报进展"), *BODY_ROLES, body="assignment.body_id")
def check_in(actor: User | None, assignment: Assignment, period: str, progress: str, note: str = "") -> CheckIn:
    """填报进展: what was done in a period (2023Q1, 2023-05, 2023H1); a second report on it replaces the first."""
    fresh = guards.locked(assignment)
    by = guards.demand_hand(actor, fresh)
    guards.demand_unfinished(fresh)
    if fresh.state == State.TO_ACCEPT:
        raise ValidationError(gettext("该任务尚未签收，请先签收再填报进展"), code="wrong-state")
    owed = _period_to_report(fresh, period)
    progress = demand_text(progress, gettext("进展情况"))
    entry = CheckIn.objects.select_for_update().filter(assignment=fresh, period=owed.key).first()
    entry = entry or CheckIn(assignment=fresh, period=owed.key)
    with change(entry, "ledger.check_in", actor=by, details={"assignment": fresh.pk}):
        entry.progress, entry.note, entry.by, entry.at = progress, note.strip(), by, clock.now()
    followed(fresh, Urge.CHECK_IN)
    return entry


@verb("ledger.delegate", _("指定承办人"), Role.CLERK, Role.LEADER, body="assignment.body_id")
def delegate(actor: User | None, assignment: Assignment, handler: User) -> Assignment:
    """转办: a person who holds a role in the body becomes the one who does the work."""
    fresh = guards.locked(assignment)
    guards.demand_unfinished(fresh)
    if not any(grant.body_id == fresh.body_id for grant in rights_of(handler).grants):
        message = gettext("不能指定%(person)s：其在%(body)s没有任职") % {"person": handler, "body": fresh.body}
        raise ValidationError(message, code="foreign-handler")
    with change(fresh, "ledger.delegate", actor=actor):
        fresh.handler = handler
    if actor != handler:
        tell_body([fresh], Message(ASSIGNED, gettext("任务交由您承办")))
    return fresh


@verb("ledger.extend", _("延长期限"), Role.OFFICE, body="assignment.body_id")
def extend(actor: User | None, assignment: Assignment, due: date, rule: str, reason: str) -> Assignment:
    """延期: a later due date. rule: on what ground it was computed; the working is kept with the event."""
    rule, reason = demand_text(rule, gettext("延期依据")), demand_text(reason, gettext("延期理由"))
    fresh = guards.locked(assignment)
    guards.demand_unfinished(fresh)
    if fresh.due is not None and due <= fresh.due:
        raise ValidationError(
            gettext("新的到期日 %(new)s 应晚于原到期日 %(old)s") % {"new": due, "old": fresh.due}, code="not-later"
        )
    with change(fresh, "ledger.extend", actor=actor, reason=reason, details=_working(fresh.due, due, rule)):
        fresh.due = due
    tell_body([fresh], Message(CHANGED, gettext("任务已延期至 %s") % due, gettext("依据：%s") % rule))
    return fresh


def take(
    step: steps.Step,
    actor: User | None,
    fresh: Assignment,
    *,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    handler: User | None = None,
) -> Assignment:
    """Take one step with a locked assignment, and note it on the urging that came before."""
    guards.demand_state(fresh, step)
    with change(fresh, step.verb, actor=actor, reason=reason, details=details):
        fresh.state, fresh.changed_at = step.target, clock.now()
        fresh.handler = handler or fresh.handler
    followed(fresh, fresh.state)
    return fresh


def returned(reason: str) -> Message:
    """What is said of a return."""
    todo = gettext("请按退回意见修改后重新提交审核")
    return Message(RETURNED, gettext("任务被退回"), gettext("退回意见：%s") % reason, todo)


def doubt(evidence: Evidence) -> Doubt:
    """What the system has to say about a piece of evidence."""
    messages = [str(finding["message"]) for finding in evidence.findings]
    if evidence.link_state == LinkState.PENDING:
        messages = [gettext("系统尚未核验该链接")]
    return {"evidence": evidence.pk, "title": evidence.title, "link_state": evidence.link_state, "messages": messages}


def _period_to_report(assignment: Assignment, key: str) -> Period:
    """The period of this key, if the assignment reports in such periods and it has begun."""
    obligation = assignment.obligation
    frequency = frequency_of(obligation.recurrence, obligation.due, assignment.plan.year)
    if frequency is None:
        raise ValidationError(gettext("该任务不分期填报进展，完成后直接提交审核"), code="no-periods")
    period = period_of(frequency, assignment.plan.year, key)
    if period is None:
        keys = "、".join(one.key for one in frequency.periods(assignment.plan.year))
        raise ValidationError(
            gettext("没有“%(key)s”这一期，可填报的期间：%(keys)s") % {"key": key, "keys": keys}, code="unknown-period"
        )
    if clock.today() < period.start:
        raise ValidationError(gettext("%(period)s尚未开始，不能提前填报") % {"period": period.label}, code="not-begun")
    return period


def _working(old: date | None, new: date, rule: str) -> dict[str, Any]:
    """How the new due date stands to the old one."""
    working: dict[str, Any] = {"rule": rule, "from": old, "to": new}
    if old is None:
        return working
    working["calendar_days"] = (new - old).days
    try:
        count = national().explain_between(old, new)
    except CalendarError:  # no year file for these days
        return working
    return working | {"working_days": count.workdays, "steps": list(explain_count(count))}
