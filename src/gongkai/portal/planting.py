"""Many pages at once: a few statements however many there are, where adding one by one takes a statement each.

For pages that the product makes itself; nothing that people wrote comes in this way, and nothing here asks the gate:
what is not exempt or wordless stays closed when the public looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import router, transaction
from django.db.models import F, Model
from django.db.models.sql import InsertQuery
from wagtail.models import Locale, Page

from gongkai.foundation import clock

BATCH = 200  # rows a statement
COPIED = [field for field in Page._meta.concrete_fields if not field.primary_key]


@transaction.atomic
def plant(beds: Iterable[tuple[Page, Sequence[Page]]]) -> int:
    """Put new pages below each parent, in their order, after those that are there; how many.

    The parents are locked: nobody adds a page beside them at this moment. Titles and slugs are given; what a page lacks
    of its place in the tree is filled in, and the page is live from now on.
    """
    beds = [(parent, list(pages)) for parent, pages in beds if pages]
    parents = {page.pk: page for page in Page.objects.select_for_update().filter(pk__in=[one.pk for one, _ in beds])}
    locale = Locale.get_default()
    for given, pages in beds:
        _place(parents[given.pk], pages, locale)
    planted = [page for _parent, pages in beds for page in pages]
    rows = [Page(**{field.attname: getattr(page, field.attname) for field in COPIED}) for page in planted]
    for page, row in zip(planted, Page.objects.bulk_create(rows, batch_size=BATCH), strict=True):
        page.pk = page.id = page.page_ptr_id = row.pk
        page._state.adding = False
    for model in dict.fromkeys(type(page) for page in planted):
        _insert_own(model, [page for page in planted if type(page) is model])
    for given, pages in beds:
        Page.objects.filter(pk=given.pk).update(numchild=F("numchild") + len(pages))
        given.numchild = parents[given.pk].numchild + len(pages)
    return len(planted)


def _place(parent: Page, pages: Sequence[Page], locale: Locale) -> None:
    last = parent.get_last_child() if parent.numchild else None
    first = 1 if last is None else 1 + Page._str2int(last.path[-Page.steplen :])
    now = clock.now()
    for step, page in enumerate(pages, first):
        page.depth, page.numchild, page.locale = parent.depth + 1, 0, locale
        page.path = Page._get_path(parent.path, page.depth, step)
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.draft_title = page.title
        page.content_type = ContentType.objects.get_for_model(type(page))
        page.live, page.has_unpublished_changes = True, False
        page.first_published_at = page.last_published_at = now


def _insert_own(model: type[Model], pages: Sequence[Any]) -> None:
    """The row of the kind's own table; Django's bulk_create does not take models with two tables."""
    fields = list(model._meta.local_concrete_fields)
    for start in range(0, len(pages), BATCH):
        query = InsertQuery(model)
        query.insert_values(fields, list(pages[start : start + BATCH]))
        query.get_compiler(using=router.db_for_write(model)).execute_sql()
