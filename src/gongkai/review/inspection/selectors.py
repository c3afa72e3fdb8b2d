"""Reading inspections: whose they are to see, how far they are, what they found by kind and by body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gongkai.bodies.models import Body
from gongkai.foundation.access import Rights, Role
from gongkai.review.models import Inspection, InspectionEntry, InspectionState, Judgement, ProblemKind

READERS = (Role.SECRECY_ADMIN, Role.OFFICE, Role.AUDITOR)

_OF = {
    "judged": ~Q(entries__judgement=Judgement.UNJUDGED),
    "problems": Q(entries__judgement=Judgement.PROBLEM),
    "mended": Q(entries__judgement=Judgement.PROBLEM, entries__mended_at__isnull=False),
}


def inspections_for(rights: Rights) -> QuerySet[Inspection]:
    """Those of the person's counties, each with the numbers of its entries: sampled, judged, problems, mended."""
    rows = Inspection.objects.select_related("county", "begun_by", "ended_by")
    reached = rights.bodies(*READERS)
    rows = rows if reached is None else rows.filter(county__in=reached)
    counts = {name: Count("entries", filter=condition & Q(entries__isnull=False)) for name, condition in _OF.items()}
    return rows.annotate(sampled=Count("entries"), **counts)


def counties_for(rights: Rights, *roles: Role) -> QuerySet[Body]:
    """The counties in which the person holds one of these roles."""
    bodies = Body.objects.reached(rights.bodies(*roles))
    return Body.objects.filter(pk__in=bodies.county_ids()).order_by("order", "pk")


def closed_in(year: int, county_id: int | None) -> QuerySet[Inspection]:
    """The inspections of the year that were carried through; of one county or of all."""
    rows = Inspection.objects.filter(year=year, state=InspectionState.CLOSED)
    return rows if county_id is None else rows.filter(county=county_id)


def not_inspected(rights: Rights, year: int) -> list[Body]:
    """The person's counties whose special inspection of the year is not finished."""
    return [county for county in counties_for(rights, *READERS) if not closed_in(year, county.pk).exists()]


def entries_to_judge(rights: Rights) -> int:
    """How many entries wait for a judgement in the person's counties."""
    waiting = InspectionEntry.objects.filter(
        judgement=Judgement.UNJUDGED, inspection__in=inspections_for(rights).filter(state=InspectionState.OPEN)
    )
    return waiting.order_by().count()


def entries_of(inspection: Inspection) -> QuerySet[InspectionEntry]:
    release = ("release", "release__body", "release__requested_by", "release__decided_by")
    return inspection.entries.select_related("inspection", "judged_by", "mended_by", *release)


@dataclass(frozen=True, slots=True)
class Counted:
    """One line of a table of the report: how many were inspected, and in how many something was wrong."""

    label: str
    sampled: int
    problems: int
    mended: int


def by_kind(entries: Iterable[InspectionEntry]) -> list[Counted]:
    """The problems by kind, the most frequent first."""
    rows = list(entries)
    found = [
        Counted(
            str(kind.label),
            0,
            sum(one.problem == kind for one in rows),
            sum(one.problem == kind and one.mended_at is not None for one in rows),
        )
        for kind in ProblemKind
    ]
    return sorted((row for row in found if row.problems), key=lambda row: -row.problems)


def by_body(entries: Iterable[InspectionEntry]) -> list[Counted]:
    """What was inspected of each body, those with most problems first."""
    rows: dict[str, list[InspectionEntry]] = {}
    for entry in entries:
        rows.setdefault(entry.release.body.label, []).append(entry)
    found = [
        Counted(
            body,
            len(of),
            sum(one.judgement == Judgement.PROBLEM for one in of),
            sum(one.mended_at is not None for one in of),
        )
        for body, of in rows.items()
    ]
    return sorted(found, key=lambda row: (-row.problems, row.label))
