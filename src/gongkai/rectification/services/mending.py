"""What the body does: report that it is mended, and have the check look."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.rectification.models import Case, State
from gongkai.rectification.services import guards
from gongkai.rectification.services.checking import look, settle


@verb("rectification.report_mended", _("报告已整改"), Role.CLERK, body="case.body_id", atomic=False)
def report_mended(actor: User | None, case: Case, note: str) -> Case:
    """The body says it is mended; the check looks at once and closes the case or sends it back with its words.

    While the check cannot look, the case waits (待复核) and the daily look tries again.
    """
    note = guards.demand_masked(note, gettext("整改情况"))
    with transaction.atomic():
        case = guards.locked(case)
        guards.demand_right(actor, "rectification.report_mended", case.body_id)
        guards.demand_state(case, State.TO_MEND)
        with change(case, "rectification.report_mended", actor=actor, reason=note):
            case.state = State.TO_CHECK
            case.mended_by, case.mended_at, case.mended_note = actor, clock.now(), note
    return settle(case, look(case), "rectification.recheck", None)


@verb("rectification.recheck", _("复核"), Role.CLERK, Role.OFFICE, body="case.body_id", atomic=False)
def recheck(actor: User | None, case: Case) -> Case:
    """Have the check look now, whatever was reported."""
    case.refresh_from_db()
    if case.state == State.CLOSED:
        raise ValidationError(gettext("“%s”已办结，不需要复核") % case.title, code="wrong-state")
    return settle(case, look(case), "rectification.recheck", actor)
