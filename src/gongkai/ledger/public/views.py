"""The public pages of the ledger: years, one year, one item, one released file."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.bodies.models import Body, Kind
from gongkai.ledger.models import Plan
from gongkai.ledger.public import selectors
from gongkai.ledger.public.addresses import item_address, plan_address, years_address
from gongkai.ledger.public.export import FORMATS, download
from gongkai.ledger.public.feedback import FeedbackForm
from gongkai.ledger.services.feedback import leave_feedback
from gongkai.portal.selectors import county_of
from gongkai.portal.tags import ContentTags, PageTags, named

PAGE = 30
SORTS = (("order", _("编号")), ("due", _("完成时限")), ("state", _("状态")), ("changed", _("最近更新")))


def _counties(request: HttpRequest, code: str | None) -> tuple[Body, Body | None]:
    """The county asked for, and the portal's own; 404 when there is none."""
    own = county_of(request)
    if code is not None:
        return get_object_or_404(Body, code=code, kind=Kind.COUNTY), own
    if own is None:
        raise Http404(_("本站还没有登记县级政府"))
    return own, own


def _plan(county: Body, year: int) -> Plan:
    return get_object_or_404(Plan.objects.select_related("county"), county=county, year=year)


@require_safe
def years_page(request: HttpRequest, county: str | None = None) -> HttpResponse:
    body, own = _counties(request, county)
    links = [(year, plan_address(body, own, year)) for year in selectors.years(body)]
    context = {"county": body, "years": links, "trail": [(_("工作台账"), "")]}
    return render(request, "ledger/public/years.html", context)


@require_safe
def plan_page(request: HttpRequest, year: int, county: str | None = None) -> HttpResponse:
    """The released items of a year; 404 when nothing of it was released."""
    body, own = _counties(request, county)
    everything = selectors.entries(_plan(body, year))
    if not everything:
        raise Http404(_("该年度台账尚未公开"))
    wanted = selectors.Wanted(**{name: request.GET.get(name, "").strip() for name in ("body", "state", "q", "sort")})
    found = selectors.search(everything, wanted)
    if request.GET.get("format") in FORMATS:
        return download(found.entries, request.GET["format"], f"{body.code}-ledger-{year}")
    address = plan_address(body, own, year)
    per_page = PAGE if request.GET.get("page") != "all" else max(len(found.entries), 1)
    page = Paginator(found.entries, per_page).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "county": body,
        "year": year,
        "wanted": wanted,
        "found": found,
        "page": page,
        "rows": _rows(page.object_list, headed=wanted.sort in ("", "order"), own=own),
        "counts": _counts(found, wanted),
        "sorts": _sorts(wanted),
        "query": _query(wanted),
        "address": address,
        "trail": [(_("工作台账"), years_address(body, own)), (_year_label(year), "")],
    }
    return render(request, "ledger/public/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def item_page(request: HttpRequest, year: int, key: str, county: str | None = None) -> HttpResponse:
    """One released item; a POST leaves feedback on it."""
    body, own = _counties(request, county)
    entry = selectors.find_entry(_plan(body, year), key)
    if entry is None:
        raise Http404(_("该事项尚未公开"))
    address = item_address(entry.item, own)
    form = FeedbackForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        feedback = leave_feedback(None, entry.item, form.cleaned_data["text"])
        return redirect(f"{address}?{urlencode({'received': feedback.reference})}#feedback")
    released_at = selectors.released_at(entry.item)
    context: dict[str, Any] = {
        "county": body,
        "entry": entry,
        "item": entry.item,
        "released_at": released_at,
        "tags": _tags(entry.item.text, released_at, body),
        "evidence": selectors.open_evidence(entry.item),
        "feedback": selectors.open_feedback(entry.item),
        "form": form,
        "address": address,
        "received": request.GET.get("received", "")[:20],
        "trail": [
            (_("工作台账"), years_address(body, own)),
            (_year_label(year), plan_address(body, own, year)),
            (_("第 %(key)s 项") % {"key": entry.item.key}, ""),
        ],
    }
    return render(request, "ledger/public/item.html", context, status=422 if form.errors else 200)


@require_safe
def evidence_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A released file, always as a download; 404 until the gate is open, and again when it closes."""
    piece = selectors.open_file(pk)
    if piece is None:
        raise Http404(_("该文件尚未公开"))
    response = FileResponse(piece.file.open("rb"), as_attachment=True, filename=piece.file_name)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "sandbox"
    return response


def _tags(title: str, released_at: datetime | None, county: Body) -> PageTags:
    """网页标签 of an item: a text of the county's, public since it was signed."""
    column = named(_("工作台账"), owner=county.name).column
    return PageTags(column, ContentTags(title, released_at, county.name) if released_at else None)


def _year_label(year: int) -> str:
    return _("%(year)s年度") % {"year": year}


def _rows(entries: Any, *, headed: bool, own: Body | None) -> list[dict[str, Any]]:
    """Entries with their address, and with the headings that begin above them in the order of the notice."""
    rows: list[dict[str, Any]] = []
    group = task = None
    for entry in entries:
        row = {"entry": entry, "address": item_address(entry.item, own), "group": "", "task": ""}
        if headed and entry.group != group:
            group, task, row["group"] = entry.group, None, entry.group
        if headed and entry.task != task:
            task, row["task"] = entry.task, entry.task
        rows.append(row)
    return rows


def _counts(found: selectors.Found, wanted: selectors.Wanted) -> list[dict[str, Any]]:
    """Each number with the address that shows what it counts."""
    rows: list[dict[str, Any]] = [
        {"look": None, "count": found.total, "query": _query(wanted, state=""), "current": not wanted.state}
    ]
    for look in selectors.LOOKS:
        current = wanted.state == look.key
        count = found.counts.get(look.key, 0)
        rows.append({"look": look, "count": count, "query": _query(wanted, state=look.key), "current": current})
    return rows


def _sorts(wanted: selectors.Wanted) -> dict[str, dict[str, str]]:
    """For each sortable column its address and how it is sorted now, in the words of aria-sort."""
    now = wanted.sort or "order"
    rows: dict[str, dict[str, str]] = {}
    for name, label in SORTS:
        turned = f"-{name}" if now == name else name
        state = {name: "ascending", f"-{name}": "descending"}.get(now, "none")
        rows[name] = {"label": label, "query": _query(wanted, sort=turned), "state": state}
    return rows


def _query(wanted: selectors.Wanted, **changed: str) -> str:
    """The part of an address that asks for this, without what is empty."""
    asked = {name: getattr(wanted, name) for name in ("body", "state", "q", "sort")} | changed
    return urlencode({name: value for name, value in asked.items() if value})
