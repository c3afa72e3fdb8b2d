"""What may not be moved, said by name before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from gongkai.portal.models import ArticlePage, ColumnPage
from gongkai.review.models import Release, State


def approved(page: Any) -> Release | None:
    """The passage by which the page is public, or will be at its time."""
    kind = ContentType.objects.get_for_model(page)
    return Release.objects.filter(content_type=kind, object_id=page.pk, state=State.APPROVED).first()


def refuse_waiting(pages: Sequence[Any]) -> None:
    waiting = Release.objects.filter(object_id__in=[page.pk for page in pages], state=State.WAITING)
    kinds = ContentType.objects.get_for_models(*{type(page) for page in pages})
    of_pages = waiting.filter(content_type__in=kinds.values())
    titles = list(of_pages.values_list("title", flat=True))
    if titles:
        raise ValidationError(_("正在审查，请先撤回报送：%s") % "、".join(titles))


def refuse_all(pages: Sequence[Any], column: ColumnPage) -> None:
    """Columns with public pages in them, pages into themselves, addresses that are taken in the new place."""
    for page in pages:
        if page.pk == column.pk or column.is_descendant_of(page):
            raise ValidationError(_("不能把“%s”移到它自己里面") % page.title)
        if not type(page).can_exist_under(column):
            kind = page.page_type_display_name
            raise ValidationError(_("“%(title)s”是%(kind)s，不能放到这个栏目里") % {"title": page.title, "kind": kind})
        if not isinstance(page, ArticlePage) and (page.live or page.get_descendants().live().exists()):
            raise ValidationError(_("栏目“%s”已公开或者其中有公开的内容，请先撤稿") % page.title)
        if not Page._slug_is_available(page.slug, column, page=page):
            raise ValidationError(_("“%(column)s”里已有网址为 %(slug)s 的页面，请先修改“%(title)s”的网址") % {
                "column": column.title, "slug": page.slug, "title": page.title,
            })  # fmt: skip
    slugs = [page.slug for page in pages]
    if len(set(slugs)) < len(slugs):
        raise ValidationError(_("所选页面中有网址相同的，不能移到同一栏目"))
