"""Indicators about rectification: how much was mended in time, how much is late."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import Indicator, Reading, indicators
from gongkai.rectification.models import Case, CaseQuerySet, State

SHOWN = 50  # records listed beside a number


def mended_in_time(body_id: int | None, on: date) -> Reading:
    """Of the cases that were closed by the end of the day or should have been: those closed on or before their due day.

    The records are those that were not.
    """
    midnight = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    known = _of(body_id).filter(found_at__lt=midnight).annotate(closed_on=TruncDate("closed_at"))
    closed = Q(closed_at__lt=midnight)
    judged = known.filter(closed | (Q(due__lt=on) & ~Q(state=State.EXCEPTED)))
    whole = judged.count()
    in_time = judged.filter(closed, closed_on__lte=F("due")).count()
    late = judged.exclude(closed & Q(closed_on__lte=F("due")))
    return Reading(in_time / whole * 100 if whole else None, in_time, whole, _looked_at(on), _records(late))


def overdue_count(body_id: int | None, on: date) -> Reading:
    """Cases past their due date, neither closed nor excepted, as they stand now."""
    late = _of(body_id).overdue(on)
    number = late.count()
    return Reading(number, number, _of(body_id).unclosed().count(), _looked_at(on), _records(late))


def _of(body_id: int | None) -> CaseQuerySet:
    return Case.objects.of_bodies(None if body_id is None else frozenset({body_id}))


def _looked_at(on: date) -> str:
    return str(_("整改事项，截至 %s") % on)


def _records(cases: CaseQuerySet) -> list[tuple[str, str]]:
    rows = cases.select_related("body").order_by("due", "pk")[:SHOWN]
    return [(str(case), reverse("rectification_case", args=[case.pk])) for case in rows]


indicators.register(
    Indicator("rectification.in_time", _("按期整改率"), "%", mended_in_time, str(_("整改期限（见各整改事项）")))
)
indicators.register(
    Indicator("rectification.overdue", _("整改逾期数"), str(_("项")), overdue_count, str(_("整改期限（见各整改事项）")))
)
