"""Telling people what they must mend, and what is late: one notice a person, whatever the number of cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import holders
from gongkai.foundation import clock
from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notifications import Kind, kinds
from gongkai.foundation.notifications.services import notify
from gongkai.rectification.models import Case

SHOWN = 20  # cases listed in one notice

OPENED = kinds.register(Kind("rectification.opened", _("新的整改事项")))
CHANGED = kinds.register(Kind("rectification.changed", _("整改事项调整")))
URGED = kinds.register(Kind("rectification.urged", _("整改催办"), urgent=True))
ESCALATED = kinds.register(Kind("rectification.escalated", _("整改逾期报告")))


def clerks_of(body: Body) -> list[User]:
    return list(holders(body, Role.CLERK, on=clock.today()))


def tell_opened(cases: Iterable[Case]) -> None:
    """Once a day for each body, however much was found: the list says the rest."""
    today = clock.today()
    for body, found in by_body(cases).items():
        notify(
            clerks_of(body),
            OPENED,
            gettext("%(body)s有新的整改事项") % {"body": body},
            meaning=listing(found),
            todo=gettext("请整改后报告，系统随即复核"),
            link=address(found),
            once=f"rectification.opened:{body.pk}:{today}",
        )


def tell_changed(case: Case, title: str, meaning: str = "") -> None:
    """The clerks of the body, of one case."""
    notify(
        clerks_of(case.body),
        CHANGED,
        title,
        meaning="\n".join(part for part in (meaning, describe(case)) if part),
        todo=gettext("请按期整改"),
        link=address([case]),
        about=case,
    )


def tell_urged(person: User, cases: Sequence[Case], note: str) -> None:
    notify(
        [person],
        URGED,
        gettext("政务公开办催办：请尽快整改下列问题"),
        meaning="\n".join([note, listing(cases)] if note else [listing(cases)]),
        todo=gettext("请整改后报告，系统随即复核"),
        link=address(cases),
    )


def tell_escalated(people: Iterable[User], cases: Sequence[Case], title: str, once: str) -> None:
    notify(
        people,
        ESCALATED,
        title,
        meaning=listing(cases),
        todo=gettext("请督促责任单位整改"),
        link=f"{reverse('rectification_cases')}?overdue=yes" if len(cases) > 1 else address(cases),
        once=once,
    )


def by_body(cases: Iterable[Case]) -> dict[Body, list[Case]]:
    found: dict[Body, list[Case]] = defaultdict(list)
    for case in cases:
        found[case.body].append(case)
    return found


def listing(cases: Sequence[Case]) -> str:
    """The cases, one a line, and how many there are when they are many."""
    lines = [describe(case) for case in cases[:SHOWN]]
    if len(cases) > SHOWN:
        lines.append(gettext("等共 %s 项") % len(cases))
    return "\n".join(lines)


def describe(case: Case) -> str:
    return gettext("%(case)s，%(due)s 到期") % {"case": case, "due": case.due}


def address(cases: Sequence[Case]) -> str:
    """The page of the one, or the list of my bodies' cases."""
    if len(cases) == 1:
        return reverse("rectification_case", args=[cases[0].pk])
    return reverse("rectification_mine")
