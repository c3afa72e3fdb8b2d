"""指定责任单位: giving an item to further bodies, taking an assignment back, splitting an item into its duties."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import build, change, record_many
from gongkai.foundation.wording import demand_text
from gongkai.ledger.models import Assignment, Item, Obligation, Origin, State
from gongkai.ledger.models import Role as Part
from gongkai.ledger.services import guards
from gongkai.ledger.services.telling import ASSIGNED, CHANGED, Message, tell_body


class Assigned(TypedDict):
    """assignments: those that are new or taken up again; known: names of bodies that had the item already."""

    assignments: list[Assignment]
    known: list[str]


@verb("ledger.assign", _("指定责任单位"), Role.OFFICE, body="item.plan.county_id")
def assign(actor: User | None, item: Item, bodies: list[Body], role: Part = Part.RESPONSIBLE) -> Assigned:
    """Give every duty of the item to further bodies, as open-ended lists (等县级部门) ask the office to do."""
    guards.demand_bodies(guards.held_open(item.plan_id), bodies)
    if item.removed:
        raise ValidationError(gettext("该事项已取消，不能再指定责任单位"), code="removed")
    made: list[Assignment] = []
    known: list[str] = []
    for body in dict.fromkeys(bodies):
        new = [done for obligation in item.obligations.all() if (done := _give(actor, obligation, item, body, role))]
        made += new
        known += [] if new else [body.name]
    tell_body(made, Message(ASSIGNED, gettext("有新的任务待签收"), todo=gettext("请签收")))
    return {"assignments": made, "known": known}


@verb("ledger.withdraw_assignment", _("撤销任务"), Role.OFFICE, body="assignment.body_id")
def withdraw_assignment(actor: User | None, assignment: Assignment, reason: str) -> Assignment:
    """撤销: the body no longer has the duty; history and evidence stay."""
    reason = demand_text(reason, gettext("撤销理由"))
    fresh = guards.locked(assignment)
    with change(fresh, "ledger.withdraw_assignment", actor=actor, reason=reason):
        fresh.withdrawn, fresh.changed_at = True, clock.now()
    tell_body([fresh], Message(CHANGED, gettext("任务已撤销"), gettext("理由：%s") % reason))
    return fresh


@verb("ledger.split_item", _("拆分事项"), Role.OFFICE, body="item.plan.county_id")
def split_item(actor: User | None, item: Item, texts: list[str]) -> list[Obligation]:
    """拆分: an item with several duties becomes 19a, 19b …; what bodies have done so far belongs to the first."""
    guards.held_open(item.plan_id)
    texts = [demand_text(text, gettext("具体义务的内容")) for text in texts]
    if not 2 <= len(texts) <= len(ascii_lowercase):
        raise ValidationError(gettext("请填写 2 至 26 项具体义务"), code="too-few")
    obligations = list(Obligation.objects.select_for_update().filter(item=item))
    if len(obligations) != 1:
        raise ValidationError(gettext("该事项已经拆分"), code="split")
    first = obligations[0]
    with change(first, "ledger.split_item", actor=actor):
        first.key, first.text = f"{item.key}a", texts[0]
    further = [_further(actor, first, item, ascii_lowercase[index], text) for index, text in enumerate(texts[1:], 1)]
    _copy_assignments(actor, first, further)
    return [first, *further]


def _give(actor: User | None, obligation: Obligation, item: Item, body: Body, role: Part) -> Assignment | None:
    """The body's assignment, new or taken up again; None when it has it."""
    known = Assignment.objects.select_for_update().filter(obligation=obligation, body=body).first()
    if known is not None and not known.withdrawn:
        return None
    assignment = known or Assignment(
        plan=item.plan, item=item, obligation=obligation, body=body, origin=Origin.ADDED, due=obligation.due
    )
    with change(assignment, "ledger.assign", actor=actor):
        assignment.role, assignment.withdrawn = role, False
        assignment.state, assignment.handler = State.TO_ACCEPT, None
        assignment.changed_at, assignment.since = clock.now(), clock.today()
    return assignment


def _further(actor: User | None, first: Obligation, item: Item, letter: str, text: str) -> Obligation:
    obligation = Obligation(
        item=item, due=first.due, recurrence=first.recurrence, order=first.order + ord(letter) - ord("a")
    )
    with change(obligation, "ledger.split_item", actor=actor):
        obligation.key, obligation.text = f"{item.key}{letter}", text
    return obligation


def _copy_assignments(actor: User | None, first: Obligation, further: list[Obligation]) -> None:
    """Whoever has the first duty has the others, waiting to be accepted."""
    now = clock.now()
    rows = [
        Assignment(
            plan_id=known.plan_id,
            item_id=known.item_id,
            obligation=obligation,
            body=known.body,
            role=known.role,
            origin=known.origin,
            due=known.due,
            changed_at=now,
            since=known.since,
        )
        for obligation in further
        for known in first.assignments.live().select_related("body")
    ]
    made = Assignment.objects.bulk_create(rows)
    record_many([build("ledger.split_item", row, actor=actor, after=row.audited_state()) for row in made])
    tell_body(made, Message(ASSIGNED, gettext("事项已拆分，有新的任务待签收"), todo=gettext("请签收")))
