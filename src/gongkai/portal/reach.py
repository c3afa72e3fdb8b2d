"""Of many pages at once, those that no closed column stands above: for lists that are drawn from the whole tree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from wagtail.models import Page

from gongkai.portal.models import ColumnPage
from gongkai.portal.reviewables import COLUMN
from gongkai.review import gate
from gongkai.review.choke import has_ended

P = TypeVar("P", bound=Page)


def reachable(pages: Iterable[P]) -> list[P]:
    """`pages` without those below a column that is not open, in their order; as many queries for many as for one."""
    listed = list(pages)
    above = {page.pk: [Page._get_basepath(page.path, depth) for depth in range(1, page.depth)] for page in listed}
    paths = {path for paths in above.values() for path in paths}
    columns = gate.prepared(COLUMN, ColumnPage.objects.filter(path__in=paths))
    opened = {one.path for one in gate.open_of(COLUMN, columns) if one.live and not has_ended(one)}
    closed = {one.path for one in columns} - opened
    return [page for page in listed if not closed.intersection(above[page.pk])]
