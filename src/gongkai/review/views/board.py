"""审查用时: a chart of the mean time of each step, and the table of bodies beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from gongkai.foundation import clock
from gongkai.foundation.access import rights_of
from gongkai.foundation.charts import Bar, Segment, bars, on_screens
from gongkai.foundation.screens import Screen
from gongkai.review.speed import by_step, speed

SPANS = (30, 90, 365)
MINUTE = 60  # seconds; what took less is not told apart
BLUE = "#0b5cad"


def hours(span: timedelta) -> str:
    """The span in the unit people would say it in."""
    seconds = span.total_seconds()
    if seconds < MINUTE:
        return _("不足 1 分钟")
    if seconds < 3600:
        return _("%.0f 分钟") % (seconds / 60)
    return _("%.1f 小时") % (seconds / 3600) if seconds < 86400 else _("%.1f 天") % (seconds / 86400)


class BoardView(Screen, TemplateView):
    template_name = "review/board.html"
    page_title = gettext_lazy("审查用时")
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("days", "")
        days = int(asked) if asked in map(str, SPANS) else SPANS[0]
        rows = speed(rights_of(self.request.user), clock.today() - timedelta(days=days))
        drawn = [
            Bar(str(kind.label), [Segment(mean.total_seconds(), _("平均用时"), BLUE)], f"{hours(mean)}（{taken}）")
            for kind, taken, mean in by_step(rows)
        ]
        table = [(row, hours(row.mean) if row.mean is not None else "—") for row in rows]
        longest = max((bar.segments[0].amount for bar in drawn), default=0)
        chart = on_screens(bars, _("各环节平均用时"), drawn, scale=max(longest, MINUTE)) if drawn else ""
        return super().get_context_data(rows=table, chart=chart, days=days, spans=SPANS, **kwargs)
