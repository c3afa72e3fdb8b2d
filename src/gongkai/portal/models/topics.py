"""专题: one matter, drawn together from columns and articles of several bodies."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel, TitleFieldPanel
from wagtail.models import Orderable

from gongkai.portal.models.columns import SLUG_HELP
from gongkai.portal.models.reviewed import ReviewedPage


class TopicPage(ReviewedPage):  # type: ignore[django-manager-missing]
    """专题页: its own words and the choice of what it draws pass the gate; what it shows has passed it by itself."""

    summary = models.TextField(_("专题说明"), blank=True, max_length=1000, help_text=_("几句话，显示在专题名称下方"))

    template = "portal/topic_page.html"
    parent_page_types: ClassVar[list[str]] = ["portal.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title", heading=_("专题名称"), placeholder=_("例如：防汛抗旱")),
        FieldPanel("summary"),
        InlinePanel(
            "items",
            heading=_("内容来源"),
            label=_("栏目或文章"),
            help_text=_("选栏目的，列出其中最新的文章；选文章的，排在最前。可以来自不同单位"),
        ),
        FieldPanel("slug", heading=_("网址"), help_text=SLUG_HELP),
    ]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = verbose_name_plural = _("专题")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from gongkai.portal import listing, topics

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"trail": listing.trail(self)} | topics.contents(self, request.GET.get("page"))


class TopicItem(Orderable):
    """内容来源: a column, whose newest articles are shown, or an article."""

    page = ParentalKey(TopicPage, on_delete=models.CASCADE, related_name="items")
    source = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("栏目或文章"), on_delete=models.CASCADE, related_name="+"
    )

    panels: ClassVar[list[Any]] = [
        PageChooserPanel("source", page_type=["portal.ColumnPage", "portal.ArticlePage", "portal.BlockPage"])
    ]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("内容来源")

    def __str__(self) -> str:
        return str(self.source)
