"""“Below this page” by the index of paths on SQLite too.

Django writes `startswith` for SQLite as `LIKE … ESCAPE`, which never uses an index there, and Wagtail asks for the
pages below another several times in every list: with 100,000 pages each of them read the whole table (0.1 s). Paths
are digits and capitals, so the same pages lie between two values. PostgreSQL has an index for LIKE.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.db.models.lookups import StartsWith
from wagtail.models import Collection, Page

BEYOND = "\x7f"  # behind every character of a path


class Below(StartsWith):
    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        if not self.rhs_is_direct_value() or not str(self.rhs).isalnum() or not str(self.rhs).isascii():
            sql, params = self.as_sql(compiler, connection)
            return sql, list(params)
        path, params = self.process_lhs(compiler, connection)
        return f"({path} >= %s AND {path} < %s)", [*params, self.rhs, *params, f"{self.rhs}{BEYOND}"]


def at_or_below(paths: Iterable[str]) -> Q:
    """The pages at and below these; none when there are none."""
    return reduce(or_, (Q(path__startswith=path) for path in paths), Q(pk__in=()))


def use_the_index() -> None:
    for model in (Page, Collection):
        model._meta.get_field("path").register_lookup(Below)
