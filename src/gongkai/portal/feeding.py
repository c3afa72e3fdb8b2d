"""When a column was last fed: the day of its newest public content, kept in the register of channels.

Kept as things happen, so that nobody counts pages to ask; every night it is counted once more (`feed_all`), for what
came in without a publication.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page

from gongkai.channels.models import Column
from gongkai.channels.services import retire_page
from gongkai.portal.models import ArticlePage, BlockPage, ColumnPage
from gongkai.portal.registering import follow

KEPT = ["newest_on", "fed_on", "warn_on", "due_on"]
HEADINGS = (ColumnPage, BlockPage)  # hold content, are none


def newest_in(page: Page) -> date | None:
    """The day of the newest public content below: an article's own day, of other kinds the day they became public."""
    below = Page.objects.descendant_of(page).live()
    articles = ArticlePage.objects.descendant_of(page).live().aggregate(day=Max("published_on"))["day"]
    others = below.not_exact_type(ArticlePage, *HEADINGS).aggregate(at=Max("last_published_at"))["at"]
    days = [articles, timezone.localdate(others) if others else None]
    return max((day for day in days if day), default=None)


def feed(column: Column) -> bool:
    """Look again at what is in it; whether that changed anything."""
    page = column.page
    newest = newest_in(page) if page is not None else None
    if newest == column.newest_on:
        return False
    column.newest_on = newest
    column.save(update_fields=KEPT)
    return True


def feed_above(page: Page) -> None:
    """The columns in which a page stands; one that holds something for the first time is registered now."""
    for heading in _headings(page):
        column = Column.objects.filter(page_id=heading.pk).select_related("page").first() or follow(heading)
        if column is not None:
            feed(column)


def feed_all() -> int:
    """Every column of the portal; how many stood otherwise than the register said."""
    return sum(feed(column) for column in Column.objects.filter(page__isnull=False).select_related("page"))


def _headings(page: Page) -> list[Page]:
    """The columns above, and those blocks that are columns."""
    blocks = [block for block in BlockPage.objects.ancestor_of(page) if block.is_column]
    return [*ColumnPage.objects.ancestor_of(page), *blocks]


def published_or_not(instance: Page, **kwargs: Any) -> None:
    """Receiver of Wagtail's `page_published` and `page_unpublished`."""
    if isinstance(instance, ColumnPage):
        follow(instance)
    else:
        feed_above(instance)


def saved(instance: ColumnPage, **kwargs: Any) -> None:
    """Receiver of `post_save` of columns: a new one is registered, a changed one followed."""
    follow(instance)


def moved(instance: Page, **kwargs: Any) -> None:
    """Receiver of `post_page_move`: addresses below changed with it."""
    for column in ColumnPage.objects.descendant_of(instance, inclusive=True):
        follow(column)
    for block in BlockPage.objects.descendant_of(instance, inclusive=True):
        if block.is_column:
            follow(block)


def deleted(instance: Page, **kwargs: Any) -> None:
    """Receiver of `pre_delete` of pages."""
    retire_page(instance.pk)
