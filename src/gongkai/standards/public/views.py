"""The public pages of catalogues: which there are, and one with the place where each matter is published."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.bodies.models import Body
from gongkai.portal.selectors import county_of
from gongkai.review import gate
from gongkai.standards.exporting import workbook
from gongkai.standards.models import URL, Catalogue, Link, LinkState, Row, State
from gongkai.standards.public.addresses import catalogue_address
from gongkai.standards.reviewables import CATALOGUE

SEEN = {State.OK, State.STALE, State.NONE}


@require_safe
def bodies_page(request: HttpRequest) -> HttpResponse:
    """Every open catalogue, by body."""
    county = county_of(request)
    if county is None:
        raise Http404(_("本站还没有登记县级政府"))
    wanted = Catalogue.objects.owed().filter(body__in=Body.objects.of_county(county))
    opened = gate.open_records(CATALOGUE, wanted.order_by("body__order", "body_id", "pk"))
    groups = [
        (body, [(one, catalogue_address(one)) for one in group])
        for body, group in groupby(opened, key=lambda one: one.body)
    ]
    return render(request, "standards/public/bodies.html", {"groups": groups, "trail": [(_("标准目录"), "")]})


@require_safe
def catalogue_page(request: HttpRequest, body: str, field: str) -> HttpResponse:
    """One catalogue as it was signed; its newest content is shown as the reconciliation saw it."""
    catalogue = get_object_or_404(Catalogue.objects.owed().select_related("body"), body__code=body, field_key=field)
    if not gate.is_open(CATALOGUE, catalogue):
        raise Http404(_("该目录尚未公开"))
    rows = list(catalogue.rows.select_related("check_result"))
    for row in rows:
        row.catalogue = catalogue
    if request.GET.get("format") == "xlsx":
        return workbook(catalogue, rows)
    addresses = public_addresses(rows)
    context: dict[str, Any] = {
        "catalogue": catalogue,
        "rows": [{"row": row, "core": row.as_core(), "address": addresses.get(row.pk, "")} for row in rows],
        "address": catalogue_address(catalogue),
        "trail": [(_("标准目录"), reverse("standards_public")), (catalogue.field_name, "")],
    }
    return render(request, "standards/public/catalogue.html", context)


def public_addresses(rows: list[Row]) -> dict[int, str]:
    """Row -> where the matter is published on this portal; left out when it is not, or only outside."""
    outside = Link.objects.filter(row__in=rows, source=URL, state=LinkState.CONFIRMED)
    elsewhere = set(outside.values_list("row_id", "target"))
    found = {}
    for row in rows:
        check = getattr(row, "check_result", None)
        if check is not None and check.state in SEEN and not row.exempt and (row.pk, check.address) not in elsewhere:
            found[row.pk] = check.address
    return found
