"""What the gate does by itself: ending postings, reminding of steps that wait too long."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from gongkai.foundation import clock
from gongkai.foundation.schedules import Every, job
from gongkai.review.models import Release, State, Step
from gongkai.review.services import expire
from gongkai.review.telling import remind


@job("review.expire", _("公示期满下线"), every=Every.HOUR)
def end_postings(day: date) -> int:
    over = Release.objects.filter(state=State.APPROVED, show_until__lt=clock.today())
    for release in over:
        expire(None, release)
    return len(over)


@job("review.remind", _("催办超过时限的审查"), every=Every.HOUR)
def remind_of_steps(day: date) -> int:
    late = Step.objects.filter(outcome="", due_at__lt=clock.now(), release__state=State.WAITING)
    rows = late.select_related("release__body", "reviewer_body")
    for step in rows:
        remind(step)
    return len(rows)
