"""Signing in to the back office, and a county of some size beside the small one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.ledger import builders

from gongkai.bodies.sections import keep_in_step
from gongkai.foundation.accounts.models import User

BACKEND = "gongkai.foundation.accounts.backends.PasswordBackend"


def sign_in(user: User) -> Client:
    """A browser in which `user` has signed in."""
    keep_in_step(user)
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def enter() -> Callable[[User], Client]:
    return sign_in


@pytest.fixture
def scale(db, at) -> builders.Filled:
    """Ten bodies, twelve items, 120 assignments in every state on 20 September 2023."""
    at("2023-09-20")
    return builders.fill(builders.Size(bodies=10, items=12))
