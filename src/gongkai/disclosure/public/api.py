"""Records as open data: /api/v1/records and /api/v1/records/<kind>, JSON or CSV."""

from __future__ import annotations

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from gongkai.disclosure.declaring import Kind, kinds
from gongkai.disclosure.public.export import described, download
from gongkai.disclosure.public.wanted import Wanted, every
from gongkai.disclosure.selectors import only_shown
from gongkai.portal.selectors import county_of

PAGE = 100
UNICODE = {"ensure_ascii": False}


def list_kinds(request: HttpRequest) -> JsonResponse:
    """What kinds there are, with their fields."""
    rows = [
        {
            "kind": kind.key,
            "name": kind.name,
            "basis": [str(source) for source in kind.law],
            "fields": [field.model_dump(include={"key", "label", "type", "unit", "columns"}) for field in kind.fields],
            "url": request.build_absolute_uri(f"/api/v1/records/{kind.key}"),
        }
        for kind in kinds().values()
    ]
    return JsonResponse({"total": len(rows), "kinds": rows}, json_dumps_params=UNICODE)


def records_of(kind: Kind) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view of one kind."""

    def view(request: HttpRequest) -> HttpResponseBase:
        county = county_of(request)
        if county is None:
            return JsonResponse({"error": _("没有已公开的内容")}, status=404, json_dumps_params=UNICODE)
        found = Wanted.parse(kind, request.GET).find(county, kind)
        if request.GET.get("format") == "csv":
            return download(request, kind, every(found), "csv")
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        shown = only_shown(page.object_list)
        answer = {
            "kind": kind.key,
            "total": page.paginator.count,
            "page": page.number,
            "pages": page.paginator.num_pages,
            "records": [described(request, record) for record in shown],
        }
        return JsonResponse(answer, json_dumps_params=UNICODE)

    return view
