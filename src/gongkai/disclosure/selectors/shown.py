"""Records as the public sees them: open, and below open columns. Only what is listed asks the gate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, QuerySet

from gongkai.bodies.models import Body
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.reviewables import RECORD
from gongkai.portal.reach import reachable
from gongkai.review import gate
from gongkai.review.choke import has_ended


def public(county: Body, kind: str) -> QuerySet[RecordPage]:
    """What may be public of a kind in a county, newest first; `only_shown` says which of a page of it is."""
    bodies = Body.objects.of_county(county)
    return RecordPage.objects.filter(kind=kind, live=True, body__in=bodies).order_by("-published_on", "-pk")


def counts_by_kind(county: Body) -> dict[str, dict[str, Any]]:
    """By kind how many records may be public, and the newest day."""
    live = RecordPage.objects.filter(live=True, body__in=Body.objects.of_county(county)).order_by()
    counted = live.values("kind").annotate(number=Count("pk"), newest=Max("published_on"))
    return {row["kind"]: dict(row) for row in counted}


def bodies_with(county: Body, kind: str) -> QuerySet[Body]:
    """The bodies that have published records of a kind."""
    return Body.objects.filter(pk__in=public(county, kind).order_by().values("body")).order_by("order", "pk")


def years_with(county: Body, kind: str) -> list[int]:
    """The years in which records of a kind were published, newest first."""
    return [day.year for day in public(county, kind).order_by().dates("published_on", "year", order="DESC")]


def only_shown(records: Iterable[RecordPage]) -> list[RecordPage]:
    """Those that are open now and whose columns all are; as many queries for thirty as for one."""
    listed = list(records)
    wanted = RecordPage.objects.filter(pk__in=[one.pk for one in listed]).select_related("body")
    opened = {one.pk: one for one in gate.open_records(RECORD, wanted) if not has_ended(one)}
    return reachable(opened[one.pk] for one in listed if one.pk in opened)


def chain(record: RecordPage) -> list[RecordPage]:
    """承接: the records before and after it that are public, oldest first, itself among them."""
    before: list[RecordPage] = []
    one = record.follows
    seen = {record.pk}
    while one is not None and one.pk not in seen:
        seen.add(one.pk)
        before.insert(0, one)
        one = one.follows
    after: list[RecordPage] = []
    step = [record]
    while step:
        step = list(RecordPage.objects.filter(follows__in=step).exclude(pk__in=seen).order_by("formed_on", "pk"))
        seen |= {one.pk for one in step}
        after += step
    others = {one.pk for one in only_shown([*before, *after])}
    return [one for one in [*before, record, *after] if one.pk == record.pk or one.pk in others]
