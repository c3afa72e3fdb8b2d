"""What was told to whom, what has left by which channel, and what each person wishes."""

from __future__ import annotations

from datetime import datetime, time
from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.notifications.hours import is_quiet, last_digest
from gongkai.foundation.notifications.kinds import Kind, kinds


class Notification(models.Model):
    """通知: what happened (`title`), what it means, what to do, and the address where it is done.

    once: the same non-empty text is told to the same person only once.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("接收人"), on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(_("类别"), max_length=80)
    title = models.CharField(_("事由"), max_length=200)
    meaning = models.TextField(_("说明"), blank=True)
    todo = models.CharField(_("需要办理"), max_length=200, blank=True)
    link = models.CharField(_("地址"), max_length=500, blank=True, help_text=_("站内地址，以“/”开头"))
    content_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField(null=True)
    about = GenericForeignKey("content_type", "object_id")
    once = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("通知")
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["recipient", "once"], condition=~models.Q(once=""), name="notifications_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["recipient", "read_at", "-created_at"], name="notifications_inbox"),
            models.Index(fields=["content_type", "object_id"], name="notifications_about"),
        ]

    def __str__(self) -> str:
        return self.title


class DeliveryState(models.TextChoices):
    PENDING = "pending", _("待发送")
    SENDING = "sending", _("发送中")
    SENT = "sent", _("已发送")
    NEEDLESS = "needless", _("已读，不再发送")
    FAILED = "failed", _("发送失败")


class Delivery(models.Model):
    """投递: one notice on its way through one channel."""

    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("渠道"), max_length=40)
    state = models.CharField(_("状态"), max_length=10, choices=DeliveryState, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    not_before = models.DateTimeField(_("最早发送时间"))
    claim = models.CharField(max_length=32, blank=True)  # the sender at work on it
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("发送时间"), null=True)
    error = models.TextField(_("失败原因"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("通知投递")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["notification", "channel"], name="notifications_one_delivery"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "channel", "not_before"], name="notifications_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.get_state_display()}"


def default_hours() -> list[int]:
    return [8, 16]


def no_channels() -> list[str]:
    return []


def check_hours(value: object) -> None:
    if not isinstance(value, list) or not value or not set(value) <= set(range(24)):
        raise ValidationError(_("请选择至少一个发送时间"))


class Preference(models.Model):
    """通知偏好. Who has none gets the defaults."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    muted = models.JSONField(_("不使用的渠道"), default=no_channels, blank=True)
    digest_hours = models.JSONField(_("汇总发送时间"), default=default_hours, validators=[check_hours])
    quiet_from = models.TimeField(_("免打扰开始"), default=time(20))
    quiet_until = models.TimeField(_("免打扰结束"), default=time(8))

    class Meta:
        verbose_name = verbose_name_plural = _("通知偏好")

    def __str__(self) -> str:
        return str(self.user)

    def lets_out(self, notice: Notification, now: datetime) -> bool:
        """Whether `notice` may leave at `now`: urgent at once, others with the digest; neither in quiet hours."""
        kind = kinds.get(notice.kind) if notice.kind in kinds else Kind(notice.kind, notice.kind)
        if is_quiet(now, self.quiet_from, self.quiet_until) and not kind.wakes:
            return False
        slot = last_digest(now, self.digest_hours)
        return kind.urgent or kind.wakes or (slot is not None and notice.created_at <= slot)
