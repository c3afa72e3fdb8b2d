"""What the portal shows of a body, for rooms that check it: columns with what stands in them, and single articles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import CharField, Count, Max, Q
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from gongkai.core.catalogues.statements import none_stated, says_none
from gongkai.foundation.input import numbers
from gongkai.foundation.registries import (
    Content,
    ContentSource,
    Place,
    Standing,
    content_changed,
    content_sources,
)
from gongkai.portal.models import ArticlePage, ColumnPage, SectionPage
from gongkai.portal.reviewables import ARTICLE, COLUMN
from gongkai.portal.standing import body_of
from gongkai.review import gate
from gongkai.review.choke import has_ended

COLUMNS, ARTICLES = "portal.columns", "portal.articles"
STEP = Page.steplen
SECTION = 3  # depth of a section: root, front page, section
FEW = 50  # places that one query names one by one


def _below(paths: Collection[str]) -> Q:
    """The pages at and below these; when there are many, every page, of which the others are passed over later."""
    if len(paths) > FEW:
        return Q()
    return reduce(or_, (Q(path__startswith=path) for path in paths), Q(pk__in=()))


class _Tree:
    """The sections with their columns, those that are public and below public ones alone; a few queries for all."""

    def __init__(self, pages: Any) -> None:
        """pages: those asked for; the columns above and below them are looked at as well."""
        sections = SectionPage.objects.values_list("path", "body_id")
        self._bodies = {str(path): int(body) for path, body in sections}
        roots = {path[: STEP * SECTION] for path in pages.values_list("path", flat=True)}
        self.open: dict[str, ColumnPage] = {}
        within = ColumnPage.objects.filter(_below(roots), live=True).order_by("path")
        for column in gate.open_records(COLUMN, within):
            above = column.path[:-STEP]
            if not has_ended(column) and (above in self.open or above in self._bodies):
                self.open[column.path] = column

    def body(self, path: str) -> int | None:
        return next((self._bodies[path[:at]] for at in range(STEP, len(path), STEP) if path[:at] in self._bodies), None)

    def above(self, path: str) -> tuple[str, ...]:
        """The keys of the columns that a page stands in, nearest first."""
        paths = (path[:at] for at in range(len(path) - STEP, 0, -STEP))
        return tuple(str(self.open[one].pk) for one in paths if one in self.open)

    def newest(self, wanted: Collection[ColumnPage]) -> dict[str, tuple[int, Content | None]]:
        """Path of a column -> how many articles are open in and below it, and the newest of them."""
        counted = {path: (count, latest) for path, count, latest in self._by_column() if path in self.open}
        below: dict[str, list[str]] = {column.path: [] for column in wanted}
        for path in counted:
            for at in range(len(path), 0, -STEP):
                if path[:at] in below:
                    below[path[:at]].append(path)
        best = {top: max(paths, key=lambda one: (counted[one][1], one)) for top, paths in below.items() if paths}
        shown = self._latest({(best[top], counted[best[top]][1]) for top in best})
        return {
            top: (sum(counted[one][0] for one in paths), shown.get(best[top]) if paths else None)
            for top, paths in below.items()
        }

    def _by_column(self) -> Iterable[tuple[str, int, date]]:
        live = ArticlePage.objects.filter(live=True, expired=False).order_by()
        parents = live.annotate(parent_path=Substr("path", 1, Length("path") - STEP, output_field=CharField()))
        return parents.values_list("parent_path").annotate(Count("pk"), Max("published_on"))

    def _latest(self, wanted: set[tuple[str, date]]) -> dict[str, Content]:
        """Path of a column -> its newest article, if the gate has it open."""
        if not wanted:
            return {}
        articles = ArticlePage.objects.filter(live=True, published_on__in={day for _path, day in wanted})
        articles = articles.alias(parent_path=Substr("path", 1, Length("path") - STEP, output_field=CharField()))
        articles = articles.filter(parent_path__in={path for path, _day in wanted}).order_by("published_on", "pk")
        return {article.path[:-STEP]: self.content(article) for article in _open(articles)}

    def content(self, article: ArticlePage) -> Content:
        return Content(
            key=f"{ARTICLES}:{article.pk}",
            title=article.title,
            address=article.url or "",
            body_id=self.body(article.path) or 0,
            published_on=article.published_on,
            places=tuple(f"{COLUMNS}:{key}" for key in self.above(article.path)),
            states_none=says_none(article.title),
        )


def _open(articles: Any) -> list[ArticlePage]:
    return [article for article in gate.open_records(ARTICLE, articles) if not has_ended(article)]


def places(bodies: Collection[int]) -> Iterator[Place]:
    """Every open column of the bodies, with the columns above it."""
    sections = SectionPage.objects.filter(body_id__in=bodies)
    tree = _Tree(sections)
    for path, column in tree.open.items():
        body = tree.body(path)
        if body is not None and body in bodies:
            trail = [tree.open[path[:at]].title for at in range(STEP, len(path), STEP) if path[:at] in tree.open]
            yield Place(str(column.pk), column.title, body, column.url or "", " / ".join(trail))


def look(keys: Collection[str]) -> dict[str, Standing]:
    """The columns as the public finds them; one that was deleted is left out, one that is withdrawn is not open."""
    columns = list(ColumnPage.objects.filter(pk__in=numbers(keys)))
    tree = _Tree(ColumnPage.objects.filter(pk__in=numbers(keys)))
    newest = tree.newest([column for column in columns if column.path in tree.open])
    found = {}
    for column in columns:
        is_open = column.path in tree.open
        count, latest = newest.get(column.path, (0, None))
        none_on = none_stated(column.summary) if is_open else None
        found[str(column.pk)] = Standing(
            is_open, tree.body(column.path), column.url or "", column.title, count, latest, none_on
        )
    return found


def inside(keys: Collection[str]) -> Iterator[Content]:
    """Every open article in and below the columns."""
    columns = ColumnPage.objects.filter(pk__in=numbers(keys))
    tree = _Tree(columns)
    opened = [path for path in columns.values_list("path", flat=True) if path in tree.open]
    articles = ArticlePage.objects.filter(_below(opened), live=True).order_by("path")
    for article in _open(articles):
        if article.path[:-STEP] in tree.open and article.path.startswith(tuple(opened)):
            yield tree.content(article)


def look_at_articles(keys: Collection[str]) -> dict[str, Standing]:
    """Single articles: open when they and all columns above them are."""
    articles = ArticlePage.objects.filter(pk__in=numbers(keys))
    tree = _Tree(articles)
    opened = {article.pk for article in _open(articles.filter(live=True))}
    found = {}
    for article in articles:
        is_open = article.pk in opened and article.path[:-STEP] in tree.open
        newest = tree.content(article) if is_open else None
        found[str(article.pk)] = Standing(
            is_open, tree.body(article.path), article.url or "", article.title, int(is_open), newest
        )
    return found


def article_inside(keys: Collection[str]) -> Iterator[Content]:
    """An article is all that stands in it."""
    for standing in look_at_articles(keys).values():
        if standing.newest is not None:
            yield standing.newest


def _finder(model: Any) -> Any:
    def find(address: str) -> str | None:
        """The page of this kind at an address of the portal."""
        slug = urlsplit(address).path.rstrip("/").rpartition("/")[2]
        wanted = urlsplit(address).path.rstrip("/")
        for page in model.objects.filter(slug=slug)[:50]:
            if urlsplit(page.url or "").path.rstrip("/") == wanted:
                return str(page.pk)
        return None

    return find


def _changed(instance: Any, **kwargs: Any) -> None:
    body = body_of(instance)
    if body is not None:
        transaction.on_commit(lambda: content_changed.send(sender=type(instance), body_id=body))


page_published.connect(_changed, dispatch_uid="portal.content_sources.published")
page_unpublished.connect(_changed, dispatch_uid="portal.content_sources.unpublished")

content_sources.register(ContentSource(COLUMNS, _("栏目"), places, look, inside, _finder(ColumnPage)))
content_sources.register(
    ContentSource(ARTICLES, _("文章"), lambda bodies: (), look_at_articles, article_inside, _finder(ArticlePage))
)
