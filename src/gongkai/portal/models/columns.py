"""Columns: what a body's section is divided into."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel

from gongkai.portal.models.reviewed import ReviewedPage

SLUG_HELP = _("公开网址的最后一段，公开后不宜再改")


class ColumnPage(ReviewedPage):
    """栏目: articles and smaller columns under one heading. Its words pass the gate like an article's."""

    summary = models.TextField(_("栏目说明"), blank=True, max_length=500, help_text=_("一两句话，显示在栏目名称下方"))

    template = "portal/column_page.html"
    parent_page_types: ClassVar[list[str]] = ["portal.SectionPage", "portal.ColumnPage"]
    subpage_types: ClassVar[list[str]] = ["portal.ColumnPage", "portal.ArticlePage"]
    content_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title", heading=_("栏目名称"), placeholder=_("例如：通知公告")),
        FieldPanel("summary"),
        FieldPanel("slug", heading=_("网址"), help_text=SLUG_HELP),
    ]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = verbose_name_plural = _("栏目")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from gongkai.portal import listing

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "trail": listing.trail(self),
            "columns": [column for column in listing.columns_of(self) if column.depth == self.depth + 1],
            "listed": listing.articles_of(self, request.GET.get("page")),
        }
