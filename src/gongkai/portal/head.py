"""The head of a public page: its national tags, and the one address it is known by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page, Site

from gongkai.foundation.input import number
from gongkai.portal.identity import Identity, SiteMarks
from gongkai.portal.tags import PageTags, named, tags_for


def origin_of(request: HttpRequest) -> str:
    """Scheme and host under which a portal is known, whatever the request called it."""
    site = Site.find_for_request(request)
    return settings.BASE_URL if site is None or site.is_default_site else site.root_url


def canonical(request: HttpRequest) -> str:
    """网址 of the page, without what only filters or remembers; a further page of a list is a page of its own."""
    page = number(request.GET.get("page")) or 1
    return f"{origin_of(request)}{request.path}" + (f"?page={page}" if page > 1 else "")


def tags_in(context: Mapping[str, Any], identity: Identity) -> PageTags | None:
    """Of a page of the tree its own; else what the view says under `tags`, or what its place in the portal says.

    None for a page that is no place in the portal: an error.
    """
    page, said, trail = context.get("page"), context.get("tags"), context.get("trail")
    if isinstance(said, PageTags):
        return said
    if isinstance(page, Page):
        return tags_for(page)
    return named(str(trail[0][0]), owner=identity.county.name if identity.county else "") if trail else None


def site_pairs(marks: SiteMarks) -> Iterator[tuple[str, str]]:
    """网站标签; the code is left out until the office has entered it, since none may be invented."""
    found = {"SiteName": marks.name, "SiteDomain": marks.domain, "SiteIDCode": marks.code}
    return ((name, value) for name, value in found.items() if value)
