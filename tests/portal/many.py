"""Many pages at once, written as treebeard would have left them: for tests and measurements that need a grown tree."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Locale, Page

from gongkai.foundation import clock
from gongkai.portal.models import ArticlePage, ColumnPage, SectionPage

BATCH = 2_000


def below(parent: Page, model: type[Page], titles: list[str], live: bool = True, **given: Any) -> list[Page]:
    """Pages of `model` below a page, behind those it has.

    given: what the kind itself keeps, of each page by its place where it is a function; the rest by default.
    """
    kind, locale, now = ContentType.objects.get_for_model(model), Locale.get_default(), clock.now()
    last = Page.objects.child_of(parent).order_by("-path").values_list("path", flat=True).first()
    first = Page._str2int(last[-Page.steplen :]) + 1 if last else 1
    pages = [
        Page(
            title=title,
            draft_title=title,
            slug=f"p{number}",
            path=Page._get_path(parent.path, parent.depth + 1, number),
            depth=parent.depth + 1,
            numchild=0,
            url_path=f"{parent.url_path}p{number}/",
            content_type=kind,
            locale=locale,
            live=live,
            has_unpublished_changes=not live,
            latest_revision_created_at=now - timedelta(minutes=number),
            first_published_at=now if live else None,
        )
        for number, title in enumerate(titles, first)
    ]
    made = Page.objects.bulk_create(pages, batch_size=BATCH)
    own = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    kept = [(field, given.get(field.name, field.get_default())) for field in own]
    names = ", ".join(["page_ptr_id", *(field.column for field in own)])
    marks = ", ".join(["%s"] * (len(own) + 1))
    with connection.cursor() as cursor:
        insert = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})"
        cursor.executemany(insert, [[page.pk, *_values(kept, place)] for place, page in enumerate(made)])
    Page.objects.filter(pk=parent.pk).update(numchild=Page.objects.child_of(parent).count())
    return made


def _values(kept: list[tuple[Any, Any]], place: int) -> list[Any]:
    said = ((field, value(place) if callable(value) else value) for field, value in kept)
    return [field.get_db_prep_save(value, connection) for field, value in said]


def grow(columns: int, articles: int) -> int:
    """Below every section so many columns with so many articles each; returns how many articles."""
    made = 0
    for section in SectionPage.objects.order_by("path"):
        for column in below(section, ColumnPage, [f"栏目{number + 1}" for number in range(columns)]):
            titles = [f"关于第{number + 1}批重点项目进展情况的通报" for number in range(articles)]
            made += len(below(column, ArticlePage, titles, body="<p>正文</p>"))
    return made
