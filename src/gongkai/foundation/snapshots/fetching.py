"""Fetching one page: few redirects, bounded size, bounded time, every step checked anew."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from django.conf import settings
from django.utils.translation import gettext as _
from yarl import URL

from gongkai.foundation import clock
from gongkai.foundation.snapshots.guard import (
    FetchError,
    GuardedResolver,
    Refused,
    Unreachable,
    checked,
    is_allowed_private,
)

REDIRECTS = 5
SIZE = 20 * 1024 * 1024  # bytes, unpacked
SECONDS = 30.0  # for everything, redirects included
HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; Gongkai; link check)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered."""

    url: str
    final_url: str
    fetched_at: datetime
    status: int
    content_type: str
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


def fetch(url: str, *, size: int = SIZE, seconds: float = SECONDS) -> Fetched:
    """Fetch `url`; `Refused` when it must not be visited, `Unreachable` when it gives no complete answer.

    An answer such as 404 is an answer: see `status`. Not to be called from within an event loop.
    """
    return asyncio.run(_within(url, size, seconds, settings.GONGKAI_FETCH_PRIVATE))


async def _within(url: str, size: int, seconds: float, allowed: Sequence[str]) -> Fetched:
    try:
        async with asyncio.timeout(seconds):
            return await _follow(url, size, allowed)
    except TimeoutError:
        raise Unreachable(_("%g 秒内没有完整应答") % seconds) from None
    except FetchError:
        raise
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise explained(error) from error


async def _follow(start: str, size: int, allowed: Sequence[str]) -> Fetched:
    address = start
    for _hop in range(REDIRECTS + 1):
        url = checked(address, allowed)
        answer = await _ask(url, size, is_allowed_private(url, allowed))
        if isinstance(answer, str):
            address = answer
            continue
        status, content_type, body = answer
        return Fetched(start, str(url), clock.now(), status, content_type, body)
    raise Unreachable(_("跳转超过 %d 次") % REDIRECTS)


async def _ask(url: URL, size: int, private_ok: bool) -> str | tuple[int, str, bytes]:
    """The address it redirects to, or status, content type and body."""
    connector = aiohttp.TCPConnector(resolver=GuardedResolver(private_ok), use_dns_cache=False, force_close=True)
    session = aiohttp.ClientSession(connector=connector, headers=HEADERS, cookie_jar=aiohttp.DummyCookieJar())
    async with session, session.get(url, allow_redirects=False) as response:
        target = response.headers.get("Location")
        if response.status in (301, 302, 303, 307, 308) and target:
            return str(url.join(URL(target)))
        body = bytearray()
        async for chunk in response.content.iter_chunked(64 * 1024):
            body += chunk
            if len(body) > size:
                raise Unreachable(_("内容超过 %d MB") % (size // 1024 // 1024))
        return response.status, response.headers.get("Content-Type", "")[:200], bytes(body)


def explained(error: Exception) -> FetchError:
    cause: BaseException | None = error
    while cause is not None:  # the resolver's refusal comes wrapped in a connection error
        if isinstance(cause, Refused):
            return cause
        cause = cause.__cause__ or cause.__context__
    match error:
        case aiohttp.ClientConnectorDNSError():
            return Unreachable(_("域名无法解析"))
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return Unreachable(_("网站证书有误，无法建立安全连接"))
        case aiohttp.ClientConnectorError() | ConnectionError():
            return Unreachable(_("无法连接到该网站"))
        case aiohttp.InvalidURL():
            return Refused(_("网址写法有误"))
        case _:
            return Unreachable(_("应答不完整或不符合协议（%s）") % type(error).__name__)
