"""The plan of a year: the notice as it was read, then opened as a ledger."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation.events.models import Audited
from gongkai.foundation.files import private_storage


class PlanState(models.TextChoices):
    OPEN = "open", _("执行中")
    ARCHIVED = "archived", _("已归档")


class Plan(Audited):
    """年度台账: one yearly notice of one county."""

    audited = ("year", "title", "document_number", "issuer", "state")

    county = models.ForeignKey(Body, verbose_name=_("所属县"), on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveIntegerField(_("年度"))
    title = models.CharField(_("标题"), max_length=200)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    issuer = models.CharField(_("发文机关"), max_length=100, blank=True)
    state = models.CharField(_("状态"), max_length=20, choices=PlanState, default=PlanState.OPEN)
    opened_at = models.DateTimeField(_("启用时间"))
    archived_at = models.DateTimeField(_("归档时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("年度台账")
        ordering: ClassVar[list[str]] = ["-year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["county", "year"], name="ledger_one_plan_a_year")
        ]

    def __str__(self) -> str:
        return gettext("%(year)s年度 %(title)s") % {"year": self.year, "title": self.title}

    def event_body_id(self) -> int | None:
        return self.county_id


class Group(models.Model):
    """任务分组, such as 一、深化主动公开."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="groups")
    number = models.PositiveIntegerField(_("序号"), null=True)
    name = models.CharField(_("名称"), max_length=200)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """任务: the second column of the notice."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    group = models.ForeignKey(Group, null=True, on_delete=models.CASCADE, related_name="tasks")
    number = models.PositiveIntegerField(_("序号"), null=True)
    name = models.CharField(_("名称"), max_length=300)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class DraftState(models.TextChoices):
    READING = "reading", _("识别中")
    FAILED = "failed", _("未能识别")
    OPEN = "open", _("待核对")
    COMMITTED = "committed", _("已导入")
    DISCARDED = "discarded", _("已放弃")


class Draft(Audited):
    """导入稿: a notice that was read and waits for a person to settle what is doubtful.

    reading: the notice as read, in the JSON of `core.notices.model.Plan`, never changed afterwards;
    decisions: what people settled since (`importing.decisions`); error: why the notice could not be read.
    """

    audited = ("state", "decisions", "year", "error")

    county = models.ForeignKey(Body, verbose_name=_("所属县"), on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField(_("年度"))
    file_name = models.CharField(_("文件名"), max_length=200)
    file = models.FileField(_("原文件"), storage=private_storage, upload_to="notices/%Y/", blank=True)
    source_text = models.TextField(_("原文"), blank=True)
    reading = models.JSONField(_("识别结果"), default=dict)
    decisions = models.JSONField(_("核对意见"), default=dict)
    state = models.CharField(_("状态"), max_length=20, choices=DraftState, default=DraftState.OPEN)
    error = models.TextField(_("未能识别的原因"), blank=True)
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="drafts")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("导入稿")
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    def event_body_id(self) -> int | None:
        return self.county_id
