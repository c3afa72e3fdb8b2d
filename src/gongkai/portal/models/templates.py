"""Templates that bodies make of their own articles."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.events.models import Audited


class ArticleTemplate(Audited):
    """文章模板 of one body; those of a county's own serve all its bodies."""

    audited = ("name", "title", "summary", "html", "dropped_at")

    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="article_templates")
    name = models.CharField(_("模板名称"), max_length=60)
    title = models.CharField(_("标题"), max_length=255)
    summary = models.TextField(_("摘要"), blank=True, max_length=500)
    html = models.TextField(_("正文"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("制作人"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("制作时间"), default=clock.now)
    dropped_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("文章模板")
        ordering: ClassVar[list[str]] = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
