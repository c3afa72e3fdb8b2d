"""Reading rescreening: what is gone over, when it is needed, what it found and who decides."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import Rights, Role
from gongkai.review.models import Decision, Recall, Release, Rescreening, RunState, State, WordList
from gongkai.review.rescreening.rules import screener_of, version_of

KEEPERS = (Role.OFFICE, Role.SECRECY_ADMIN)  # of the lists
READERS = (*KEEPERS, Role.AUDITOR)
DECIDERS = (Role.CLERK, Role.REVIEWER, Role.SECRECY_REVIEWER)

WAITING = Q(decision="", release__state=State.APPROVED)
CHANGING = Q(decision=Decision.CHANGE, release__state=State.APPROVED)


def open_releases(county: Body) -> QuerySet[Release]:
    """What is signed for the public in the county, held back or not, in the order in which it is gone over."""
    return Release.objects.filter(state=State.APPROVED, body__in=Body.objects.of_county(county).order_by()).order_by(
        "pk"
    )


def version_for(county: Body) -> str:
    return version_of(screener_of(county.pk, clock.today()))


def is_needed(county: Body) -> bool:
    """Whether rules or lists changed since the last run, or something was signed meanwhile on an older screening."""
    releases = open_releases(county)
    last = Rescreening.objects.filter(county=county, state=RunState.DONE).first()
    version = version_for(county)
    if last is None or last.version != version:
        return releases.exclude(machine=version).exists()
    return releases.filter(decided_at__gte=last.started_at).exclude(machine=version).exists()


def runs_for(rights: Rights) -> QuerySet[Rescreening]:
    reached = rights.bodies(*READERS)
    rows = Rescreening.objects.select_related("county", "started_by")
    return rows if reached is None else rows.filter(county__in=reached)


def lists_for(rights: Rights) -> QuerySet[WordList]:
    reached = rights.bodies(*READERS)
    rows = WordList.objects.select_related("county", "uploaded_by").defer("content")
    return rows if reached is None else rows.filter(county__in=reached)


def recalls_for(rights: Rights) -> QuerySet[Recall]:
    """What was found in the releases of the person's bodies."""
    reached = rights.bodies(*DECIDERS, *READERS, Role.LEADER)
    rows = Recall.objects.select_related("release", "release__body", "decided_by", "run")
    return rows if reached is None else rows.filter(release__body__in=reached)


def recalls_to_decide(rights: Rights) -> QuerySet[Recall]:
    """What waits for a decision by this person or a colleague of the same bodies."""
    reached = rights.bodies(*DECIDERS)
    rows = Recall.objects.filter(WAITING)
    return rows if reached is None else rows.filter(release__body__in=reached)
