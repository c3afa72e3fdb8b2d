"""How far what is owed is covered by what is public: key fields and duties, each with its newest day and its gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from gongkai.bodies.models import Body, BodyQuerySet
from gongkai.channels.models import Column
from gongkai.disclosure.models import Duty, KeyField, KeyFieldPromise, RecordPage

STALE = 365  # days without new content after which a key field has a gap; the product's own


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A key field as it stands: newest content, and what is missing, in words."""

    field: KeyField
    owners: list[Body]
    columns: list[Column]
    newest: date | None
    gaps: list[str]


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty with the day of its newest public content, or of the statement that there is none."""

    duty: Duty
    newest: date | None

    @property
    def is_covered(self) -> bool:
        return self.newest is not None


Newest = dict[tuple[str, int], date]


def _newest(bodies: Iterable[int]) -> Newest:
    """By kind and body the latest day on which a public record is dated."""
    live = RecordPage.objects.filter(live=True, body__in=set(bodies)).order_by()
    rows = live.values_list("kind", "body").annotate(day=Max("published_on"))
    return {(kind, body): day for kind, body, day in rows}


def key_fields(promise: KeyFieldPromise, on: date) -> list[FieldRow]:
    """Every field of a promise; a few queries however many there are."""
    fields = list(promise.fields.prefetch_related("owners", "columns"))
    newest = _newest(owner.pk for field in fields for owner in field.owners.all())
    return [_field_row(field, newest, on) for field in fields]


def _field_row(field: KeyField, newest: Newest, on: date) -> FieldRow:
    owners, columns = list(field.owners.all()), list(field.columns.all())
    days = [newest.get((kind, owner.pk)) for kind in field.kinds for owner in owners]
    latest = max((day for day in [*days, *(one.newest_on for one in columns)] if day), default=None)
    gaps = [] if owners else [_("没有确定责任单位")]
    if not field.kinds and not columns:
        gaps.append(_("没有指定内容种类或者栏目"))
    elif latest is None:
        gaps.append(_("没有公开内容"))
    elif latest < on - timedelta(days=STALE):
        gaps.append(_("一年没有更新"))
    return FieldRow(field, owners, columns, latest, gaps)


def updated(rows: Iterable[FieldRow], year: int) -> list[FieldRow]:
    """The fields with content of that year (通知（40）项)."""
    return [row for row in rows if row.newest is not None and row.newest.year == year]


def duty_rows(duties: QuerySet[Duty]) -> list[DutyRow]:
    """Duties with their newest content; a column that states it has nothing counts from that day."""
    listed = list(duties.select_related("body", "column"))
    newest = _newest(duty.body_id for duty in listed)
    rows = []
    for duty in listed:
        days = [newest.get((duty.kind, duty.body_id)), duty.column.fed_on if duty.column else None]
        rows.append(DutyRow(duty, max((day for day in days if day), default=None)))
    return rows


def duties_of(bodies: BodyQuerySet, body: Body | None = None) -> QuerySet[Duty]:
    """The list of one body, or of all of these, body by body; what does not concern it last."""
    found = Duty.objects.filter(body=body) if body is not None else Duty.objects.filter(body__in=bodies)
    return found.order_by("body__order", "body", "dropped", "pk")


def promise_of(county: Body) -> KeyFieldPromise | None:
    return KeyFieldPromise.objects.filter(county=county).first()


def owners_in(county: Body, on: date) -> BodyQuerySet:
    """The bodies of a county that may answer for a key field."""
    found: BodyQuerySet = Body.objects.of_county(county).active(on).order_by("order", "pk")
    return found


def columns_of(bodies: Iterable[Body] | BodyQuerySet) -> QuerySet[Column]:
    """Columns in use of these bodies."""
    return Column.objects.filter(owner__in=bodies, active=True).select_related("site", "owner")


def standing_duties(body_id: int | None) -> QuerySet[Duty]:
    """Duties that count: all but those that do not concern their body."""
    duties = Duty.objects.filter(dropped=False)
    return duties if body_id is None else duties.filter(body=body_id)


def expired_mechanisms(on: date) -> QuerySet[RecordPage]:
    """Public mechanism documents whose validity is over and that no later one replaces."""
    stored = RecordPage.objects.filter(kind="mechanism", live=True, fields__until__lt=str(on))
    return stored.filter(~Q(followed_by__live=True)).distinct()
