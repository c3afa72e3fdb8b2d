"""The public lists: what kinds there are, and the records of one kind with its charts and files."""

from __future__ import annotations

from datetime import date
from itertools import groupby, islice
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.bodies.models import Body
from gongkai.disclosure.declaring import Kind, kinds, show
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.public.charting import RECENT, figures
from gongkai.disclosure.public.export import FORMATS, download
from gongkai.disclosure.public.wanted import Wanted, every
from gongkai.disclosure.selectors import (
    Announced,
    announced,
    answers_to,
    bodies_with,
    counts_by_kind,
    only_shown,
    public,
    years_with,
)
from gongkai.foundation import clock
from gongkai.portal.selectors import county_of

PAGE = 30
ASKED = 200  # the newest announcements whose answers are looked for


def _county(request: HttpRequest) -> Body:
    county = county_of(request)
    if county is None:
        raise Http404(_("本站还没有登记县级政府"))
    return county


def _kind(key: str) -> Kind:
    if key not in kinds():
        raise Http404(_("没有这类内容"))
    return kinds()[key]


@require_safe
def kinds_page(request: HttpRequest) -> HttpResponse:
    """Every kind with its basis, how many records stand, and the newest day."""
    county = _county(request)
    counted = counts_by_kind(county)
    rows: list[dict[str, Any]] = [
        {"number": 0, "newest": None, **counted.get(kind.key, {}), "kind": kind} for kind in kinds().values()
    ]
    groups = [(group, list(found)) for group, found in groupby(rows, key=lambda row: row["kind"].group)]
    context = {"groups": groups, "trail": [(_("政府信息公开目录"), "")]}
    return render(request, "disclosure/public/kinds.html", context)


@require_safe
def kind_page(request: HttpRequest, key: str) -> HttpResponse:
    """The records of one kind, thirty a page; `format` gives all that are listed as a file."""
    county, kind = _county(request), _kind(key)
    wanted = Wanted.parse(kind, request.GET)
    found = wanted.find(county, kind)
    if request.GET.get("format") in FORMATS:
        return download(request, kind, every(found), request.GET["format"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    listed = only_shown(page.object_list)
    drawn = only_shown(islice(found, RECENT)) if kind.chart else []
    context: dict[str, Any] = {
        "kind": kind,
        "wanted": wanted,
        "page": page,
        "headings": [kind.field(name) for name in kind.columns],
        "rows": [(record, cells_of(kind, record)) for record in listed],
        "bodies": bodies_with(county, kind.key),
        "years": years_with(county, kind.key),
        "options": [(kind.field(name), wanted.chosen.get(name, "")) for name in kind.filters],
        "figures": figures(kind, drawn),
        "unanswered": unanswered(county, kind),
        "query": wanted.query(),
        "address": reverse("disclosure_public_kind", args=[kind.key]),
        "trail": [(_("政府信息公开目录"), reverse("disclosure_public_kinds")), (kind.name, "")],
    }
    return render(request, "disclosure/public/kind.html", context)


def unanswered(county: Body, kind: Kind) -> list[tuple[Announced, bool]]:
    """What was announced and is not answered yet, the oldest first, with whether it is past its day."""
    if kind.answered is None:
        return []
    shown = only_shown(public(county, kind.key)[:ASKED])
    rows = announced(shown, only_shown(answers_to(shown)))
    waiting = sorted((row for row in rows if row.answer is None), key=lambda row: row.due or date.max)
    return [(row, row.is_late(clock.today())) for row in waiting]


def cells_of(kind: Kind, record: RecordPage) -> list[tuple[str, str]]:
    """The columns of the list, each with its heading."""
    fields = [kind.field(name) for name in kind.columns]
    return [(field.label, show(field, record.fields.get(field.key))) for field in fields]
