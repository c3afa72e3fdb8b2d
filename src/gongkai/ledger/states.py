"""How the states of the ledger look; see `foundation.looks`."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.looks import ACCEPTED, AMBER, BLUE, GREEN, GREY, OVERDUE, Look
from gongkai.ledger.models import Assignment, LinkState, State
from gongkai.ledger.selectors import Duty, counting

TO_ACCEPT = Look("to-accept", _("待签收"), "inbox", "grey", GREY)
IN_PROGRESS = Look("in-progress", _("推进中"), "half", "blue", BLUE)
SUBMITTED = Look("submitted", _("待审核"), "hourglass", "blue", BLUE)
RETURNED = Look("returned", _("已退回"), "back", "amber", AMBER)
RISK = Look("at-risk", _("有风险"), "triangle", "amber", AMBER)
VERIFIED = Look("verified", _("已核验"), "shield", "green", GREEN)
PENDING = Look("pending", _("待核验"), "eye", "amber", AMBER)
FLAGGED = Look("flagged", _("有疑点"), "triangle", "amber", AMBER)
NO_DATA = Look("no-data", _("数据不足"), "dash", "grey", GREY)
NOT_APPLICABLE = Look("not-applicable", _("不适用"), "slash", "grey", GREY)

BY_STATE: dict[str, Look] = {
    State.TO_ACCEPT: TO_ACCEPT,
    State.IN_PROGRESS: IN_PROGRESS,
    State.SUBMITTED: SUBMITTED,
    State.RETURNED: RETURNED,
    State.ACCEPTED: ACCEPTED,
}
BY_LINK_STATE: dict[str, Look] = {
    LinkState.PENDING: PENDING,
    LinkState.VERIFIED: VERIFIED,
    LinkState.FLAGGED: FLAGGED,
    LinkState.NONE: NOT_APPLICABLE,
}
ALL = {look.key: look for look in (*BY_STATE.values(), OVERDUE, RISK, VERIFIED, PENDING, FLAGGED, NO_DATA)}
LEGEND = (*BY_STATE.values(), OVERDUE, RISK)


def look_of(state: str, due: date | None, today: date) -> Look:
    """The look of an assignment: being late, or running out of time, goes before the state that is stored."""
    return ALL[counting.look_of(state, due, today).value]


def look_of_duty(duty: Duty) -> Look:
    """Met, late when its year is over, else still to be done."""
    if duty.met:
        return ACCEPTED
    return OVERDUE if duty.late else IN_PROGRESS


def look_of_assignment(assignment: Assignment, today: date) -> Look:
    return look_of(assignment.state, assignment.due, today)
