"""Keyed digests of found stretches: what was decided about one is known again, and nobody reads it back.

The key is a value of its own that the vault keeps, so that a new vault key makes nothing new that was kept by name.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings

from gongkai.foundation.vault.blind import plain
from gongkai.foundation.vault.keys import index_keys
from gongkai.review.models import FingerprintKey

PURPOSE = "review.finding"
ONLY = 1  # number of the one row


def keyed(stretch: str) -> str:
    """HMAC-SHA256 of the stretch; full-width forms, case and spaces make no difference. "" for nothing."""
    message = plain(stretch).encode()
    key = _secret(tuple(settings.VAULT_KEYS))
    return hmac.new(key, message, hashlib.sha256).hexdigest() if message else ""


@lru_cache(maxsize=4)
def _secret(vault_keys: tuple[str, ...]) -> bytes:
    """Made of the vault key of the first day: two processes that begin together make the same."""
    made = {"secret": index_keys(PURPOSE)[0].hex()}
    row, _new = FingerprintKey.objects.get_or_create(pk=ONLY, defaults=made)
    return bytes.fromhex(row.secret)
