"""Items of the notice and the single duties in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.events.models import Audited
from gongkai.ledger.models.plan import Group, Plan, Task


class ItemKind(models.TextChoices):
    TABLE = "table", _("分解表事项")
    REQUIREMENT = "requirement", _("正文要求")


class Recurrence(models.TextChoices):
    """频次, as the Plan format names it."""

    NONE = "", _("一次")
    MONTHLY = "monthly", _("每月")
    QUARTERLY = "quarterly", _("每季度")
    HALF_YEARLY = "half-yearly", _("每半年")
    YEARLY = "yearly", _("每年")
    CONTINUOUS = "continuous", _("持续推进")


class Item(Audited):
    """事项: one numbered line of the notice, or one requirement of its prose sections (P2.1 …)."""

    audited = (
        "key",
        "text",
        "assignees_text",
        "open_ended",
        "deadline_text",
        "due",
        "recurrence",
        "task",
        "group",
        "removed",
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="items")
    key = models.CharField(_("编号"), max_length=20, help_text=_("如 21；正文要求为 P2.1"))
    kind = models.CharField(_("类型"), max_length=20, choices=ItemKind, default=ItemKind.TABLE)
    number = models.PositiveIntegerField(_("序号"), null=True)
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="items")
    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="items")
    text = models.TextField(_("具体内容"))
    assignees_text = models.TextField(_("责任单位（原文）"), blank=True)
    selectors = models.JSONField(_("概括性责任单位"), default=list)
    open_ended = models.BooleanField(_("责任单位未列全"), default=False, help_text=_("原文以“等”结尾"))
    deadline_text = models.CharField(_("完成时限（原文）"), max_length=100, blank=True)
    due = models.DateField(_("到期日"), null=True)
    recurrence = models.CharField(_("频次"), max_length=20, choices=Recurrence, blank=True, default=Recurrence.NONE)
    order = models.PositiveIntegerField(default=0)
    removed = models.BooleanField(_("已取消"), default=False, help_text=_("更正后的通知不再包含本事项"))

    class Meta:
        verbose_name = verbose_name_plural = _("事项")
        ordering: ClassVar[list[str]] = ["order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # A corrected notice may give the number of a removed item to another one.
            models.UniqueConstraint(fields=["plan", "key"], condition=Q(removed=False), name="ledger_item_key_once")
        ]

    def __str__(self) -> str:
        return f"（{self.key}）{self.text[:40]}"

    def event_body_id(self) -> int | None:
        return self.plan.county_id


class Obligation(Audited):
    """具体义务: what can be done or not done by itself. An item with several duties has several: 19a, 19b."""

    audited = ("key", "text", "due", "recurrence", "removed")

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="obligations")
    key = models.CharField(_("编号"), max_length=20)
    text = models.TextField(_("内容"))
    due = models.DateField(_("到期日"), null=True)
    recurrence = models.CharField(_("频次"), max_length=20, choices=Recurrence, blank=True, default=Recurrence.NONE)
    order = models.PositiveIntegerField(default=0)
    removed = models.BooleanField(_("已取消"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("具体义务")
        ordering: ClassVar[list[str]] = ["order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["item", "key"], condition=Q(removed=False), name="ledger_obligation_key_once"
            )
        ]

    def __str__(self) -> str:
        return f"（{self.key}）{self.text[:40]}"

    def event_body_id(self) -> int | None:
        return self.item.plan.county_id


class Target(models.Model):
    """量化目标: a quantity that the text itself promises (≥ 50 %, 16个 …)."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="targets")
    text = models.CharField(_("原文"), max_length=100)
    operator = models.CharField(_("比较"), max_length=2)
    value = models.DecimalField(_("数值"), max_digits=14, decimal_places=4)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    subject = models.CharField(_("对象"), max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("量化目标")

    def __str__(self) -> str:
        return self.text
