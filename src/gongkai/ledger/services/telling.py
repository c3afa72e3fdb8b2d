"""Telling people what happened to their assignments: one notice a person, whatever the number of assignments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import holders
from gongkai.foundation import clock
from gongkai.foundation.access import BODY_ROLES, Role
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notifications import Kind, kinds
from gongkai.foundation.notifications.services import notify
from gongkai.ledger.models import Assignment

SHOWN = 20  # assignments listed in one notice

ASSIGNED = kinds.register(Kind("ledger.assigned", _("新任务")))
RETURNED = kinds.register(Kind("ledger.returned", _("任务退回或重新办理")))
CLOSED = kinds.register(Kind("ledger.closed", _("任务办结")))
CHANGED = kinds.register(Kind("ledger.changed", _("任务调整")))
MENTIONED = kinds.register(Kind("ledger.mentioned", _("交流中提到我")))
SUBMITTED = kinds.register(Kind("ledger.submitted", _("任务待审核")))
URGED = kinds.register(Kind("ledger.urged", _("催办"), urgent=True))


@dataclass(frozen=True, slots=True)
class Message:
    """What is said: `title` says what happened, `meaning` more of it, `todo` what to do."""

    kind: Kind
    title: str
    meaning: str = ""
    todo: str = ""


def workers(assignments: Iterable[Assignment]) -> dict[Assignment, list[User]]:
    """Who works on each: the handler while holding a role in the body, else the clerks of the body."""
    staff: dict[int, tuple[list[User], set[int]]] = {}
    found: dict[Assignment, list[User]] = {}
    for assignment in assignments:
        if assignment.body_id not in staff:
            staff[assignment.body_id] = _staff(assignment.body)
        clerks, everybody = staff[assignment.body_id]
        handler = assignment.handler
        found[assignment] = [handler] if handler is not None and handler.pk in everybody else clerks
    return found


def _staff(body: Body) -> tuple[list[User], set[int]]:
    """The clerks of the body, and the ids of everybody who holds a role in it."""
    today = clock.today()
    inside = [role for role in Role if role in BODY_ROLES]
    return list(holders(body, Role.CLERK, on=today)), set(holders(body, *inside, on=today).values_list("pk", flat=True))


def tell_body(assignments: Sequence[Assignment], message: Message) -> None:
    """Tell the workers of each assignment."""
    tell(workers(assignments), message)


def tell(people: Mapping[Assignment, Iterable[User]], message: Message) -> None:
    """Tell each person about all of their assignments in one notice."""
    concerns: dict[User, list[Assignment]] = defaultdict(list)
    for assignment, recipients in people.items():
        for person in recipients:
            concerns[person].append(assignment)
    for person, assignments in concerns.items():
        notify(
            [person],
            message.kind,
            message.title,
            meaning=listing(assignments, message.meaning),
            todo=message.todo,
            link=address(assignments),
            about=assignments[0] if len(assignments) == 1 else None,
        )


def tell_office(assignment: Assignment) -> None:
    """What was handed in waits for the office; once a day for each person there, the list says the rest."""
    today = clock.today()
    body, plan = assignment.body, assignment.plan
    notify(
        holders(body, Role.OFFICE, on=today),
        SUBMITTED,
        gettext("有任务待审核"),
        meaning=gettext("%(body)s提交：%(duty)s") % {"body": body, "duty": assignment.obligation},
        todo=gettext("请审核后办结或退回"),
        link=f"{reverse('ledger_tasks')}?plan={plan.pk}&state=submitted",
        once=f"ledger.submitted:{plan.pk}:{today}",
    )


def listing(assignments: Sequence[Assignment], text: str) -> str:
    """What is said, then the assignments it concerns, one a line."""
    lines = [text] if text else []
    lines += [describe(assignment) for assignment in assignments[:SHOWN]]
    if len(assignments) > SHOWN:
        lines.append(gettext("等共 %s 项任务") % len(assignments))
    return "\n".join(lines)


def describe(assignment: Assignment) -> str:
    """One line: number, duty, due date."""
    due = gettext("，%s 到期") % assignment.due if assignment.due else ""
    return f"{assignment.obligation}{due}"


def address(assignments: Sequence[Assignment]) -> str:
    """Where they are worked on: the page of the one, or the list of my tasks."""
    if len(assignments) == 1:
        return reverse("ledger_assignment", args=[assignments[0].pk])
    return reverse("ledger_my_tasks")
