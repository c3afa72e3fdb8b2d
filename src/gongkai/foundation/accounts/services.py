"""Passwords set by others are temporary: shown once, and changed at the next sign-in."""

from __future__ import annotations

import secrets

from gongkai.foundation.accounts.models import User

# No characters that are read wrongly from a slip of paper (0 O 1 l I).
ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 12


def give_temporary_password(user: User) -> str:
    """Set a random password on `user`, to be changed at the next sign-in; the caller records the event."""
    password = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    return password
