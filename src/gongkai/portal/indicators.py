"""What the ledger may count of the portal: columns that are blank or not fed in time."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.channels.models import Column, ColumnQuerySet
from gongkai.foundation.registries import Indicator, Reading, indicators

SHOWN = 50  # records listed beside a number
BASIS = str(_("国办秘函〔2019〕19号检查指标：空白栏目、栏目不更新"))


def _of(body_id: int | None) -> ColumnQuerySet:
    columns = Column.objects.watched()
    return columns if body_id is None else columns.filter(owner_id=body_id)


def blank(body_id: int | None, on: date) -> Reading:
    """Columns in use that hold nothing and were not stated to have nothing."""
    return _read(_of(body_id).blank(), _of(body_id), on)


def stale(body_id: int | None, on: date) -> Reading:
    """Columns past the last day on which they had to be fed."""
    return _read(_of(body_id).stale(on), _of(body_id), on)


def in_time(body_id: int | None, on: date) -> Reading:
    """Percent of the columns with an update rule that hold something and are not stale."""
    ruled = _of(body_id).exclude(max_days=None)
    whole = ruled.count()
    good = ruled.filter(due_on__gte=on).count()
    late = ruled.exclude(due_on__gte=on)
    return Reading(good / whole * 100 if whole else None, good, whole, _looked_at(on), _records(late))


def _read(found: ColumnQuerySet, whole: ColumnQuerySet, on: date) -> Reading:
    number = found.count()
    return Reading(number, number, whole.count(), _looked_at(on), _records(found))


def _looked_at(on: date) -> str:
    return str(_("门户在用栏目的最近更新日期，截至 %s") % on)


def _records(columns: ColumnQuerySet) -> list[tuple[str, str]]:
    rows = columns.select_related("site", "owner").order_by("owner_id", "pk")[:SHOWN]
    return [(f"{one.owner.label} · {one.name}", one.url) for one in rows]


UNIT = str(_("个"))
indicators.register(
    Indicator("portal.blank_columns", _("空白栏目数"), UNIT, blank, BASIS, address=lambda: reverse("portal_duty"))
)
indicators.register(
    Indicator("portal.stale_columns", _("更新不及时栏目数"), UNIT, stale, BASIS, address=lambda: reverse("portal_duty"))
)
indicators.register(
    Indicator("portal.fed_in_time", _("栏目更新及时率"), "%", in_time, BASIS, address=lambda: reverse("portal_duty"))
)
