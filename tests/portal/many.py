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


def below(parent: Page, model: type, titles: list[str], fields: dict[str, Any], live: bool = True) -> list[Page]:
    """Pages of `model` below a page that has none; `fields` is what the kind itself keeps."""
    kind, locale, now = ContentType.objects.get_for_model(model), Locale.get_default(), clock.now()
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
        for number, title in enumerate(titles, 1)
    ]
    made = Page.objects.bulk_create(pages, batch_size=BATCH)
    names = ", ".join(["page_ptr_id", *fields])
    marks = ", ".join(["%s"] * (len(fields) + 1))
    rows = [[page.pk, *fields.values()] for page in made]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})", rows)
    Page.objects.filter(pk=parent.pk).update(numchild=len(made))
    return made


def grow(columns: int, articles: int) -> int:
    """Below every section so many columns with so many articles each; returns how many articles."""
    day = clock.today()
    written = {"summary": "", "body": "<p>正文</p>", "source": "", "published_on": day}
    made = 0
    for section in SectionPage.objects.order_by("path"):
        titles = [f"栏目{number + 1}" for number in range(columns)]
        for column in below(section, ColumnPage, titles, {"summary": ""}):
            titles = [f"关于第{number + 1}批重点项目进展情况的通报" for number in range(articles)]
            made += len(below(column, ArticlePage, titles, written))
    return made
