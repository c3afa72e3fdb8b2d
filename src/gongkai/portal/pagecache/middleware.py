"""Gives people who are not signed in the page that was kept, or keeps the one that is made.

Stands before every other middleware that works on an answer: what is kept is what was sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as time_of_day

from django.conf import settings
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from gongkai.foundation import clock
from gongkai.portal.pagecache.memory import Answer, Key, memory
from gongkai.portal.pagecache.models import Stamp, stamp
from gongkai.portal.preferences import CHOICES

KEPT_VIEWS = frozenset({"wagtail_serve"})
_next_end: tuple[Stamp, datetime] | None = None


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.GONGKAI_PAGE_CACHE_BYTES or not _is_anybody(request):
            return self.get_response(request)
        key, now, seen = key_of(request), clock.now(), stamp()
        kept = memory.get(key, seen, now)
        if kept is not None:
            return _given(kept)
        response = self.get_response(request)
        if _may_be_kept(request, response):
            answer = Answer(seen, tuple(response.items()), response.content, _until(seen, now), time.monotonic())
            memory.keep(key, answer, settings.GONGKAI_PAGE_CACHE_BYTES)
        return response


def key_of(request: HttpRequest) -> Key:
    """What an answer depends on: the address as it was asked for, and how the visitor wants to see pages."""
    preferences = [one.answer(request.COOKIES.get(one.cookie)) for one in CHOICES]
    return (request.scheme or "", request.META.get("HTTP_HOST", ""), request.get_full_path(), *preferences)


def _is_anybody(request: HttpRequest) -> bool:
    """Looks only, and nobody who is or was signed in."""
    return request.method == "GET" and settings.SESSION_COOKIE_NAME not in request.COOKIES


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
