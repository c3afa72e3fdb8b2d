"""Fixtures of the portal's tests."""

from __future__ import annotations

import pytest
from tests.review.county import county, people, person, standing_still  # noqa: F401

from gongkai.portal.pagecache import memory, middleware, shared


@pytest.fixture
def nothing_kept(settings, monkeypatch):
    """The page cache on, and empty: databases that are rolled back come to the same stamp again and again."""
    settings.GONGKAI_PAGE_CACHE_BYTES = 2**20
    monkeypatch.setattr(middleware, "_next_end", None)
    monkeypatch.setattr(shared, "_held_for", None)
    memory.memory.clear()
    yield
    memory.memory.clear()
