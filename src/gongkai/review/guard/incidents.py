"""Reading the register of incidents: what a person may see of it, and what runs against the clock."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from gongkai.foundation import clock
from gongkai.foundation.access import Rights, Role
from gongkai.review.models import Incident

OVERSEERS = (Role.SECRECY_ADMIN, Role.OFFICE, Role.AUDITOR)
# Before the end of the 24 hours; the latest that has begun counts.
_STAGES = ((timedelta(hours=12), "half"), (timedelta(hours=4), "four"), (timedelta(hours=1), "last"))


def incidents_for(rights: Rights) -> QuerySet[Incident]:
    """The county's overseers see all of it, what came from the public too; secrecy reviewers that of their bodies."""
    incidents = Incident.objects.select_related("actor", "body", "release", "reported_by", "closed_by")
    reached = rights.bodies(*OVERSEERS, Role.SECRECY_REVIEWER)
    if reached is None:
        return incidents
    of_nobody = Q(body=None) if rights.holds(OVERSEERS) else Q(pk__in=[])
    return incidents.filter(Q(body_id__in=reached) | of_nobody)


def unreported() -> QuerySet[Incident]:
    """What was public and is not reported yet."""
    rows = Incident.objects.filter(report_due__isnull=False, reported_at=None, closed_at=None)
    return rows.select_related("body")


def stage_of(incident: Incident) -> str:
    """The reminder that is due: "" for none, a day of its own for each day that it is late."""
    if incident.report_due is None:
        return ""
    left = incident.report_due - clock.now()
    if left <= timedelta(0):
        return f"late-{clock.today()}"
    return next((name for before, name in reversed(_STAGES) if left <= before), "")
