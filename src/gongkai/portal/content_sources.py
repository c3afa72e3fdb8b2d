"""What the portal shows of a body, for rooms that check it: columns with what stands in them, and single pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from gongkai.channels.models import Column
from gongkai.foundation.input import numbers
from gongkai.foundation.registries import (
    Content,
    ContentSource,
    Place,
    Standing,
    content_changed,
    content_sources,
)
from gongkai.portal.matching import pages_with
from gongkai.portal.models import ColumnPage, SectionPage
from gongkai.portal.standing import body_of
from gongkai.portal.tree import COLUMNS, PAGES, STEP, Tree, content_models, content_pages

SAME_NAME = 50  # pages that may bear one slug


def places(bodies: Collection[int]) -> Iterator[Place]:
    """Every open column of the bodies, with the columns above it."""
    tree = Tree(SectionPage.objects.filter(body_id__in=bodies))
    for path, column in tree.open.items():
        body = tree.body(path)
        if body is not None and body in bodies:
            trail = [tree.open[path[:at]].title for at in range(STEP, len(path), STEP) if path[:at] in tree.open]
            yield Place(str(column.pk), column.title, body, column.url or "", " / ".join(trail))


def look(keys: Collection[str]) -> dict[str, Standing]:
    """The columns as the public finds them; one that was deleted is left out, one that is withdrawn is not open."""
    columns = ColumnPage.objects.filter(pk__in=numbers(keys))
    tree = Tree(columns)
    newest = tree.newest([column for column in columns if column.path in tree.open])
    said = _stated_none(numbers(keys))
    found = {}
    for column in columns:
        count, latest = newest.get(column.path, (0, None))
        found[str(column.pk)] = Standing(
            column.path in tree.open,
            tree.body(column.path),
            column.url or "",
            column.title,
            count,
            latest,
            said.get(column.pk),
        )
    return found


def _stated_none(pks: list[int]) -> dict[int, date]:
    """暂无声明 of columns, as `listing.stated_none` tells it for one."""
    said = Column.objects.filter(page_id__in=pks, none_on__isnull=False).exclude(newest_on__gt=F("none_on"))
    return {page: day for page, day in said.values_list("page_id", "none_on") if page and day}


def inside(keys: Collection[str]) -> Iterator[Content]:
    """Every open page in and below the columns."""
    columns = ColumnPage.objects.filter(pk__in=numbers(keys))
    tree = Tree(columns)
    opened = [path for path in columns.values_list("path", flat=True) if path in tree.open]
    for page in content_pages(opened):
        if page.path[:-STEP] in tree.open:
            yield tree.content(page)


def look_at_pages(keys: Collection[str]) -> dict[str, Standing]:
    """Single pages: open when they and all columns above them are."""
    pages = Page.objects.filter(pk__in=numbers(keys))
    tree = Tree(pages)
    opened = {page.pk: page for page in content_pages(list(pages.values_list("path", flat=True)))}
    found = {}
    for page in pages:
        shown = opened.get(page.pk)
        if shown is not None and not tree.leads_to(page.path):
            shown = None
        newest = tree.content(shown) if shown is not None else None
        found[str(page.pk)] = Standing(
            newest is not None, tree.body(page.path), page.url or "", page.title, int(newest is not None), newest
        )
    return found


def page_inside(keys: Collection[str]) -> Iterator[Content]:
    """A page is all that stands in it."""
    return (one.newest for one in look_at_pages(keys).values() if one.newest is not None)


def find_column(address: str) -> str | None:
    return _find(address, [ColumnPage])


def find_page(address: str) -> str | None:
    return _find(address, content_models())


def _find(address: str, models: list[Any]) -> str | None:
    """The page of one of these kinds at an address of the portal."""
    wanted = urlsplit(address).path.rstrip("/")
    for model in models:
        for page in model.objects.filter(slug=wanted.rpartition("/")[2])[:SAME_NAME]:
            if urlsplit(page.url or "").path.rstrip("/") == wanted:
                return str(page.pk)
    return None


def _changed(instance: Any, **kwargs: Any) -> None:
    body = body_of(instance)
    if body is not None:
        transaction.on_commit(lambda: content_changed.send(sender=type(instance), body_id=body))


page_published.connect(_changed, dispatch_uid="portal.content_sources.published")
page_unpublished.connect(_changed, dispatch_uid="portal.content_sources.unpublished")

content_sources.register(ContentSource(COLUMNS, _("栏目"), places, look, inside, find_column))
content_sources.register(
    ContentSource(PAGES, _("网页"), lambda bodies: (), look_at_pages, page_inside, find_page, pages_with)
)
