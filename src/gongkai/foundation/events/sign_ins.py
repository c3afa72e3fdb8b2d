"""Signing in, failing to, signing out and being locked out are events. A password never appears in them."""

from __future__ import annotations

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import record
from gongkai.foundation.publicforms.addresses import client_address


def _address(request: HttpRequest | None) -> str:
    """Whose address is behind the trusted proxies: the one that lock-outs count by."""
    return client_address(request) if request is not None else ""


@receiver(user_logged_in)
def signed_in(sender: Any, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    record("accounts.sign_in", user, actor=user, details={"address": _address(request)})


@receiver(user_logged_out)
def signed_out(sender: Any, request: HttpRequest | None, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record("accounts.sign_out", user, actor=user, details={"address": _address(request)})


@receiver(user_login_failed)
def sign_in_failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    details = {"username": str(credentials.get("username", ""))[:150], "address": _address(request)}
    record("accounts.sign_in_failed", None, actor=None, details=details)


@receiver(user_locked_out)
def locked_out(sender: Any, request: HttpRequest, username: str, ip_address: str, **kwargs: Any) -> None:
    record(
        "accounts.locked_out",
        None,
        actor=None,
        details={"username": (username or "")[:150], "address": ip_address or ""},
    )
