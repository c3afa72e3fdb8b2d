"""What stood at an address at a moment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Snapshot(models.Model):
    """快照. The bytes lie in the private storage under `sha256`; several snapshots may share them."""

    url = models.CharField(_("网址"), max_length=2000)
    final_url = models.CharField(_("跳转后网址"), max_length=2000)
    fetched_at = models.DateTimeField(_("访问时间"))
    status = models.PositiveSmallIntegerField(_("应答状态"))
    sha256 = models.CharField(_("散列值"), max_length=64, db_index=True)
    content_type = models.CharField(_("内容类型"), max_length=200, blank=True)
    size = models.PositiveIntegerField(_("大小"), help_text=_("字节"))
    title = models.CharField(_("标题"), max_length=300, blank=True)
    published_on = models.DateField(_("页面发布日期"), null=True)
    excerpt = models.TextField(_("正文摘录"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("快照")
        ordering: ClassVar[list[str]] = ["-fetched_at", "-id"]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def ok(self) -> bool:
        """Whether the page was there."""
        return 200 <= self.status < 300
