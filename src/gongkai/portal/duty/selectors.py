"""Columns and their content, as far as a person's bodies reach."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from gongkai.channels.models import Column, ColumnQuerySet
from gongkai.foundation.access import STAFF, Rights, Role
from gongkai.portal.models import ArticlePage, BlockKind, BlockPage

# 公示 and calls are over long before; words in titles, by which last year's are found (the product's own list).
PASSING = ("公示", "招聘", "报名", "招标", "遴选", "征求意见", "征集")
OVER = 365  # days after which such a one is surely over


def columns_for(rights: Rights) -> ColumnQuerySet:
    """The watched columns that a person's bodies answer for; keeping the machine running opens no business."""
    reached = rights.bodies(*(role for role in Role if role in STAFF))
    columns = Column.objects.watched()
    return columns if reached is None else columns.filter(owner_id__in=reached)


def with_articles(columns: ColumnQuerySet) -> ColumnQuerySet:
    """The columns, each with `takes_articles`: whether articles are written into it here (the guide takes none)."""
    guides = BlockPage.objects.filter(kind=BlockKind.GUIDE)
    written = Q(page__isnull=False) & ~Q(page__in=guides.values("pk"))
    return columns.annotate(takes_articles=ExpressionWrapper(written, output_field=BooleanField()))


def outdated(columns: ColumnQuerySet, on: date) -> QuerySet[ArticlePage]:
    """过时内容: public articles older than their column keeps them, and postings and calls of a year ago.

    Oldest first; each with `owner_name`, the body that answers for it, and `column_name`.
    """
    parent = Substr("path", 1, Length("path") - Page.steplen)
    articles = ArticlePage.objects.live().annotate(parent_path=parent)
    kept = columns.filter(page__isnull=False).order_by()
    home = kept.filter(page__path=OuterRef("parent_path"))
    named = articles.annotate(
        owner_name=Subquery(home.values("owner__name")[:1]), column_name=Subquery(home.values("name")[:1])
    )
    inside = Q(parent_path__in=kept.values("page__path"))
    return named.filter(inside, _too_old(kept, on) | _over(on)).order_by("published_on", "pk")


def _too_old(columns: ColumnQuerySet, on: date) -> Q:
    """One condition for each age that columns have."""
    ages = set(columns.exclude(outdated_days=None).values_list("outdated_days", flat=True))
    found = [
        Q(
            published_on__lt=on - timedelta(days=age),
            parent_path__in=columns.filter(outdated_days=age).values("page__path"),
        )
        for age in ages
        if age is not None
    ]
    return reduce(or_, found, Q(pk__in=[]))


def _over(on: date) -> Q:
    words = reduce(or_, (Q(title__contains=word) for word in PASSING))
    return words & Q(published_on__lt=on - timedelta(days=OVER))
