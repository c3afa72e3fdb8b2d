"""The yearly special inspection of what was signed: a sample of the register, each entry judged by somebody else."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation.events.models import Audited
from gongkai.review.models.releases import Attribute, Release


class Method(models.TextChoices):
    """抽样方法: all of the register in the period, or what a rule picks out of it; a size takes some of it by seed."""

    RANDOM = "random", _("随机抽样")
    KEPT = "kept", _("有保留的机器发现")
    URGENT = "urgent", _("加急发布")
    BODIES = "bodies", _("指定单位")
    ATTRIBUTE = "attribute", _("指定公开属性")


class InspectionState(models.TextChoices):
    OPEN = "open", _("检查中")
    CLOSED = "closed", _("已完成")
    CANCELLED = "cancelled", _("已作废")


class Inspection(Audited):
    """专项检查 (通知第二部分: 保密行政管理部门每年至少开展1次).

    population: how many signed entries of the register lie in the period; matching: how many of them the method picks.
    seed, size: what the drawing by `review.inspection.drawing` needs to be done again; size null: every matching one.
    """

    audited = (
        "county",
        "year",
        "title",
        "scope_from",
        "scope_to",
        "method",
        "attribute",
        "seed",
        "size",
        "population",
        "matching",
        "state",
        "begun_by",
        "ended_by",
        "conclusion",
    )

    county = models.ForeignKey(Body, verbose_name=_("县"), on_delete=models.PROTECT, related_name="inspections")
    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("名称"), max_length=200)
    scope_from = models.DateField(_("签发日期自"))
    scope_to = models.DateField(_("签发日期至"))
    method = models.CharField(_("抽样方法"), max_length=20, choices=Method)
    bodies = models.ManyToManyField(Body, verbose_name=_("指定的单位"), related_name="+", blank=True)
    attribute = models.CharField(_("指定的公开属性"), max_length=20, choices=Attribute, blank=True)
    seed = models.CharField(_("抽样种子"), max_length=40, blank=True)
    size = models.PositiveIntegerField(_("抽取数量"), null=True)
    population = models.PositiveIntegerField(_("范围内登记数"))
    matching = models.PositiveIntegerField(_("符合条件数"))
    state = models.CharField(_("状态"), max_length=20, choices=InspectionState, default=InspectionState.OPEN)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("发起人"), on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(_("发起时间"))
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("结束人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    conclusion = models.TextField(_("检查结论"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("专项检查")
        ordering: ClassVar[list[str]] = ["-year", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["county", "year", "state"], name="review_inspection_year")
        ]

    def __str__(self) -> str:
        return self.title

    def event_body_id(self) -> int:
        return self.county_id


class Judgement(models.TextChoices):
    UNJUDGED = "unjudged", _("未判")
    CONFORMING = "conforming", _("合规")
    PROBLEM = "problem", _("有问题")


class ProblemKind(models.TextChoices):
    SECRET = "secret", _("疑似涉密、涉敏")
    PERSONAL = "personal", _("泄露个人信息")
    PROCEDURE = "procedure", _("审查程序不符合规定")
    ATTRIBUTE = "attribute", _("公开属性或者依据不当")
    RECORD = "record", _("审查记录不完整")
    CONTENT = "content", _("内容差错")
    OTHER = "other", _("其他")


class InspectionEntry(Audited):
    """检查项: one entry of the register in the sample, and what the inspector says of it.

    measure: what the body is to do; mended_at: when an inspector looked again and found it done.
    """

    audited = ("judgement", "problem", "what", "measure", "judged_by", "mended_by", "mended_note")

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="entries")
    release = models.ForeignKey(
        Release, verbose_name=_("审查登记"), on_delete=models.PROTECT, related_name="inspection_entries"
    )
    judgement = models.CharField(_("判定"), max_length=20, choices=Judgement, default=Judgement.UNJUDGED)
    problem = models.CharField(_("问题类型"), max_length=20, choices=ProblemKind, blank=True)
    what = models.TextField(_("问题说明"), blank=True)
    measure = models.TextField(_("整改要求"), blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("判定人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    judged_at = models.DateTimeField(_("判定时间"), null=True)
    mended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("复核人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    mended_at = models.DateTimeField(_("复核时间"), null=True)
    mended_note = models.TextField(_("复核意见"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("专项检查项")
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["inspection", "release"], name="review_inspected_once"),
            models.CheckConstraint(condition=~Q(judgement="problem") | ~Q(problem=""), name="review_problem_has_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.release.title}：{self.get_judgement_display()}"

    def event_body_id(self) -> int:
        return self.release.body_id
