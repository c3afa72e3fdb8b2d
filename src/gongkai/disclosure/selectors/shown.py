"""Records as the public sees them: open, and below open columns. Only what is listed asks the gate."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.models import Page

from gongkai.bodies.models import Body
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.reviewables import RECORD
from gongkai.portal.models import ColumnPage
from gongkai.portal.reviewables import COLUMN
from gongkai.review import gate
from gongkai.review.choke import has_ended


def public(county: Body, kind: str) -> QuerySet[RecordPage]:
    """What may be public of a kind in a county, newest first; `only_shown` says which of a page of it is."""
    bodies = Body.objects.of_county(county)
    return RecordPage.objects.filter(kind=kind, live=True, body__in=bodies).order_by("-published_on", "-pk")


def only_shown(records: Iterable[RecordPage]) -> list[RecordPage]:
    """Those that are open now and whose columns all are; as many queries for thirty as for one."""
    listed = list(records)
    wanted = RecordPage.objects.filter(pk__in=[one.pk for one in listed]).select_related("body")
    opened = {one.pk: one for one in gate.open_records(RECORD, wanted) if not has_ended(one)}
    found = [opened[one.pk] for one in listed if one.pk in opened]
    closed = _closed_columns(found)
    return [one for one in found if not any(path in closed for path in _above(one))]


def _above(page: Page) -> list[str]:
    """The paths of the pages above, nearest last."""
    return [page.path[: page.steplen * depth] for depth in range(1, page.depth)]


def _closed_columns(records: Iterable[RecordPage]) -> set[str]:
    """Paths of the columns above that are not public."""
    paths = {path for record in records for path in _above(record)}
    columns = ColumnPage.objects.filter(path__in=paths)
    known = set(columns.values_list("path", flat=True))
    return known - {one.path for one in gate.open_records(COLUMN, columns.live()) if not has_ended(one)}


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
