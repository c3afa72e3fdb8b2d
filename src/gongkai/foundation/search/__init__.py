"""Full-text search in Chinese: Wagtail's own backends of the database in use, fed with pairs of characters.

Named by `WAGTAILSEARCH_BACKENDS`; serves the public search as well as every search of the back office.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from gongkai.foundation.search.tokens import normal, term, terms, tokens

__all__ = ["SearchBackend", "normal", "term", "terms", "tokens"]


def SearchBackend(params: dict[str, Any]) -> Any:
    """The backend of the database in use."""
    if connection.vendor == "postgresql":
        from gongkai.foundation.search.postgres import PairsOnPostgres

        return PairsOnPostgres(params)
    from gongkai.foundation.search.sqlite import PairsOnSqlite

    return PairsOnSqlite(params)
