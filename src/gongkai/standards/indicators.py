"""What the ledger may count of catalogues: how many of the rows that owe a page are in step with the portal."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body
from gongkai.foundation.registries import Indicator, Reading, indicators
from gongkai.standards.models import Check
from gongkai.standards.selectors import totals_of


def coverage(body_id: int | None, on: date) -> Reading:
    """Rows in step out of rows due, of a body and what is below it, as the newest reconciliation saw them."""
    body = None if body_id is None else Body.objects.get(pk=body_id)
    totals = totals_of(body)
    newest = Check.objects.order_by("-looked_at").values_list("looked_at", flat=True).first()
    if totals.rate is None or newest is None:
        return Reading(None, looked_at=_("没有须在网上公开的目录事项"))
    rows = reverse("standards_rows")
    records = [
        (str(_("须在网上公开的事项")), f"{rows}?{urlencode({'due': 'yes'})}"),
        (str(_("有问题的事项")), f"{rows}?{urlencode({'gap': 'yes'})}"),
    ]
    looked_at = _("目录核对，%s") % f"{timezone.localtime(newest):%Y-%m-%d %H:%M}"
    return Reading(totals.rate * 100, totals.covered, totals.due, looked_at, records)


indicators.register(
    Indicator(
        "standards.coverage",
        gettext_lazy("标准目录覆盖率"),
        "%",
        coverage,
        str(gettext_lazy("对照基层政务公开标准目录，完善县政府门户网站专栏内容，解决“两张皮”问题")),
        address=lambda: reverse("standards_board"),
    )
)
