"""sitemap.xml and robots.txt: every open page of a portal, a thousand to a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from gongkai.foundation.registries import Reviewable, public_blocks, reviewables
from gongkai.portal.head import origin_of
from gongkai.portal.models import BlockPage, ColumnPage, HomePage, SectionPage
from gongkai.portal.reach import reachable
from gongkai.review import gate
from gongkai.review.choke import has_ended

LIMIT = 1000  # pages in one file: each asks the gate
EMPTY_POINT = ~Q(point="") & Q(channel_column__fed_on__isnull=True)  # nothing is linked that holds nothing
CLOSED = ("/admin/", "/preferences/", "/leaving/")


class _Listed(Sitemap):
    """Addresses as the portal knows them, not as the request called it."""

    limit = LIMIT

    def __init__(self, request: HttpRequest, home: Page) -> None:
        self.origin, self.home = origin_of(request), home

    def shown(self, rows: Any) -> Iterator[tuple[str, datetime | None]]:
        """(path, last change) of those that the public may see."""
        raise NotImplementedError

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        rows = self.paginator.page(page).object_list
        return [{"location": f"{self.origin}{path}", "lastmod": changed} for path, changed in self.shown(rows)]


class Places(_Listed):
    """The front page, the sections, and what rooms hung on the portal."""

    def items(self) -> list[Any]:
        sections = SectionPage.objects.descendant_of(self.home).live().order_by("path")
        blocks = BlockPage.objects.descendant_of(self.home).live().order_by("path")
        return [self.home, *public_blocks, *sections, *blocks]

    def shown(self, rows: Any) -> Iterator[tuple[str, datetime | None]]:
        return ((row.url if isinstance(row, Page) else row.address(), None) for row in rows)


class Pages(_Listed):
    """The pages of one reviewable kind that are open, below columns that are open too."""

    def __init__(self, request: HttpRequest, home: Page, entry: Reviewable) -> None:
        super().__init__(request, home)
        self.entry = entry

    def items(self) -> QuerySet[Any]:
        model: Any = self.entry.model
        pages = model.objects.descendant_of(self.home).live().order_by("pk")
        return pages.exclude(EMPTY_POINT) if model is ColumnPage else pages

    def shown(self, rows: Any) -> Iterator[tuple[str, datetime | None]]:
        model: Any = self.entry.model
        opened = gate.open_records(self.entry.key, model.objects.filter(pk__in=[row.pk for row in rows]))
        return ((page.url, page.last_published_at) for page in reachable(opened) if not has_ended(page))


def _sitemaps(request: HttpRequest) -> dict[str, Any]:
    site = Site.find_for_request(request)
    home = HomePage.objects.filter(pk=site.root_page_id).first() if site else None
    if home is None:
        raise Http404
    kinds = {one.key: Pages(request, home, one) for one in reviewables if issubclass(one.model, Page)}
    return {"places": Places(request, home), **kinds}


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of files, at the addresses under which the portal is known, as the pages in them."""
    answer = index(request, _sitemaps(request), sitemap_url_name="portal_sitemap_part")
    called = f"{request.scheme}://{request.get_host()}"
    for file in (answer.context_data or {})["sitemaps"]:
        file.location = origin_of(request) + file.location.removeprefix(called)
    return answer


@require_safe
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """One file: `?p=2` is the second thousand of its kind."""
    return sitemap(request, _sitemaps(request), section=section)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: all that is public may be read; what only works or leads away is of no use to machines."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {origin_of(request)}{reverse('portal_sitemap_xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
