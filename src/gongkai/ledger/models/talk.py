"""What people say about an assignment or item: comments, urging, and the public's feedback."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.events.models import Audited
from gongkai.ledger.models.assignment import Assignment, State
from gongkai.ledger.models.item import Item


class Comment(models.Model):
    """交流记录 between the office and the body; never edited."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("内容"))
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    created_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("交流记录")
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.text[:40]


class UrgeKind(models.TextChoices):
    MANUAL = "manual", _("人工催办")
    T30 = "t-30", _("到期前 30 天")
    T7 = "t-7", _("到期前 7 天")
    T1 = "t-1", _("到期前 1 天")
    OVERDUE = "overdue", _("逾期催办")
    CHECK_IN = "check-in", _("进展填报催办")


class Urge(models.Model):
    """催办. Never twice a day for one assignment, whoever asks.

    bundle: what was urged in one go, told to each person in one notification.
    followed_state: the state the assignment went to next, or `CHECK_IN` when a check-in came first.
    """

    CHECK_IN: ClassVar[str] = "check-in"

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="urges")
    kind = models.CharField(_("类型"), max_length=20, choices=UrgeKind)
    day = models.DateField(_("日期"))
    bundle = models.UUIDField(_("批次"), default=uuid4, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recipients = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    note = models.TextField(_("附言"), blank=True)
    at = models.DateTimeField(_("时间"))
    followed_state = models.CharField(_("催办后状态"), max_length=20, blank=True)
    followed_at = models.DateTimeField(_("催办后首次进展"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("催办记录")
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assignment", "day"], name="ledger_urge_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"

    @property
    def followed_label(self) -> str:
        """What followed, in words; empty while nothing has."""
        if self.followed_state == self.CHECK_IN:
            return str(_("已填报进展"))
        return str(State(self.followed_state).label) if self.followed_state else ""


class FeedbackState(models.TextChoices):
    WAITING = "waiting", _("待处理")
    SHOWN = "shown", _("已公开")
    HIDDEN = "hidden", _("不公开")


class Feedback(Audited):
    """社会监督意见: what a citizen says about an item of the public ledger; shown only after a person has read it."""

    audited = ("state", "reply")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="feedback")
    reference = models.CharField(_("回执编号"), max_length=20, unique=True)
    text = models.TextField(_("意见内容"))
    state = models.CharField(_("状态"), max_length=20, choices=FeedbackState, default=FeedbackState.WAITING)
    reply = models.TextField(_("答复"), blank=True)
    created_at = models.DateTimeField(_("提交时间"))
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField(_("处理时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("社会监督意见")
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return self.reference

    def event_body_id(self) -> int | None:
        return self.item.plan.county_id
