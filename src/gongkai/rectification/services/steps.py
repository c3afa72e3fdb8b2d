"""The steps that several verbs share: counting the due date anew, closing, opening again."""

from __future__ import annotations

from django.utils.translation import gettext

from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.rectification.deadline import due_of
from gongkai.rectification.models import Case, Exemption, Ruling, State


def recount(case: Case) -> None:
    """The due date from the term, the day it runs from, and the exceptions there are now."""
    case.due = due_of(case, case.exemptions.all())


def count_anew(case: Case, because: str) -> None:
    """The term runs from today; who was told that it was late is to be told again when it is late again."""
    case.counted_from, case.counted_because = clock.today(), because
    case.leader_told_on = case.office_told_on = None
    recount(case)


def close(case: Case, verb: str, actor: User | None) -> None:
    """Inside `change`: the case is closed now, and an exception that still runs ends with it."""
    case.state, case.closed_at = State.CLOSED, clock.now()
    end_running(case, verb, actor, gettext("事项已办结"))


def reopen(case: Case) -> None:
    """Inside `change`: a closed case is to be mended again, in a term of its own."""
    case.state, case.closed_at = State.TO_MEND, None
    count_anew(case, gettext("重新打开"))


def rule(case: Case, ruling: Ruling, actor: User | None, because: str) -> None:
    """Inside `change`: the office decides against the check."""
    case.ruling, case.ruled_by, case.ruled_because, case.ruling_ended_on = ruling, actor, because, None


def end_running(case: Case, verb: str, actor: User | None, reason: str) -> None:
    """The exception that still runs ends today; there is none more often than not."""
    today = clock.today()
    for running in Exemption.objects.filter(case=case, until__gt=today):
        with change(running, verb, actor=actor, reason=reason):
            running.until = max(today, running.since)
