"""Asking whether addresses answer, many at once and without taking what stands there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import aiohttp
from django.conf import settings
from django.utils.translation import gettext as _
from yarl import URL

from gongkai.foundation.snapshots.fetching import HEADERS, REDIRECTS, explained
from gongkai.foundation.snapshots.guard import FetchError, GuardedResolver, Unreachable, checked, is_allowed_private

SECONDS = 15.0  # for one address, redirects included
AT_ONCE = 8  # addresses asked at the same time
ON_ONE_HOST = 2
# Answers by which a server refuses the way of asking (HEAD, no cookie, too often), not the page.
_ASK_AGAIN = frozenset({400, 403, 405, 406, 429, 500, 501, 503})
_CLOSED = frozenset({401, 403, 406, 429})  # somebody else may well get it


@dataclass(frozen=True, slots=True)
class Probe:
    """works: True, False, or None when it cannot be told (asked for a password, told to come later)."""

    works: bool | None
    said: str


def probe(addresses: Iterable[str], *, seconds: float = SECONDS) -> dict[str, Probe]:
    """Ask each address once, by HEAD and, where that is refused, by GET. Not to be called from within an event loop."""
    asked = list(dict.fromkeys(addresses))
    return asyncio.run(_all(asked, seconds, settings.GONGKAI_FETCH_PRIVATE)) if asked else {}


async def _all(addresses: list[str], seconds: float, allowed: Sequence[str]) -> dict[str, Probe]:
    turn = asyncio.Semaphore(AT_ONCE)
    hosts: dict[str, asyncio.Semaphore] = {}

    async def one(address: str) -> Probe:
        host = hosts.setdefault(_host(address), asyncio.Semaphore(ON_ONE_HOST))
        async with host, turn:
            return await _one(address, seconds, allowed)

    return dict(zip(addresses, await asyncio.gather(*map(one, addresses)), strict=True))


def _host(address: str) -> str:
    try:
        return URL(address).host or ""
    except ValueError:
        return ""


async def _one(address: str, seconds: float, allowed: Sequence[str]) -> Probe:
    try:
        async with asyncio.timeout(seconds):
            status = await _status(address, allowed)
    except TimeoutError:
        return Probe(False, _("%g 秒内没有应答") % seconds)
    except FetchError as error:
        return Probe(False, str(error))
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return Probe(False, str(explained(error)))
    works = None if status in _CLOSED else 200 <= status < 400
    return Probe(works, _("状态码 %d") % status)


async def _status(address: str, allowed: Sequence[str]) -> int:
    for _hop in range(REDIRECTS + 1):
        url = checked(address, allowed)
        status, target = await _ask(url, is_allowed_private(url, allowed))
        if not target:
            return status
        address = str(url.join(URL(target)))
    raise Unreachable(_("跳转超过 %d 次") % REDIRECTS)


async def _ask(url: URL, private_ok: bool) -> tuple[int, str]:
    """Status, and the address it redirects to."""
    connector = aiohttp.TCPConnector(resolver=GuardedResolver(private_ok), use_dns_cache=False, force_close=True)
    session = aiohttp.ClientSession(connector=connector, headers=HEADERS, cookie_jar=aiohttp.DummyCookieJar())
    async with session:
        for method in ("HEAD", "GET"):
            async with session.request(method, url, allow_redirects=False) as answer:
                if method == "HEAD" and (answer.status in _ASK_AGAIN or answer.status == 404):
                    continue
                moved = answer.status in (301, 302, 303, 307, 308)
                return answer.status, answer.headers.get("Location", "") if moved else ""
    raise AssertionError("unreachable")
