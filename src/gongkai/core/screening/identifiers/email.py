"""E-mail addresses (RFC 5322 in its everyday form). Addresses of government and schools are official."""

from __future__ import annotations

OFFICIAL = ("gov.cn", "edu.cn", "org.cn")


def is_private_email(address: str) -> bool:
    """An address outside the official domains."""
    domain = address.rpartition("@")[2].lower().rstrip(".")
    return not any(domain == official or domain.endswith("." + official) for official in OFFICIAL)
