"""What the check of links found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.portal.models.articles import ArticlePage


class Address(models.Model):
    """外部网址, linked from what is public, and what it answered when it was asked last.

    failures: how often in a row it gave no good answer; a site that is down for one night is no wrong link yet.
    """

    url = models.TextField(_("网址"))
    digest = models.CharField(_("网址摘要值"), max_length=64, unique=True)  # SM3: no index takes long texts
    asked_at = models.DateTimeField(_("检查时间"))
    failures = models.PositiveIntegerField(_("连续失败次数"), default=0)
    said = models.CharField(_("应答"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("外部网址")

    def __str__(self) -> str:
        return self.url


class BrokenLink(models.Model):
    """错链: a link in a public article that leads nowhere, as long as it does.

    place: which link of the text it is, from 1. reference: the same at every look, for rectification.
    """

    page = models.ForeignKey(ArticlePage, verbose_name=_("文章"), on_delete=models.CASCADE, related_name="broken_links")
    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField(_("第几个链接"))
    words = models.CharField(_("链接文字"), max_length=300)
    href = models.TextField(_("网址"))
    reference = models.CharField(_("编号"), max_length=100, unique=True)
    why = models.CharField(_("问题"), max_length=300)
    found_at = models.DateTimeField(_("发现时间"), default=clock.now)
    seen_at = models.DateTimeField(_("最近检查"), default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = _("错链")
        ordering: ClassVar[list[str]] = ["found_at", "pk"]

    def __str__(self) -> str:
        return f"{self.words}（{self.why}）"
