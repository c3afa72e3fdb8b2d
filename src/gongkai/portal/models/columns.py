"""Columns: what a body's section is divided into."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel

from gongkai.core import platform
from gongkai.portal.models.reviewed import ReviewedPage

SLUG_HELP = _("公开网址的最后一段，公开后不宜再改")


def column_types() -> list[tuple[str, str]]:
    """栏目类别 to choose from; an open list, kept as data."""
    return [(key, key) for key in platform.column_types()]


class ColumnPage(ReviewedPage):
    """栏目: articles and smaller columns under one heading. Its words pass the gate like an article's.

    point: 公开事项, the point of Article 20 or 21 that this column is for, of those made with the section; its words
    are the table's until somebody edits them, and only then they need a signature.
    column_type, keywords: ColumnType and ColumnKeywords of the page tags; the summary is their ColumnDescription.
    """

    summary = models.TextField(_("栏目说明"), blank=True, max_length=500, help_text=_("一两句话，显示在栏目名称下方"))
    column_type = models.CharField(
        _("栏目类别"),
        max_length=20,
        blank=True,
        choices=column_types,
        help_text=_("《政府网站发展指引》规定的页面标签，决定栏目多久应更新一次"),
    )
    keywords = models.CharField(
        _("栏目关键词"), max_length=200, blank=True, help_text=_("多个用“,”隔开；不填则用栏目名称")
    )
    point = models.CharField(_("公开事项"), max_length=20, blank=True, editable=False, db_index=True)

    template = "portal/column_page.html"
    parent_page_types: ClassVar[list[str]] = ["portal.SectionPage", "portal.ColumnPage", "portal.BlockPage"]
    subpage_types: ClassVar[list[str]] = ["portal.ColumnPage", "portal.ArticlePage"]
    content_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title", heading=_("栏目名称"), placeholder=_("例如：通知公告")),
        FieldPanel("summary"),
        FieldPanel("column_type"),
        FieldPanel("keywords"),
        FieldPanel("slug", heading=_("网址"), help_text=SLUG_HELP),
    ]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = verbose_name_plural = _("栏目")

    @property
    def is_as_made(self) -> bool:
        """Whether all its words are those of the table of points."""
        point = platform.points().get(self.point)
        if point is None:
            return False
        own = (self.title, self.summary, self.slug, self.column_type, self.keywords)
        return own == (point.title, point.summary, point.slug, point.column_type, "")

    @property
    def description(self) -> str:
        """ColumnDescription of the page tags: never empty."""
        return self.summary or gettext("%(title)s栏目公开的信息") % {"title": self.title}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from gongkai.portal import blocks, listing

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            **blocks.beside(self),
            "trail": listing.trail(self),
            "columns": [column for column in listing.columns_of(self) if column.depth == self.depth + 1],
            "listed": listing.articles_of(self, request.GET.get("page")),
            "none_on": listing.stated_none(self),
        }
