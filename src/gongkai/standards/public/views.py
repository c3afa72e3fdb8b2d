"""The public pages of catalogues: found by words, field and body; one of them with where each matter is published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.bodies.models import Body
from gongkai.portal.selectors import county_of
from gongkai.standards.exporting import workbook
from gongkai.standards.models import Catalogue, Row
from gongkai.standards.public.addresses import catalogue_address
from gongkai.standards.public.tables import MOST, download
from gongkai.standards.selectors import (
    Wanted,
    answers,
    find_open,
    listed_catalogues,
    listed_rows,
    open_bodies,
    open_catalogues,
    open_fields,
    open_rows,
    rows_to_write,
    rows_with_answers,
)

PAGE = 30
WHOLE = 10_000  # rows of one catalogue that are printed


@require_safe
def catalogues_page(request: HttpRequest) -> HttpResponse:
    """Without words the open catalogues, with words the rows that have them; the same as a table to take away."""
    county, wanted = _county(request), Wanted.parse(request.GET.dict())
    if request.GET.get("format") in ("csv", "xlsx"):
        rows = listed_rows(county, wanted)
        if rows.count() > MOST:
            raise Http404(_("超过 %d 项，请按单位、领域分别下载") % MOST)
        return download(request, open_rows([*rows]), request.GET["format"], _("标准目录事项"))
    context: dict[str, Any] = {
        "wanted": wanted,
        "bodies": open_bodies(county),
        "fields": open_fields(county),
        "trail": [(_("标准目录"), "")],
    }
    page: Page[Any]
    if wanted.q:
        page = Paginator(listed_rows(county, wanted), PAGE).get_page(request.GET.get("page"))
        context["rows"] = _shown(open_rows(list(page.object_list)))
    else:
        page = Paginator(listed_catalogues(county, wanted), PAGE).get_page(request.GET.get("page"))
        context["catalogues"] = _opened(page)
    context |= {"page": page, "query": wanted.query}
    return render(request, "standards/public/catalogues.html", context)


@require_safe
def catalogue_page(request: HttpRequest, body: str, field: str) -> HttpResponse:
    """One catalogue as it was signed, thirty rows to a page or whole; where each matter stands is as last seen."""
    catalogue = find_open(body, field)
    if catalogue is None:
        raise Http404(_("该目录尚未公开"))
    wanted = Wanted(Wanted.parse(request.GET.dict()).q)
    found = rows_with_answers(catalogue, wanted)
    if request.GET.get("format") == "xlsx":
        return workbook(catalogue, rows_to_write(catalogue))
    if request.GET.get("format") == "csv":
        return download(request, [*found], "csv", catalogue.title)
    whole = "whole" in request.GET
    page = Paginator(found, WHOLE if whole else PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "catalogue": catalogue,
        "rows": _shown([*page.object_list]),
        "page": page,
        "wanted": wanted,
        "query": wanted.query,
        "whole": whole,
        "address": catalogue_address(catalogue),
        "trail": [(_("标准目录"), reverse("standards_public")), (catalogue.field_name, "")],
    }
    return render(request, "standards/public/catalogue.html", context)


def _county(request: HttpRequest) -> Body:
    county = county_of(request)
    if county is None:
        raise Http404(_("本站还没有登记县级政府"))
    return county


def _opened(page: Page[Any]) -> list[tuple[Catalogue, str]]:
    """The catalogues of this page of the list that still are what was signed."""
    asked = [one.pk for one in page.object_list]
    opened = open_catalogues(asked)
    shown = [opened[pk] for pk in asked if pk in opened]
    return [(one, catalogue_address(one)) for one in shown]


def _shown(rows: Sequence[Row]) -> list[dict[str, Any]]:
    found = answers(rows)
    return [
        {"row": row, "core": row.as_core(), "answer": found.get(row.pk), "address": catalogue_address(row.catalogue)}
        for row in rows
    ]
