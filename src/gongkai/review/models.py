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
    WAITING = "waiting", _("待签发")
    APPROVED = "approved", _("已签发")
    RETURNED = "returned", _("已退回")
    WITHDRAWN = "withdrawn", _("已撤稿")
    SUPERSEDED = "superseded", _("已由新稿替换")


class Release(Audited):
    """发布审查: one passage through the gate, of exactly what `digest` stands for.

    digest: SM3 of all that the public would see, taken when it was put forward; what differs from it does not pass.
    """

    audited = ("state", "digest", "requested_by", "decided_by", "note", "closed_by", "closed_reason")

    kind = models.CharField(_("内容类型"), max_length=60)  # key of the reviewable
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="releases")
    title = models.CharField(_("标题"), max_length=300)
    digest = models.CharField(_("内容摘要值"), max_length=64)
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.WAITING)
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
