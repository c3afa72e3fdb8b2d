"""Readings of a kind over time: one picture for each place and thing that is measured, the limit in its title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongkai.disclosure.declaring import Kind
from gongkai.disclosure.limits import Limit, limits_for
from gongkai.disclosure.models import RecordPage
from gongkai.foundation.charts import Mark, Point, on_screens, trend

MOST = 12  # pictures on a page
RECENT = 60  # records drawn


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture and the same numbers as rows."""

    name: str
    title: str
    picture: SafeString
    rows: list[tuple[date, float, bool]]


def figures(kind: Kind, records: Sequence[RecordPage]) -> list[Figure]:
    """The pictures of a kind that has readings, of the newest `RECENT` records."""
    chart = kind.chart
    if chart is None:
        return []
    series: dict[str, list[Point]] = defaultdict(list)
    known: dict[str, Limit | None] = {}
    for record in sorted(records, key=lambda one: (one.formed_on or date.min, one.pk)):
        table = limits_for(kind, record.fields)
        for row in record.fields.get(chart.table) or []:
            limit = table.of(row) if table is not None else None
            if record.formed_on is not None and row.get(chart.name) and row.get(chart.value):
                name = f"{record.fields.get(chart.place, '')} {limit.name if limit else row[chart.name]}".strip()
                series[name].append(Point(record.formed_on, float(row[chart.value])))
                known[name] = limit
    return [_figure(name, points, known[name]) for name, points in list(series.items())[:MOST]]


def _figure(name: str, points: list[Point], limit: Limit | None) -> Figure:
    rows = [(point.day, point.value, limit is not None and not limit.holds_number(point.value)) for point in points]
    beyond = sum(wrong for _day, _value, wrong in rows)
    words = {"name": name, "count": len(points), "limit": limit, "beyond": beyond, "unit": limit.unit if limit else ""}
    title = (
        _("%(name)s：%(count)d次监测，均在限值%(limit)s%(unit)s内") % words
        if limit is not None and not beyond
        else _("%(name)s：%(count)d次监测，%(beyond)d次超过限值%(limit)s%(unit)s") % words
        if limit is not None
        else _("%(name)s：%(count)d次监测") % words
    )
    return Figure(name, title, on_screens(trend, title, points, unit="", marks=_marks(limit)), rows)


def _marks(limit: Limit | None) -> list[Mark]:
    if limit is None:
        return []
    return [
        Mark(float(value), _("限值%(limit)s") % {"limit": value}, lambda one: not limit.holds_number(one))
        for value in (limit.least, limit.most)
        if value is not None
    ]
