"""Drawing the sample so that anybody can draw it again.

Every matching entry is ranked by the SM3 of “seed:number of the entry” as UTF-8, the smallest first; the sample is the
first `size` of them. It depends on nothing but seed, size and the numbers: no program, version or order of rows.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from django.db.models import QuerySet

from gongkai.bodies.models import Body
from gongkai.review.digests import sm3
from gongkai.review.models import Disposal, Inspection, Method, Release, State

NEVER_SIGNED = (State.WAITING, State.STOPPED, State.RETURNED)


def draw(ids: Iterable[int], seed: str, size: int) -> list[int]:
    """The numbers of the sample, ascending; all of them when there are no more than `size`."""
    return sorted(heapq.nsmallest(size, ids, key=lambda number: sm3(f"{seed}:{number}")))


def population(inspection: Inspection) -> QuerySet[Release]:
    """What was signed in the county within the period, whatever became of it since."""
    signed = Release.objects.filter(decided_at__isnull=False).exclude(state__in=NEVER_SIGNED)
    return signed.filter(
        body__in=Body.objects.of_county(inspection.county).order_by(),
        decided_at__date__gte=inspection.scope_from,
        decided_at__date__lte=inspection.scope_to,
    ).order_by("pk")


def matching(inspection: Inspection, bodies: Iterable[Body] = ()) -> QuerySet[Release]:
    """Those of the population that the method is about; `bodies` as chosen for “指定单位”."""
    whole = population(inspection)
    match Method(inspection.method):
        case Method.RANDOM:
            return whole
        case Method.KEPT:
            kept = Release.objects.filter(findings__disposal__in=[Disposal.KEEP, Disposal.NOT_APPLICABLE])
            return whole.filter(pk__in=kept.order_by().values("pk"))
        case Method.URGENT:
            return whole.filter(urgent=True)
        case Method.BODIES:
            return whole.filter(body__in=list(bodies))
        case Method.ATTRIBUTE:
            return whole.filter(attribute=inspection.attribute)
