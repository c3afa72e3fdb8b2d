"""Records as those who work on them see them."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from gongkai.bodies.models import Body
from gongkai.disclosure.declaring import Kind
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.states import CLOSED, IN_TIME, LATE, PENDING
from gongkai.foundation.access import STAFF, Rights, Role
from gongkai.foundation.looks import OVERDUE, Look
from gongkai.portal.models import ColumnPage, SectionPage

WORKING = tuple(role for role in STAFF if isinstance(role, Role))


def records_for(rights: Rights) -> QuerySet[RecordPage]:
    """Every record of the bodies that the person reaches."""
    bodies = rights.bodies(*WORKING)
    return RecordPage.objects.all() if bodies is None else RecordPage.objects.filter(body__in=bodies)


def bodies_of(records: QuerySet[RecordPage]) -> QuerySet[Body]:
    """The bodies that these records belong to."""
    return Body.objects.filter(pk__in=records.order_by().values("body"))


def with_followed(records: QuerySet[RecordPage]) -> QuerySet[RecordPage]:
    """`is_followed` of each: whether another record, public or not, goes on from it."""
    followed = Exists(RecordPage.objects.filter(follows=OuterRef("pk")))
    return records.select_related("body").annotate(is_followed=followed)


def late(records: QuerySet[RecordPage], on: date) -> QuerySet[RecordPage]:
    """Formed, past its day, and never public (《条例》第二十六条)."""
    return records.filter(first_published_at__isnull=True, due_on__lt=on)


def published_late(records: QuerySet[RecordPage]) -> QuerySet[RecordPage]:
    """Became public only after its day."""
    return records.alias(shown_on=TruncDate("first_published_at")).filter(shown_on__gt=F("due_on"))


def appearing(records: QuerySet[RecordPage], look: Look, on: date) -> QuerySet[RecordPage]:
    """Those that `states.look_of` shows like this."""
    if look is OVERDUE:
        return late(records, on)
    if look is PENDING:
        return records.filter(first_published_at__isnull=True).exclude(due_on__lt=on)
    if look is CLOSED:
        return records.filter(first_published_at__isnull=False, live=False)
    shown = records.filter(live=True, first_published_at__isnull=False)
    tardy = published_late(shown)
    if look is LATE:
        return tardy
    if look is IN_TIME:
        return shown.exclude(pk__in=tardy.values("pk"))
    raise ValueError(look.key)


def search(records: QuerySet[RecordPage], text: str) -> QuerySet[RecordPage]:
    """By words of the title or the index number."""
    text = text.strip()
    return records.filter(Q(title__icontains=text) | Q(index_number__icontains=text)) if text else records


def column_for(body: Body, kind: Kind) -> ColumnPage | None:
    """The column of a body's section into which a kind belongs: that of its first point which the body has."""
    section = SectionPage.objects.filter(body=body).first()
    columns = ColumnPage.objects.descendant_of(section).filter(point__in=kind.points) if section else ()
    found = {column.point: column for column in columns}
    return next((found[point] for point in kind.points if point in found), None)
