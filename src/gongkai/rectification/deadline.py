"""The deadline of a case: so many working days after it was found, without the days of its exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from gongkai.core.workdays import Clock, Pause, Restart, Term
from gongkai.rectification.models import Case, Exemption


def default_term() -> tuple[int, str]:
    """The working days given when the source's rule gives none, and where they come from."""
    return settings.GONGKAI_MEND_DAYS, gettext("系统默认值，由系统管理员设置")


def clock_of(case: Case, exemptions: Iterable[Exemption]) -> Clock:
    """The clock of the case: it starts on the day it was found, and anew with another body or when it is reopened."""
    found = found_on(case)
    restarts = (Restart(case.counted_from, case.counted_because),) if case.counted_from > found else ()
    pauses = tuple(Pause(one.since, one.until, gettext("列为例外")) for one in exemptions)
    return Clock(Term.working_days(case.days), found, pauses=pauses, restarts=restarts)


def due_of(case: Case, exemptions: Iterable[Exemption] = ()) -> date:
    """The last day on which it is in time; every exception has an end, so there always is one."""
    return cast(date, clock_of(case, exemptions).due)


def found_on(case: Case) -> date:
    """The day on which it was found, in the county's time."""
    return timezone.localdate(case.found_at)
