"""催办 by the office, and telling who is above when a case is late: never twice a day, one notice a person."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TypedDict

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import holders
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.masking import masked
from gongkai.foundation.wording import LONGEST
from gongkai.rectification.models import Case, State
from gongkai.rectification.services import guards
from gongkai.rectification.services.telling import by_body, clerks_of, tell_escalated, tell_urged


class Refusal(TypedDict):
    """A case that was not urged, and why."""

    id: int
    name: str
    why: str


class Urged(TypedDict):
    """What became of each case."""

    done: list[int]
    refused: list[Refusal]


@verb("rectification.urge", _("催办整改"), Role.OFFICE)
def urge(actor: User | None, cases: list[Case], note: str = "") -> Urged:
    """Ask the bodies to mend; each case at most once a day, each person told once of all of theirs."""
    note = masked(note.strip())[:LONGEST]
    told: dict[User, list[Case]] = defaultdict(list)
    result: Urged = {"done": [], "refused": []}
    for given in sorted(dict.fromkeys(cases), key=lambda case: case.pk):  # in one order, so that two never wait in turn
        case = guards.locked(given)
        try:
            clerks = _to_be_told(actor, case)
        except (ValidationError, PermissionDenied) as error:
            why = "；".join(error.messages) if isinstance(error, ValidationError) else str(error)
            result["refused"].append({"id": case.pk, "name": str(case), "why": why})
            continue
        details = {"recipients": [person.pk for person in clerks]}
        with change(case, "rectification.urge", actor=actor, reason=note, details=details):
            case.urged_count, case.urged_on = case.urged_count + 1, clock.today()
        result["done"].append(case.pk)
        for person in clerks:
            told[person].append(case)
    for person, concerned in told.items():
        tell_urged(person, concerned, note)
    return result


@verb("rectification.escalate", _("逾期报告"), system=True)
def escalate(actor: User | None, day: date) -> int:
    """Tell the body's leaders of what is late by `GONGKAI_ESCALATE_DAYS`, the office of what is late by twice that.

    A body without a leader goes to the office at once. How many cases were told of.
    """
    patience = timedelta(days=settings.GONGKAI_ESCALATE_DAYS)
    late = Case.objects.overdue(day).select_related("body__county").order_by("due", "pk")
    to_leaders = list(late.filter(due__lte=day - patience, leader_told_on=None))
    leaderless = [case for case in to_leaders if not _leaders(case.body, day)]
    told = {case.pk for case in to_leaders}
    for body, cases in by_body(to_leaders).items():
        title = gettext("%(body)s有 %(count)d 项整改逾期") % {"body": body, "count": len(cases)}
        tell_escalated(_leaders(body, day), cases, title, f"rectification.leader:{body.pk}:{day}")
        _note(cases, actor, leader_told_on=day)
    to_office = list(late.filter(due__lte=day - 2 * patience, office_told_on=None))
    to_office += [case for case in leaderless if case not in to_office]
    for county, cases in _by_county(to_office).items():
        title = gettext("%(count)d 项整改逾期，责任单位尚未办结") % {"count": len(cases)}
        tell_escalated(holders(county, Role.OFFICE, on=day), cases, title, f"rectification.office:{county.pk}:{day}")
        _note(cases, actor, office_told_on=day)
    return len(told | {case.pk for case in to_office})


def _to_be_told(actor: User | None, case: Case) -> list[User]:
    """The clerks whom urging reaches; refused when there is nothing to urge, nobody to tell, or it was done today."""
    guards.demand_right(actor, "rectification.urge", case.body_id)
    guards.demand_state(case, State.TO_MEND)
    if case.urged_on == clock.today():
        raise ValidationError(gettext("该事项今天已经催办过，一天只催办一次"), code="urged-today")
    clerks = clerks_of(case.body)
    if not clerks:
        message = gettext("%s没有在任的信息员，催办无人接收；请先登记信息员") % case.body
        raise ValidationError(message, code="nobody")
    return clerks


def _leaders(body: Body, day: date) -> list[User]:
    return list(holders(body, Role.LEADER, on=day))


def _note(cases: list[Case], actor: User | None, **told: date) -> None:
    """Write on each case that it was told of."""
    for given in sorted(cases, key=lambda case: case.pk):
        case = guards.locked(given)
        with change(case, "rectification.escalate", actor=actor):
            for name, value in told.items():
                setattr(case, name, value)


def _by_county(cases: list[Case]) -> dict[Body, list[Case]]:
    found: dict[Body, list[Case]] = defaultdict(list)
    for case in cases:
        found[case.body.root].append(case)
    return found
