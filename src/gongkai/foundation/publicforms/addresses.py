"""Where a request comes from."""

from __future__ import annotations

import hashlib
import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from gongkai.foundation.publicforms.moments import moment


def client_address(request: HttpRequest) -> str:
    """The visitor's IP address; empty when unknown.

    Each of the settings.GONGKAI_PROXIES trusted proxies appends whom it heard from, so the visitor is that many places
    from the end of X-Forwarded-For; what stands before is the visitor's own claim.
    """
    heard: str = request.META.get("REMOTE_ADDR", "")
    if settings.GONGKAI_PROXIES:
        chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if len(chain) >= settings.GONGKAI_PROXIES:
            heard = chain[-settings.GONGKAI_PROXIES]
    try:
        return str(ipaddress.ip_address(heard))
    except ValueError:
        return ""


def address_hash(address: str) -> str:
    """A name for an address that cannot be turned back and is another one tomorrow; of IPv6 the network counts."""
    network = address
    if ":" in address:
        network = str(ipaddress.ip_network(f"{address.partition('%')[0]}/64", strict=False))
    salt = f"gongkai.publicforms.{moment():%Y-%m-%d}"
    return salted_hmac(salt, network, algorithm=hashlib.sha256().name).hexdigest()
