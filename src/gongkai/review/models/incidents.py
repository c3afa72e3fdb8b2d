"""泄密隐患登记: that something which looks like a state secret turned up. What it said is never kept."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation.events.models import Audited
from gongkai.review.models.releases import Release


class Way(models.TextChoices):
    """途径: how it came. All but the last were stopped before anything was written."""

    FORM = "form", _("填写提交")
    UPLOAD = "upload", _("上传文件")
    ADDRESS = "address", _("网址或检索")
    COMMAND = "command", _("命令行")
    TASK = "task", _("后台任务")
    PUBLISHED = "published", _("已公开内容")


class Incident(Audited):
    """泄密隐患: no text, no file name, no digest of either — only who, when, by which way and under which rule.

    address: name of the view, command or task, not an address somebody typed.
    times, last_at: the same person trying the same again (an editor saves by itself) is one row.
    report_due: 24 hours after something public was found (保守国家秘密法实施条例第六十一条), else null.
    """

    audited = ("way", "rule", "release", "report_due", "reported_at", "reported_by", "reported_to", "closed_at")

    found_at = models.DateTimeField(_("发现时间"))
    last_at = models.DateTimeField(_("最近一次"))
    times = models.PositiveIntegerField(_("次数"), default=1)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("操作人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    body = models.ForeignKey(Body, verbose_name=_("单位"), null=True, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(_("途径"), max_length=20, choices=Way)
    address = models.CharField(_("功能"), max_length=120, blank=True)
    rule = models.CharField(_("规则"), max_length=60)
    release = models.ForeignKey(
        Release, verbose_name=_("公开内容"), null=True, on_delete=models.PROTECT, related_name="incidents"
    )
    report_due = models.DateTimeField(_("报告时限"), null=True)
    reported_at = models.DateTimeField(_("报告时间"), null=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("报告人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    reported_to = models.CharField(_("报告对象"), max_length=200, blank=True)
    note = models.TextField(_("报告情况"), blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("办结人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    conclusion = models.TextField(_("核实结论"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("泄密隐患登记")
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["report_due"], condition=Q(reported_at__isnull=True), name="review_incident_due"),
        ]

    def __str__(self) -> str:
        return f"{_('泄密隐患')} {self.pk}（{self.get_way_display()}）"

    @property
    def was_public(self) -> bool:
        return self.way == Way.PUBLISHED
