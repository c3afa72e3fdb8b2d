"""What the gate does by itself: ending postings, reminding of steps that wait too long."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body, Kind
from gongkai.foundation import clock
from gongkai.foundation.schedules import Every, job
from gongkai.review.guard.incidents import stage_of, unreported
from gongkai.review.guard.telling import remind as remind_of_incident
from gongkai.review.models import Release, Rescreening, RunState, State, Step
from gongkai.review.posting import is_over
from gongkai.review.rescreening.selectors import is_needed
from gongkai.review.services import begin_rescreening, expire, hold_overdue, resume_rescreening, verify_register
from gongkai.review.services.rescreening import STANDS
from gongkai.review.telling import remind


@job("review.expire", _("公示期满下线"), every=Every.HOUR)
def end_postings(day: date) -> int:
    last_day = Release.objects.filter(state=State.APPROVED, show_until__lte=clock.today())
    over = [release for release in last_day if is_over(release, release.subject)]
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


@job("review.remind_incidents", _("催办泄密隐患报告"), every=Every.HOUR)
def remind_of_incidents(day: date) -> int:
    """At half of the 24 hours, four hours before their end, one hour before it, and every day after it."""
    rows = [(incident, stage) for incident in unreported() if (stage := stage_of(incident))]
    for incident, stage in rows:
        remind_of_incident(incident, stage)
    return len(rows)


@job("review.verify_register", _("核验保密审查登记簿"), every=Every.DAY, at=time(2, 30))
def verify(day: date) -> int:
    return verify_register(None).count


@job("review.rescreen", _("规则或词表变化后复筛已公开内容"), every=Every.DAY, at=time(2, 0))
def rescreen_when_rules_changed(day: date) -> int:
    counties = [county for county in Body.objects.filter(kind=Kind.COUNTY) if is_needed(county)]
    for county in counties:
        if not Rescreening.objects.filter(county=county, state=RunState.RUNNING).exists():
            begin_rescreening(None, county)
    return len(counties)


@job("review.rescreen_resume", _("继续中断的复筛"), every=Every.HOUR, at=time(0, 20))
def resume_broken(day: date) -> int:
    broken = Rescreening.objects.filter(state=RunState.RUNNING, touched_at__lt=clock.now() - STANDS)
    for run in broken:
        resume_rescreening(None, run)
    return len(broken)


@job("review.recalls", _("复筛发现逾期未处理的暂停公开"), every=Every.DAY, at=time(0, 10))
def hold_undecided(day: date) -> int:
    return hold_overdue()
