"""Lists and ways of the public pages: only what is open, and only below columns that are open too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import F, Q, Value
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from gongkai.channels.models import Column
from gongkai.foundation.registries import reviewables
from gongkai.portal.models import ArticlePage, BlockPage, ColumnPage, HomePage, SectionPage
from gongkai.portal.models.reviewed import ReviewedPage
from gongkai.portal.pagecache.shared import shared
from gongkai.portal.reach import reachable
from gongkai.portal.reviewables import ARTICLE, COLUMN
from gongkai.portal.standing import parent_path, paths_to, section_above
from gongkai.review import gate
from gongkai.review.choke import has_ended, is_public

PAGE = 30
NEWEST = 10
SECTION_DEPTH = 3  # root, front page, section


def columns_above(page: Page) -> list[ColumnPage] | None:
    """The columns between the section and `page`; None when one of them is not public."""
    return _columns_to(parent_path(page)) if page.depth > SECTION_DEPTH + 1 else []


@shared
def _columns_to(path: str) -> list[ColumnPage] | None:
    above = gate.prepared(COLUMN, ColumnPage.objects.filter(path__in=paths_to(path)).order_by("depth"))
    opened = [one for one in gate.open_of(COLUMN, above) if one.live and not has_ended(one)]
    return opened if len(opened) == len(above) else None


def is_shown(page: Any) -> bool:
    """Whether the public may see the page now: it is open, and so is every column above it.

    The columns are kept on the page for the way to it, which is shown in the same answer.
    """
    page.opened_above = columns_above(page) if is_public(page) else None
    return page.opened_above is not None


def columns_of(page: Page) -> list[ColumnPage]:
    """The open columns below a page, at any depth, each with all columns above it open; in the order of the tree."""
    below = ColumnPage.objects.descendant_of(page).live().order_by("path")
    reached, found = {page.path}, []
    if not isinstance(page, ColumnPage):
        reached.update(BlockPage.objects.child_of(page).values_list("path", flat=True))
    for column in gate.open_records(COLUMN, below):
        if Page._get_basepath(column.path, column.depth - 1) in reached:
            reached.add(column.path)
            found.append(column)
    return found


def _listed_kinds() -> dict[str, Any]:
    """The kinds of page that lists show, by their keys: those with a day of their own, of rooms as well."""
    pages = {entry.key: entry.model for entry in reviewables if issubclass(entry.model, ReviewedPage)}
    return {key: model for key, model in pages.items() if hasattr(model, "published_on")}


def _dated(within: Callable[[Any], Any]) -> Any:
    """(id, day, kind) of what stands within a part of the tree, the newest first."""
    parts = [
        within(model.objects.live()).order_by().values_list("page_ptr_id", "published_on", Value(key))
        for key, model in _listed_kinds().items()
    ]
    return parts[0].union(*parts[1:], all=True).order_by("-published_on", "-page_ptr_id")


def _newest(within: Callable[[Any], Any], number: int) -> list[tuple[int, date, str]]:
    """The first of these. Each kind gives its own by the index of days; a union of all would sort all there are."""
    parts = [
        within(model.objects.live())
        .order_by("-published_on", "-page_ptr_id")
        .values_list("page_ptr_id", "published_on")
        for model in _listed_kinds().values()
    ]
    rows = [(pk, day, key) for key, part in zip(_listed_kinds(), parts, strict=True) for pk, day in part[:number]]
    return sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)[:number]


def articles_of(column: ColumnPage | BlockPage, number: str | None) -> Slice[Any]:
    """A page of the list. Only what stands on it asks the gate: ten thousand articles cost what thirty do."""
    listed = Paginator(_dated(lambda pages: pages.child_of(column)), PAGE).get_page(number)
    listed.object_list = _open(listed.object_list)
    return listed


def newest_in(section: SectionPage, columns: list[ColumnPage]) -> list[Any]:
    """What is latest of a body in one of its open columns, or in one of the fixed blocks."""
    parent = Substr("path", 1, Length("path") - Page.steplen)
    blocks = BlockPage.objects.child_of(section).values("path")
    inside = Q(parent_path__in=[column.path for column in columns]) | Q(parent_path__in=blocks)
    return _open(_newest(lambda pages: pages.descendant_of(section).alias(parent_path=parent).filter(inside), NEWEST))


def _open(rows: Iterable[tuple[int, date, str]]) -> list[Any]:
    """Of these rows the pages that are open, in their order; each kind asks the gate once."""
    listed = list(rows)
    found: dict[int, Any] = {}
    for key, model in _listed_kinds().items():
        pks = [pk for pk, _day, kind in listed if kind == key]
        opened = gate.open_records(key, model.objects.filter(pk__in=pks)) if pks else []
        found |= {page.pk: page for page in opened if not has_ended(page)}
    return [found[pk] for pk, _day, _kind in listed if pk in found]


def newest_of(home: HomePage) -> list[Any]:
    """What is latest of a county. Only the newest are asked about: a large tree costs what a small one does.

    Its part of the tree is asked for by a computed root: nearly every page is below it, and with the path itself the
    database would go through all of them instead of going back from the newest day.
    """
    root = Substr("path", 1, len(home.path))
    return reachable(_open(_newest(lambda pages: pages.alias(root=root).filter(root=home.path), NEWEST * 2)))[:NEWEST]


def shown(pks: list[int]) -> list[ArticlePage]:
    """Of these articles those that the public may see, wherever they stand; the newest first."""
    articles = ArticlePage.objects.filter(pk__in=pks).order_by(F("published_on").desc(), "-pk")
    return reachable(one for one in gate.open_records(ARTICLE, articles) if not has_ended(one))


def stated_none(column: Page) -> date | None:
    """暂无声明: the day on which its body stated that there is nothing; None once something newer is there."""
    said = Column.objects.filter(page_id=column.pk, none_on__isnull=False)
    said = said.exclude(newest_on__gt=F("none_on"))
    return said.values_list("none_on", flat=True).first()


@shared
def _blocks_to(path: str) -> list[tuple[str, str]]:
    blocks = BlockPage.objects.filter(path__in=paths_to(path))
    return [(block.block.title, block.url or "") for block in blocks]


def trail(page: Page) -> list[tuple[str, str]]:
    """当前位置: body, block, open columns, the page itself."""
    section = section_above(page)
    steps = [(section.body.name, section.url or "")] if section else []
    if page.depth > SECTION_DEPTH + 1:
        steps += _blocks_to(parent_path(page))
        above = page.opened_above if hasattr(page, "opened_above") else columns_above(page)
        steps += [(column.title, column.url or "") for column in above or []]
    return [*steps, (page.block.title if isinstance(page, BlockPage) else page.title, "")]
