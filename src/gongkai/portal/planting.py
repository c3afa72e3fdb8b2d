"""Many pages at once: a few statements however many there are, where adding one by one takes a statement each.

For pages that the product makes itself; nothing that people wrote comes in this way, and nothing here asks the gate:
what is not exempt or wordless stays closed when the public looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from wagtail.models import Locale, Page

from gongkai.foundation import clock

ROWS = 500  # in one statement
COPIED = [field for field in Page._meta.concrete_fields if not field.primary_key]


@transaction.atomic
def plant(beds: Iterable[tuple[Page, Sequence[Page]]]) -> int:
    """Put new pages below each parent, in their order, after those that are there; how many.

    The parents are locked: nobody adds a page beside them at this moment. Titles and slugs are given; what a page lacks
    of its place in the tree is filled in, and the page is live from now on.
    """
    beds = [(parent, list(pages)) for parent, pages in beds if pages]
    parents = {page.pk: page for page in Page.objects.select_for_update().filter(pk__in=[one.pk for one, _ in beds])}
    for given, pages in beds:
        give_places(parents[given.pk], pages)
        _open(pages)
    planted = [page for _parent, pages in beds for page in pages]
    for model in dict.fromkeys(type(page) for page in planted):
        write_rows([page for page in planted if type(page) is model])
    for given, pages in beds:
        Page.objects.filter(pk=given.pk).update(numchild=F("numchild") + len(pages))
        given.numchild = parents[given.pk].numchild + len(pages)
    return len(planted)


def give_places(parent: Page, pages: Sequence[Any]) -> None:
    """As the last children of `parent`, whose row must be held; `numchild` is the caller's to raise."""
    last = parent.get_last_child() if parent.numchild else None
    taken = Page._str2int(last.path[-Page.steplen :]) if last is not None else 0
    locale = Locale.get_default()
    for number, page in enumerate(pages, taken + 1):
        page.depth, page.numchild, page.locale = parent.depth + 1, 0, locale
        page.path = Page._get_path(parent.path, page.depth, number)
        page.set_url_path(parent)
        page.draft_title = page.title
        page.content_type = ContentType.objects.get_for_model(type(page))


def _open(pages: Sequence[Page]) -> None:
    now = clock.now()
    for page in pages:
        page.live, page.has_unpublished_changes = True, False
        page.first_published_at = page.last_published_at = now


def write_rows(pages: Sequence[Any]) -> None:
    """Of pages of one kind. Django makes no rows of two tables at once: first those of every page, then the kind's."""
    rows = [Page(**{field.attname: getattr(page, field.attname) for field in COPIED}) for page in pages]
    for row, page in zip(Page.objects.bulk_create(rows, batch_size=ROWS), pages, strict=True):
        page.pk = page.id = row.pk
    kind = type(pages[0])
    kind._base_manager.get_queryset()._batched_insert(pages, kind._meta.local_concrete_fields, ROWS)
    for page in pages:
        page._state.adding = False
