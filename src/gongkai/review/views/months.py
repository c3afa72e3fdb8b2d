"""月度汇总: a chart of the year's months and the table of bodies, every number a link to what it counts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from gongkai.foundation import clock
from gongkai.foundation.access import rights_of
from gongkai.foundation.charts import Bar, Segment, bars, on_screens
from gongkai.foundation.input import number
from gongkai.foundation.screens import Screen
from gongkai.review.register.months import MONTHS, Row, months_of, span_of, years_of
from gongkai.review.selectors import register

GREEN, AMBER, GREY = "#1b6b3a", "#8a5a00", "#8c959f"


class MonthsView(Screen, TemplateView):
    template_name = "review/months.html"
    page_title = gettext_lazy("保密审查月度汇总")
    header_icon = "calendar"

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("review_register"), _("保密审查登记"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        releases = register(rights_of(self.request.user))
        years = years_of(releases) or [clock.today().year]
        asked = number(self.request.GET.get("year"))
        year = asked if asked in years else years[0]
        rows, whole = months_of(releases, year)
        return super().get_context_data(
            year=year,
            years=years,
            months=list(MONTHS),
            table=[_cells(row, year) for row in [*rows, whole]] if rows else [],
            chart=_chart(whole, year) if rows else "",
            **kwargs,
        )


def _cells(row: Row, year: int) -> dict[str, Any]:
    cells = [(month, row.months[month].total, _link(row, year, month, month)) for month in MONTHS]
    link = _link(row, year, 1, 12)
    name = row.body.label if row.body else _("合计")
    return {"name": name, "cells": cells, "whole": row.whole, "link": link, "is_sum": row.body is None}


def _link(row: Row, year: int, first: int, last: int) -> str:
    asked = {"requested_at_from": span_of(year, first)[0], "requested_at_to": span_of(year, last)[1]}
    query = asked | ({"body": row.body.pk} if row.body else {})
    return f"{reverse('review_register')}?{urlencode(query)}"


def _chart(whole: Row, year: int) -> str:
    drawn = []
    for month in MONTHS:
        counted = whole.months[month]
        parts = [
            Segment(counted.signed, _("已签发"), GREEN),
            Segment(counted.sent_back, _("退回或未通过机器审查"), AMBER),
            Segment(counted.rest, _("其他"), GREY),
        ]
        words = {"total": counted.total, "signed": counted.signed, "back": counted.sent_back}
        value = _("%(total)d（签发 %(signed)d）") % words
        drawn.append(Bar(_("%d 月") % month, parts, value, _link(whole, year, month, month)))
    return on_screens(bars, _("%d 年各月报送审查件数") % year, drawn)
