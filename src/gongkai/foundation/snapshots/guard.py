"""Which addresses may be fetched. A link given by a person must not make the server knock on doors of the intranet."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from django.utils.translation import gettext as _
from yarl import URL

PORTS = {80, 443}
# Addresses that carry another address inside them (NAT64, 6to4, the IPv4-compatible ones of old) could carry a private
# one; fec0::/10 was site-local before fc00::/7, and machines still route it inside.
_WRAPPING = ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96", "fec0::/10")
_REFUSED = [ipaddress.ip_network(network) for network in _WRAPPING]


class FetchError(Exception):
    """A page could not be had; the message says why, for people."""


class Refused(FetchError):
    """The address is one that this server does not visit."""


class Unreachable(FetchError):
    """The address was tried and gave no complete answer."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        elif any(ip in network for network in _REFUSED):
            return False
    return ip.is_global and not ip.is_multicast


def is_allowed_private(url: URL, allowed: Sequence[str]) -> bool:
    """Whether `allowed` names the host (for ports 80 and 443) or host:port of `url`."""
    host, port = url.host or "", url.port
    name = f"[{host}]" if ":" in host else host
    entries = {entry.lower() for entry in allowed}
    return f"{name}:{port}" in entries or (port in PORTS and bool({name, host} & entries))


def checked(address: str, allowed: Sequence[str]) -> URL:
    """`address` as a URL that may be asked, as far as can be told before its name is resolved; `Refused` otherwise."""
    try:
        url = URL(address.strip())
        port = url.port
    except ValueError:
        raise Refused(_("网址写法有误：%s") % address[:200]) from None
    if url.scheme not in ("http", "https") or not url.host:
        raise Refused(_("只能核验 http 或 https 网址：%s") % address[:200])
    if url.user is not None or url.password is not None:
        raise Refused(_("网址中不得带用户名或密码"))
    if is_allowed_private(url, allowed):
        return url
    if port not in PORTS:
        raise Refused(_("不访问端口 %s，只访问 80 和 443") % port)
    if _is_ip(url.host) and not is_public(url.host):
        raise Refused(_("不访问内部地址 %s") % url.host)
    if _reads_as_ip(url.host) and not _is_ip(url.host):
        raise Refused(_("网址写法有误：%s") % address[:200])
    return url


class GuardedResolver(AbstractResolver):
    """Resolves names to public addresses only. The connection is made to what was checked, so a name cannot be turned
    to another address between the check and the connection (DNS rebinding)."""

    def __init__(self, private_ok: bool, inner: AbstractResolver | None = None) -> None:
        self.private_ok = private_ok
        self.inner = inner or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self.inner.resolve(host, port, family)
        if not self.private_ok:
            for result in found:
                if not is_public(result["host"]):
                    raise Refused(_("不访问内部地址：%(name)s 指向 %(host)s") % {"name": host, "host": result["host"]})
        return found

    async def close(self) -> None:
        await self.inner.close()


def _reads_as_ip(host: str) -> bool:
    """Whether a client may take the host for an address and ask no resolver, as 127.1 and 2130706433 for 127.0.0.1."""
    return ":" in host or host.replace(".", "").isdigit()


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
