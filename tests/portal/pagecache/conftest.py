"""Every test begins with nothing kept: databases that are rolled back come to the same stamp again and again."""

from __future__ import annotations

import pytest

from gongkai.portal.pagecache import memory, middleware, shared


@pytest.fixture(autouse=True)
def nothing_kept(settings, monkeypatch):
    settings.GONGKAI_PAGE_CACHE_BYTES = 2**20
    monkeypatch.setattr(middleware, "_next_end", None)
    monkeypatch.setattr(shared, "_held_for", None)
    memory.memory.clear()
    yield
    memory.memory.clear()
