"""The head of a public page: its national tags, and the one address it is known by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page, Site

from gongkai.bodies.models import Body
from gongkai.foundation.input import number
from gongkai.portal import linked
from gongkai.portal.identity import Identity, SiteMarks
from gongkai.portal.models import HomePage
from gongkai.portal.tags import PageTags, named, tags_for

SEARCH = "/search/"


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


def linked_data(context: Mapping[str, Any], identity: Identity, said: PageTags | None, url: str) -> str:
    """JSON-LD of a page; the front page says who runs the site, a section whose it is."""
    request, page, trail = context["request"], context.get("page"), context.get("trail")
    origin = origin_of(request)
    nodes: list[linked.Node] = []
    if isinstance(page, HomePage):
        nodes.append(linked.site(identity.marks, origin, SEARCH))
    owner = identity.county if isinstance(page, HomePage) else getattr(page, "body", None)
    if isinstance(owner, Body):
        nodes.append(linked.organisation(owner, url, context.get("profile")))
    if trail:
        nodes.append(linked.breadcrumbs(trail, origin, url))
    if said is not None and said.content is not None:
        nodes.append(linked.article(said.content, url))
    return linked.script(nodes) if nodes else ""


def site_pairs(marks: SiteMarks) -> Iterator[tuple[str, str]]:
    """网站标签; the code is left out until the office has entered it, since none may be invented."""
    found = {"SiteName": marks.name, "SiteDomain": marks.domain, "SiteIDCode": marks.code}
    return ((name, value) for name, value in found.items() if value)
