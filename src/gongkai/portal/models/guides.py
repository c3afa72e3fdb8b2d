"""政府信息公开指南: what Article 12 demands, entered by the body, reviewed like everything it writes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from gongkai.core import platform
from gongkai.portal.models.reviewed import ReviewedPage
from gongkai.portal.tags import GUIDE


class GuidePage(ReviewedPage):
    """公开指南: one of each body; its fields are the elements of Article 12 (`core/platform/guide.yaml`)."""

    classification = models.TextField(_("政府信息的分类"), blank=True, max_length=2000)
    arrangement = models.TextField(_("政府信息的编排体系"), blank=True, max_length=2000)
    obtaining = models.TextField(_("获取方式"), blank=True, max_length=2000)
    office_name = models.CharField(_("政府信息公开工作机构名称"), blank=True, max_length=100)
    office_address = models.CharField(_("办公地址"), blank=True, max_length=200)
    office_hours = models.CharField(_("办公时间"), blank=True, max_length=200)
    telephone = models.CharField(_("联系电话"), blank=True, max_length=60)
    fax = models.CharField(_("传真号码"), blank=True, max_length=60)
    internet = models.CharField(_("互联网联系方式"), blank=True, max_length=200)
    more = models.TextField(
        _("其他说明"), blank=True, max_length=4000, help_text=_("选填。如申请的办理程序、监督和救济途径")
    )

    column_type = GUIDE

    template = "portal/guide_page.html"
    parent_page_types: ClassVar[list[str]] = ["portal.BlockPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title", heading=_("标题")),
        MultiFieldPanel(
            [FieldPanel(one.key, help_text=one.help) for one in platform.elements()],
            heading=_("《政府信息公开条例》第十二条规定的要素"),
        ),
        FieldPanel("more"),
    ]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = verbose_name_plural = _("公开指南")

    def filled(self) -> list[tuple[str, str]]:
        """Label and words of each element that is there."""
        return [(one.label, words) for one in platform.elements() if (words := getattr(self, one.key).strip())]

    def missing(self) -> list[str]:
        """The labels of the elements that Article 12 demands and that are not there."""
        return [one.label for one in platform.elements() if not getattr(self, one.key).strip()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from gongkai.portal import listing

        return super().get_context(request, *args, **kwargs) | {"trail": listing.trail(self)}
