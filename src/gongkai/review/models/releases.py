"""The register of what was let through to the public, and of what waits at the gate."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation.events.models import Audited


class State(models.TextChoices):
    WAITING = "waiting", _("审查中")
    APPROVED = "approved", _("已签发")
    STOPPED = "stopped", _("机器审查未通过")
    RETURNED = "returned", _("已退回")
    WITHDRAWN = "withdrawn", _("已撤稿")
    EXPIRED = "expired", _("公示期满")
    SUPERSEDED = "superseded", _("已由新稿替换")


class Attribute(models.TextChoices):
    """公开属性 of a piece of government information."""

    PROACTIVE = "proactive", _("主动公开")
    ON_APPLICATION = "on-application", _("依申请公开")
    NONE = "none", _("不予公开")


class Carrier(models.TextChoices):
    """载体形式 of what is put forward, as the customary form tells them apart."""

    PAPER = "paper", _("公文类")
    OTHER = "other", _("非公文类")


class OtherWay(models.TextChoices):
    """拟公开方式 beside the web site, which the gate itself opens; these are taken outside the product."""

    NEW_MEDIA = "new-media", _("新媒体")
    PRESS = "press", _("报刊")
    RADIO = "radio", _("广播")
    TELEVISION = "television", _("电视")
    BOARD = "board", _("公开栏")
    OTHER = "other", _("其他")


class Release(Audited):
    """发布审查: one passage through the gate, of exactly what `digest` stands for.

    digest: SM3 of all that the public would see, taken when it was put forward; what differs from it does not pass.
    authors: who wrote the text that is put forward; they review none of it.
    revision: id of the Wagtail revision that was put forward, where the record has revisions.
    answers: key of a question on Articles 14-16 -> {"answer": "no" | "yes", "note"}.
    together: how attached lists were judged: `lists`, `wanted`, `smallest`, `compared` (names); empty: not at all.
    other_ways: values of `OtherWay`; archive_number: 归档号 of the body's own files, known when the passage is over.
    held_at: out of public view until somebody decides; whatever was signed stays signed.
    """

    audited = (
        "state",
        "digest",
        "revision",
        "attribute",
        "ground",
        "answers",
        "carrier",
        "other_ways",
        "archive_number",
        "urgent",
        "urgent_reason",
        "show_until",
        "requested_by",
        "decided_by",
        "note",
        "closed_by",
        "closed_reason",
        "notice",
        "held_at",
        "held_reason",
        "look_again_by",
        "looked_again_by",
        "looked_again_note",
    )

    kind = models.CharField(_("内容类型"), max_length=60)  # key of the reviewable
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="releases")
    title = models.CharField(_("标题"), max_length=300)
    digest = models.CharField(_("内容摘要值"), max_length=64)
    revision = models.BigIntegerField(_("修订号"), null=True)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, verbose_name=_("撰稿人"), related_name="+")
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.WAITING)
    attribute = models.CharField(_("公开属性"), max_length=20, choices=Attribute, default=Attribute.PROACTIVE)
    ground = models.TextField(_("公开依据"), blank=True)
    answers = models.JSONField(_("条例第十四至十六条核对"), default=dict)
    carrier = models.CharField(_("载体形式"), max_length=20, choices=Carrier, blank=True)
    other_ways = models.JSONField(_("其他公开方式"), default=list, blank=True)
    archive_number = models.CharField(_("归档号"), max_length=60, blank=True)
    urgent = models.BooleanField(_("加急"), default=False)
    urgent_reason = models.TextField(_("加急事由"), blank=True)
    show_until = models.DateField(_("公示截止日期"), null=True, blank=True)
    machine = models.CharField(_("筛查规则版本"), max_length=64, blank=True)
    not_examined = models.JSONField(_("机器未能检查的内容"), default=list)
    together = models.JSONField(_("汇聚分析"), default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("报送人"), on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(_("报送时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("签发人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("签发时间"), null=True)
    note = models.TextField(_("意见"), blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("撤稿人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("撤稿时间"), null=True)
    closed_reason = models.TextField(_("撤稿理由"), blank=True)
    notice = models.TextField(_("撤稿后对外说明"), blank=True)
    held_at = models.DateTimeField(_("暂停公开时间"), null=True)
    held_reason = models.TextField(_("暂停公开原因"), blank=True)
    look_again_by = models.DateField(_("复看期限"), null=True)
    looked_again_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("复看人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    looked_again_at = models.DateTimeField(_("复看时间"), null=True)
    looked_again_note = models.TextField(_("复看意见"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("发布审查")
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["content_type", "object_id", "state"], name="review_subject"),
            models.Index(fields=["body", "state"], name="review_body_state"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], condition=Q(state="waiting"), name="review_one_waiting"
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id"], condition=Q(state="approved"), name="review_one_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")), name="review_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.get_state_display()}）"
