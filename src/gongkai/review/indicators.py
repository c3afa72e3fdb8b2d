"""What the ledger may count of the gate: the special inspection that the notice demands each year."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body
from gongkai.foundation.registries import Indicator, Reading, indicators
from gongkai.review.inspection.selectors import closed_in


def special_inspections(body_id: int | None, on: date) -> Reading:
    """Inspections of the year of `on` that were carried through by then, in the county of the body (None: anywhere)."""
    county = None if body_id is None else Body.objects.get(pk=body_id).root.pk
    done = closed_in(on.year, county).filter(ended_at__date__lte=on)
    records = [(one.title, reverse("review_inspection", args=[one.pk])) for one in done]
    return Reading(len(records), len(records), None, _("%(year)d年已完成的专项检查，%(day)s") % _words(on), records)


def _words(on: date) -> dict[str, object]:
    return {"year": on.year, "day": on}


indicators.register(
    Indicator(
        "review.special_inspection",
        gettext_lazy("公开保密审查专项检查"),
        str(gettext_lazy("次")),
        special_inspections,
        str(gettext_lazy("保密行政管理部门要把政务公开中的保密审查工作纳入监管，每年至少开展1次专项检查")),
        yearly=1,
        address=lambda: reverse("review_inspections"),
    )
)
