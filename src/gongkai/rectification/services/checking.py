"""复核: running the source's check again for one case, and what follows from its verdict."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext

from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.masking import masked
from gongkai.foundation.registries import rectification_sources
from gongkai.rectification.models import Case, Ruling, State
from gongkai.rectification.services import guards, steps
from gongkai.rectification.services.telling import tell_changed

logger = logging.getLogger("gongkai.rectification")


@dataclass(frozen=True, slots=True)
class Verdict:
    """mended: None when the check could not look; words: what it looked at, or why it could not."""

    mended: bool | None
    words: str


def look(case: Case) -> Verdict:
    """Run the check of the case's source, outside of any transaction: it may take as long as a web site does."""
    if case.source not in rectification_sources:
        return Verdict(None, gettext("这一来源已停用，系统不能复核；由政务公开办认定"))
    try:
        seen = rectification_sources.get(case.source).recheck(case.reference)
    except Exception as error:  # whatever a source's check raises, the case must not be lost
        logger.error("recheck of %s %s failed: %s", case.source, case.pk, traced(error))
        return Verdict(None, gettext("复核未能完成（%s），系统每天重试") % type(error).__name__)
    return Verdict(seen.mended, masked(seen.looked_at))


def traced(error: Exception) -> str:
    """The trace of an error for the log, in which numbers of persons are masked: a page's text may stand in it."""
    return masked("".join(traceback.format_exception(error)))


def settle(case: Case, verdict: Verdict, verb: str, actor: User | None) -> Case:
    """Write the verdict down: mended closes, not mended goes back to the body, no verdict leaves it where it is.

    What the office ruled not mended is closed by the office alone.
    """
    with transaction.atomic():
        case = guards.locked(case)
        if case.state == State.CLOSED:
            return case  # somebody was quicker
        with change(case, verb, actor=actor, reason=verdict.words):
            case.checked_at, case.check_mended, case.check_words = clock.now(), verdict.mended, verdict.words
            if verdict.mended and case.ruling != Ruling.STANDING:
                steps.close(case, verb, actor)
            elif verdict.mended is False and case.state == State.TO_CHECK and case.ruling != Ruling.STANDING:
                case.state = State.TO_MEND
    return case


def look_again(case: Case, verb: str) -> Verdict:
    """By the clock: as `settle`, but a verdict that is the same as yesterday's only moves the time it was given."""
    verdict = look(case)
    waits = case.state == State.TO_CHECK and verdict.mended is not None
    if verdict.mended or waits or (verdict.mended, verdict.words) != (case.check_mended, case.check_words):
        settled = settle(case, verdict, verb, None)
        if waits and settled.state == State.TO_MEND:  # who reported it is not there to read the verdict
            tell_changed(settled, gettext("复核未通过，请继续整改"), verdict.words)
    else:
        Case.objects.filter(pk=case.pk).update(checked_at=clock.now())
    return verdict
