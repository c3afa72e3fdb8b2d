"""What the office decides: exceptions, against the check, and which body it concerns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.rectification.models import OWED, Case, Exemption, Ruling, State
from gongkai.rectification.services import guards, steps
from gongkai.rectification.services.telling import tell_changed

LONGEST_EXCEPTION = timedelta(days=366)  # what lasts longer is decided anew each year


@verb("rectification.except_until", _("列为例外"), Role.OFFICE, body="case.body_id")
def except_until(actor: User | None, case: Case, until: date, reason: str) -> Case:
    """The body need not mend it up to and including `until`; the days do not count. Then it is open again."""
    reason, today = guards.demand_masked(reason, gettext("例外理由")), clock.today()
    if until <= today:
        raise ValidationError({"until": gettext("截止日期须在今天以后")}, code="past")
    if until > today + LONGEST_EXCEPTION:
        raise ValidationError({"until": gettext("例外一次不超过一年，到期后可以再定")}, code="too-long")
    case = guards.locked(case)
    guards.demand_state(case, *OWED)
    exemption = Exemption(case=case, since=today, until=until, reason=reason, by=cast(User, actor))
    with change(case, "rectification.except_until", actor=actor, reason=reason):
        with change(exemption, "rectification.except_until", actor=actor, reason=reason):
            pass
        case.state = State.EXCEPTED
        steps.recount(case)
    return case


@verb("rectification.end_exception", _("提前结束例外"), Role.OFFICE, body="case.body_id")
def end_exception(actor: User | None, case: Case, reason: str) -> Case:
    """It is to be mended again from tomorrow's count on."""
    reason, case = guards.demand_masked(reason, gettext("理由")), guards.locked(case)
    guards.demand_state(case, State.EXCEPTED)
    _open_again(case, "rectification.end_exception", actor, reason)
    return case


@verb("rectification.expire_exceptions", _("例外到期"), system=True)
def expire_exceptions(actor: User | None, day: date) -> int:
    """The exceptions whose last day lies before `day`; how many cases are open again."""
    running = Exemption.objects.filter(until__gte=day).values("case")
    ended = Case.objects.filter(state=State.EXCEPTED).exclude(pk__in=running).order_by("pk")
    for case in list(ended):
        _open_again(guards.locked(case), "rectification.expire_exceptions", actor, gettext("例外期限届满"))
    return len(ended)


@verb("rectification.overrule", _("人工认定"), Role.OFFICE, body="case.body_id")
def overrule(actor: User | None, case: Case, mended: bool, reason: str) -> Case:
    """Decide against the check, or where it cannot look: close (`mended`), or send back and open again.

    Closed by ruling, it stays closed although the check goes on finding it; opened by ruling, no check closes it.
    """
    reason, case = guards.demand_masked(reason, gettext("认定理由")), guards.locked(case)
    with change(case, "rectification.overrule", actor=actor, reason=reason):
        if mended:
            guards.demand_state(case, *OWED, State.EXCEPTED)
            steps.close(case, "rectification.overrule", actor)
        elif case.state == State.CLOSED:
            _demand_newest(case)
            steps.reopen(case)
        else:
            guards.demand_state(case, State.TO_CHECK)
            case.state = State.TO_MEND
        steps.rule(case, Ruling.MENDED if mended else Ruling.STANDING, actor, reason)
    if not mended:
        tell_changed(case, gettext("政务公开办认定未整改"), reason)
    return case


@verb("rectification.reassign", _("改派单位"), Role.OFFICE, body="case.body_id")
def reassign(actor: User | None, case: Case, body: Body, reason: str) -> Case:
    """It concerns another body, whose term begins today."""
    reason, case = guards.demand_masked(reason, gettext("改派理由")), guards.locked(case)
    guards.demand_state(case, *OWED, State.EXCEPTED)
    guards.demand_right(actor, "rectification.reassign", body.pk)
    guards.demand_body(case, body)
    with change(case, "rectification.reassign", actor=actor, reason=reason):
        case.body = body
        if case.state == State.TO_CHECK:
            case.state = State.TO_MEND
        steps.count_anew(case, gettext("改派单位"))
    tell_changed(case, gettext("有整改事项改派到本单位"), reason)
    return case


def _open_again(case: Case, verb_key: str, actor: User | None, reason: str) -> None:
    with change(case, verb_key, actor=actor, reason=reason):
        steps.end_running(case, verb_key, actor, reason)
        case.state = State.TO_MEND
        steps.recount(case)
    tell_changed(case, gettext("例外已结束，请继续整改"), reason)


def _demand_newest(case: Case) -> None:
    """Of the cases of one problem only the newest can be opened again."""
    newer = Case.objects.filter(source=case.source, reference=case.reference, pk__gt=case.pk).order_by("-pk").first()
    if newer is not None:
        message = gettext("同一问题已另立整改事项（第 %s 次发现），请在该事项中办理") % newer.times
        raise ValidationError(message, code="newer")
