"""The portal's columns with what is public in them, for many at once: a few queries, however many pages there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Max, Q
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from gongkai.core.catalogues.statements import says_none
from gongkai.foundation.registries import Content, reviewables
from gongkai.portal.models import BlockPage, ColumnPage, SectionPage
from gongkai.portal.models.reviewed import ReviewedPage
from gongkai.portal.paths import at_or_below
from gongkai.portal.reviewables import COLUMN
from gongkai.review import gate
from gongkai.review.choke import has_ended, kind_of

COLUMNS, PAGES = "portal.columns", "portal.pages"  # the sources, and so the beginning of every key
STEP = Page.steplen
SECTION = 3  # depth of a section: root, front page, section
FEW = 50  # places that one query names one by one

PARENT = Substr("path", 1, Length("path") - STEP, output_field=CharField())


def content_models() -> list[Any]:
    """The kinds of pages that are content with a day of their own: articles, and what rooms above add."""
    models = [entry.model for entry in reviewables if issubclass(entry.model, ReviewedPage)]
    return [model for model in models if any(field.name == "published_on" for field in model._meta.get_fields())]


def content_pages(paths: Collection[str]) -> Iterator[Any]:
    """The open pages of these kinds at and below the paths."""
    for model in content_models():
        pages = model.objects.filter(_below(paths), live=True).order_by("path")
        for page in _open(model, pages):
            if page.path.startswith(tuple(paths)):
                yield page


def _open(model: type[Page], pages: Any) -> Iterator[Any]:
    return (page for page in gate.open_records(str(kind_of(model)), pages) if not has_ended(page))


def _below(paths: Collection[str]) -> Q:
    """The pages at and below these; when there are many, every page, of which the others are passed over later."""
    if len(paths) > FEW:
        return Q()
    return at_or_below(paths)


class Tree:
    """The open columns of some sections; `open`: path -> column, those below open ones alone."""

    def __init__(self, pages: Any) -> None:
        """pages: those asked for; the columns above and below them are looked at as well."""
        self._bodies = {str(path): int(body) for path, body in SectionPage.objects.values_list("path", "body_id")}
        self._places = {*self._bodies, *BlockPage.objects.values_list("path", flat=True)}
        roots = {path[: STEP * SECTION] for path in pages.values_list("path", flat=True)}
        self.open: dict[str, ColumnPage] = {}
        for column in gate.open_records(COLUMN, ColumnPage.objects.filter(_below(roots), live=True).order_by("path")):
            if not has_ended(column) and self.leads_to(column.path):
                self.open[column.path] = column

    def leads_to(self, path: str) -> bool:
        """Whether the page above is public: an open column, a section or one of its blocks."""
        return path[:-STEP] in self.open or path[:-STEP] in self._places

    def body(self, path: str) -> int | None:
        """The body whose section the page is in: the nearest, when a section was merged into another."""
        steps = range(len(path) - STEP, 0, -STEP)
        return next((self._bodies[path[:at]] for at in steps if path[:at] in self._bodies), None)

    def above(self, path: str) -> tuple[str, ...]:
        """The keys of the columns that a page stands in, nearest first."""
        paths = (path[:at] for at in range(len(path) - STEP, 0, -STEP))
        return tuple(f"{COLUMNS}:{self.open[one].pk}" for one in paths if one in self.open)

    def newest(self, wanted: Collection[ColumnPage]) -> dict[str, tuple[int, Content | None]]:
        """Path of a column -> how many pages are public in and below it, and the newest of them."""
        counts: dict[str, int] = dict.fromkeys((column.path for column in wanted), 0)
        best: dict[str, tuple[date, str, Any]] = {}
        for model in content_models():
            for path, count, day in self._by_column(model):
                for at in range(len(path), 0, -STEP) if path in self.open else ():
                    if path[:at] in counts:
                        counts[path[:at]] += count
                        best[path[:at]] = max(best.get(path[:at], (date.min, "", None)), (day, path, model), key=_day)
        shown = self._latest(set(best.values()))
        return {path: (count, shown.get(best[path][:2]) if count else None) for path, count in counts.items()}

    def _by_column(self, model: Any) -> Any:
        live = model.objects.filter(live=True, expired=False).order_by().annotate(parent_path=PARENT)
        return live.values_list("parent_path").annotate(Count("pk"), Max("published_on"))

    def _latest(self, wanted: Collection[tuple[date, str, Any]]) -> dict[tuple[date, str], Content]:
        """Day and path of a column -> its page of that day, if the gate has it open."""
        found = {}
        for model in content_models():
            asked = {(day, path) for day, path, kind in wanted if kind is model}
            if not asked:
                continue
            pages = model.objects.filter(live=True, published_on__in={day for day, _path in asked}).alias(
                parent_path=PARENT
            )
            pages = pages.filter(parent_path__in={path for _day, path in asked}).order_by("published_on", "pk")
            for page in _open(model, pages):
                found[page.published_on, page.path[:-STEP]] = self.content(page)
        return found

    def content(self, page: Any) -> Content:
        return Content(
            key=f"{PAGES}:{page.pk}",
            title=page.title,
            address=page.url or "",
            body_id=self.body(page.path) or 0,
            published_on=page.published_on,
            formed_on=getattr(page, "formed_on", None),
            places=self.above(page.path),
            states_none=says_none(page.title),
        )


def _day(one: tuple[date, str, Any]) -> tuple[date, str]:
    return one[0], one[1]
