"""The search page, and the same as an open interface."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from gongkai.foundation import clock
from gongkai.foundation.registries import public_blocks
from gongkai.portal.api import UNICODE
from gongkai.portal.head import origin_of
from gongkai.portal.marking import marked
from gongkai.portal.models import HomePage
from gongkai.portal.searching import LONGEST, Hit, Question, bodies_of, listed, page_kinds

YEARS = 10  # that can be chosen from; any other can be asked for in the address


def _home(request: HttpRequest) -> HomePage:
    site = Site.find_for_request(request)
    home = HomePage.objects.filter(pk=site.root_page_id).first() if site else None
    if home is None:
        raise Http404
    return home


def _asked(request: HttpRequest) -> Question:
    return Question(**{name: request.GET.get(name, "").strip() for name in ("q", "body", "kind", "year")})


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results thirty to a page; every filter stands in the address."""
    home, question = _home(request), _asked(request)
    rows = listed(home, question, request.GET.get("page"))
    asked = {name: getattr(question, name) for name in ("q", "body", "kind", "year")}
    context = {
        "question": question,
        "rows": rows,
        "elsewhere": _elsewhere(request, question),
        "hits": [_shown(hit, question.words) for hit in rows.object_list],
        "bodies": bodies_of(home),
        "kinds": [(key, entry.label) for key, entry in page_kinds().items()],
        "years": [str(clock.today().year - ago) for ago in range(YEARS)],
        "longest": LONGEST,
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "trail": [(_("站内检索"), "")],
    }
    return render(request, "portal/search.html", context)


def _elsewhere(request: HttpRequest, question: Question) -> list[dict[str, Any]]:
    """What rooms have that is no page of the tree: how much, and the way there."""
    if not question.words or question.kind or question.year or question.body:
        return []
    asked = [(block, block.find(request, question.q[:LONGEST])) for block in public_blocks if block.find is not None]
    return [{"label": block.label, "count": found[0], "address": found[1]} for block, found in asked if found[0]]


def _shown(hit: Hit, words: list[str]) -> dict[str, Any]:
    kind = page_kinds()[hit.kind].label if hit.kind else _("单位专栏")
    return {
        "title": marked(hit.title, words, around=None),
        "text": marked(hit.text, words) if hit.text else "",
        "url": hit.page.url,
        "kind": kind,
        "day": getattr(hit.page, "published_on", None),
    }


@require_safe
def search_interface(request: HttpRequest) -> JsonResponse:
    """`total`, and of each result address, title and marked excerpts (HTML, everything but <mark> escaped)."""
    home, question = _home(request), _asked(request)
    if not question.words:
        return JsonResponse({"error": _("请给出要检索的词（q）")}, status=400, json_dumps_params=UNICODE)
    rows = listed(home, question, request.GET.get("page"))
    results = [_result(hit, question.words, origin_of(request)) for hit in rows.object_list]
    document = {"total": rows.paginator.count, "page": rows.number, "results": results}
    return JsonResponse(document, json_dumps_params=UNICODE)


def _result(hit: Hit, words: list[str], origin: str) -> dict[str, Any]:
    """doc_no and validity are those of policy documents; other pages have none."""
    return {
        "id": hit.page.pk,
        "url": f"{origin}{hit.page.url}",
        "title": hit.title,
        "kind": hit.kind,
        "doc_no": getattr(hit.page, "doc_no", ""),
        "validity": getattr(hit.page, "validity", ""),
        "highlights": [marked(hit.title, words, around=None), *([marked(hit.text, words)] if hit.text else [])],
    }
