"""Asking others before deciding: the secrecy administration, other organs, third parties."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.events.models import Audited
from gongkai.review.models.releases import Release


class Asked(models.TextChoices):
    SECRECY_ADMIN = "secrecy-admin", _("转报保密行政管理部门确定")  # 条例 17(3)
    ORGAN = "organ", _("征求有关机关意见")
    THIRD_PARTY = "third-party", _("征求第三方意见")  # 条例 32


class Verdict(models.TextChoices):
    PUBLISH = "publish", _("可以公开")
    PART = "part", _("处理后可以公开")
    NOT = "not", _("不得公开")


class Opinion(Audited):
    """征求意见, 转报: a question about a release and its answer. While one is open nobody passes a step."""

    audited = ("asked", "asked_name", "question", "verdict", "answer", "answered_by")

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="opinions")
    asked = models.CharField(_("征求对象"), max_length=20, choices=Asked)
    asked_name = models.CharField(_("对象名称"), max_length=200, blank=True)
    question = models.TextField(_("征求的问题"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("提出时间"))
    verdict = models.CharField(_("答复结论"), max_length=20, choices=Verdict, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("答复登记人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("征求意见")
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.get_asked_display()}：{self.get_verdict_display() or _('待答复')}"

    def event_body_id(self) -> int:
        return self.release.body_id
