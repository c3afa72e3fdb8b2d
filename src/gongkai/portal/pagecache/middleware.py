"""Gives people who are not signed in the page that was kept, or keeps the one that is made.

Stands before every other middleware that works on an answer: what is kept is what was sent. Where the web server has
`front` before Django, it has looked already, and only what it did not have comes here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as time_of_day

from django.conf import settings
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from wagtail.models import Page, Site
from wagtail.models.sites import get_site_for_hostname

from gongkai.portal.pagecache.front import LOOK
from gongkai.portal.pagecache.looking import look
from gongkai.portal.pagecache.memory import Answer, memory
from gongkai.portal.pagecache.models import Stamp
from gongkai.portal.pagecache.shared import shared, while_making

KEPT_VIEWS = frozenset({"wagtail_serve"})
_next_end: tuple[Stamp, datetime] | None = None


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        looked = request.META[LOOK] if LOOK in request.META else look(request.META)
        if looked is None:
            return self.get_response(request)
        if looked.answer is not None:
            return _given(looked.answer)
        until = _until(looked.stamp, looked.now)
        with while_making(looked.stamp, until):
            # Where Wagtail keeps it for the request; it would look for site and front page anew for every one.
            request._wagtail_site = _site_of((request.get_host(), request.get_port()))  # type: ignore[attr-defined]
            response = self.get_response(request)
        if _may_be_kept(request, response):
            answer = Answer(looked.stamp, tuple(response.items()), response.content, until, time.monotonic())
            memory.keep(looked.key, answer, settings.GONGKAI_PAGE_CACHE_BYTES)
        return response


@shared
def _site_of(host: tuple[str, str]) -> Site | None:
    """The site of a host, as it was asked for, and a port."""
    name, port = split_domain_port(host[0])[0], host[1]
    try:
        site: Site = get_site_for_hostname(name, port)
    except Site.DoesNotExist:
        return None
    return site


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    return (
        match is not None
        and match.view_name in KEPT_VIEWS
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "no-store" not in response.headers.get("Cache-Control", "")
        and response.headers.get("Content-Type", "").startswith("text/html")
    )


def _given(answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.content)
    for name, value in answer.headers:
        response.headers[name] = value
    return response


def _until(seen: Stamp, now: datetime) -> datetime:
    """When something ends by the clock alone: the day, or the next posting, looked up once for each stamp."""
    global _next_end
    midnight = datetime.combine(now.date() + timedelta(days=1), time_of_day(), now.tzinfo)
    if _next_end is None or _next_end[0] != seen or _next_end[1] <= now:
        ends = Page.objects.filter(live=True, expire_at__gt=now).aggregate(next=Min("expire_at"))
        _next_end = (seen, min(ends["next"] or midnight, midnight))
    return min(_next_end[1], midnight)
