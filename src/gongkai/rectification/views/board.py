"""整改看板: bodies × states, who has most to mend, and how the looks at the sources went."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from gongkai.foundation import clock
from gongkai.foundation.access import COUNTY_ROLES, rights_of
from gongkai.foundation.charts import Bar, Segment, bars, on_screens
from gongkai.foundation.looks import ACCEPTED, OVERDUE
from gongkai.foundation.screens import Screen
from gongkai.rectification.selectors import Row, Totals, board, cases_for, standings
from gongkai.rectification.states import ALL
from gongkai.rectification.views.filtering import address, asking

PAGE = 30  # bodies
CHARTED = 10  # bodies in the chart
OPEN = tuple(look for look in ALL if look is not ACCEPTED)


class BoardView(Screen, TemplateView):
    template_name = "rectification/board.html"
    page_title = gettext_lazy("整改看板")
    header_icon = "table"

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("rectification_cases"), _("整改事项"))]

    @cached_property
    def rows(self) -> list[Row]:
        return board(cases_for(rights_of(self.request.user)), clock.today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.rows, PAGE).get_page(self.request.GET.get("page"))
        whole = Totals()
        for row in self.rows:
            whole.take(row.totals)
        behind = [row for row in self.rows if row.totals.unclosed][:CHARTED]
        title = chart_title(behind)
        return super().get_context_data(
            page=page,
            looks=ALL,
            lines=[{"body": row.body, **line(row.totals, {"body": row.body.pk})} for row in page.object_list],
            whole=line(whole, {}),
            title=title,
            chart=on_screens(
                bars, title, [Bar(row.body.label, segments(row.totals), value(row.totals)) for row in behind]
            ),
            charted=bool(behind),
            sources=standings() if rights_of(self.request.user).holds(COUNTY_ROLES) else None,
            **kwargs,
        )


def line(totals: Totals, within: dict[str, Any]) -> dict[str, Any]:
    """The numbers of one line of the table, each with the list that it counts."""
    return {
        "cells": [(look, totals.of(look), address({**within, **asking(look)})) for look in ALL],
        "recurring": totals.recurring,
        "recurring_href": address({**within, "open": "yes", "again": "yes"}),
        "total": totals.total,
        "href": address(within),
    }


def chart_title(behind: list[Row]) -> str:
    """What the chart shows, in a sentence."""
    if not behind:
        return _("各单位均无未办结的整改事项")
    late = sum(row.totals.of(OVERDUE) for row in behind)
    first = behind[0]
    if late:
        values = {"body": first.body.label, "late": first.totals.of(OVERDUE)}
        return _("未办结整改事项：%(body)s逾期最多，%(late)d 项") % values
    return _("未办结整改事项：均未逾期，%(body)s最多，%(count)d 项") % {
        "body": first.body.label,
        "count": first.totals.unclosed,
    }


def segments(totals: Totals) -> list[Segment]:
    return [Segment(totals.of(look), str(look.word), look.colour) for look in OPEN if totals.of(look)]


def value(totals: Totals) -> str:
    """The words at the end of a bar: what its colours say, too."""
    late = _("，逾期 %d") % totals.of(OVERDUE) if totals.of(OVERDUE) else ""
    return _("%d 项") % totals.unclosed + late
