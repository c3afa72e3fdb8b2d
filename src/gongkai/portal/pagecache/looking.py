"""Whether whoever asks is given a kept page: decided on what the web server was sent, before it is made a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http.cookie import parse_cookie

from gongkai.foundation import clock
from gongkai.portal.pagecache.memory import Answer, Key, memory
from gongkai.portal.pagecache.models import Stamp, stamp
from gongkai.portal.preferences import CHOICES

Environ = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """One request that may be answered from memory: under which key, and what was public when it came."""

    key: Key
    stamp: Stamp
    now: datetime
    answer: Answer | None


def look(environ: Environ) -> Look | None:
    """None: whoever asks does more than look, or is or was signed in, or nothing is kept here."""
    if not settings.GONGKAI_PAGE_CACHE_BYTES or environ["REQUEST_METHOD"] != "GET":
        return None
    cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
    if settings.SESSION_COOKIE_NAME in cookies:
        return None
    key, now, seen = _key(environ, cookies), clock.now(), stamp()
    return Look(key, seen, now, memory.get(key, seen, now))


def _key(environ: Environ, cookies: Mapping[str, str]) -> Key:
    """What an answer depends on: the address as it was asked for, and how the visitor wants to see pages."""
    told = (environ.get(name, "") for name in ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"))
    preferences = (one.answer(cookies.get(one.cookie)) for one in CHOICES)
    return (_scheme(environ), str(environ.get("HTTP_HOST", "")), *told, *preferences)


def _scheme(environ: Environ) -> str:
    """http or https; behind a proxy what it says of it, word for word."""
    header = settings.SECURE_PROXY_SSL_HEADER
    return str(environ["wsgi.url_scheme"]) + (str(environ.get(header[0], "")) if header else "")
