"""已公开台账 as plain JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.bodies.models import Body, Kind
from gongkai.foundation.input import number
from gongkai.ledger.models import Evidence, Plan
from gongkai.ledger.public import selectors
from gongkai.ledger.public.addresses import item_address
from gongkai.portal.selectors import county_of


def ledger(request: HttpRequest) -> JsonResponse:
    """The released items of one year; 404 when nothing of it was released."""
    own = county_of(request)
    code = request.GET.get("county")
    county = Body.objects.filter(code=code, kind=Kind.COUNTY).first() if code else own
    years = selectors.years(county) if county is not None else []
    asked = request.GET.get("year")
    year = number(asked) if asked else next(iter(years), None)
    if asked and year is None:
        return _json({"error": _("year 应为四位数字")}, 400)
    if county is None or year not in years:
        return _json({"error": _("没有已公开的台账")}, 404)
    plan = Plan.objects.select_related("county").get(county=county, year=year)
    evidence = selectors.evidence_by_item(plan)
    items = [
        _item(request, entry, own) | {"evidence": [_evidence(request, piece) for piece in evidence[entry.item.pk]]}
        for entry in selectors.entries(plan)
    ]
    return _json({"county": county.name, "year": year, "total": len(items), "items": items}, 200)


def _item(request: HttpRequest, entry: selectors.Entry, own: Body | None) -> dict[str, Any]:
    item = entry.item
    return {
        "key": item.key,
        "group": entry.group or None,
        "task": entry.task or None,
        "text": item.text,
        "deadline": {"text": item.deadline_text, "due": item.due},
        "state": entry.look.key,
        "bodies": [
            {"name": duty.body.name, "role": duty.role, "duty": duty.key, "due": duty.due, "state": duty.look.key}
            for duty in entry.duties
        ],
        "changed_at": entry.changed_at,
        "url": request.build_absolute_uri(item_address(item, own)),
    }


def _evidence(request: HttpRequest, piece: Evidence) -> dict[str, Any]:
    file = request.build_absolute_uri(reverse("ledger_public_file", args=[piece.pk])) if piece.file else None
    return {"title": piece.title, "body": piece.body.name, "url": piece.url or None, "file": file, "note": piece.note}


def _json(value: dict[str, Any], status: int) -> JsonResponse:
    return JsonResponse(value, status=status, json_dumps_params={"ensure_ascii": False})
