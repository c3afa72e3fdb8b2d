"""What the reconciliation saw: of each row, and of content that no row asks for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.standards.models.catalogues import Catalogue, Row


class State(models.TextChoices):
    """核对结果 of a row; the gravest when several apply, in the order in which they are to be mended."""

    EMPTY = "empty", _("没有内容")
    DEAD = "dead", _("链接打不开")
    WRONG = "wrong", _("单位不符")
    STALE = "stale", _("更新超期")
    UNSEEN = "unseen", _("尚未查看")
    NONE = "none", _("写明暂无")
    OK = "ok", _("内容相符")
    EXEMPT = "exempt", _("未涉及")
    OUTSIDE = "outside", _("不须上网")


GAPS = (State.EMPTY, State.DEAD, State.WRONG, State.STALE)


class Check(models.Model):
    """事项核对: the newest verdict on a row, with what it looked at and when."""

    row = models.OneToOneField(Row, on_delete=models.CASCADE, primary_key=True, related_name="check_result")
    state = models.CharField(_("核对结果"), max_length=10, choices=State)
    words = models.CharField(_("说明"), max_length=300, blank=True)
    newest_on = models.DateField(_("最新日期"), null=True)
    newest_title = models.CharField(_("最新内容"), max_length=300, blank=True)
    address = models.CharField(_("网址"), max_length=500, blank=True)
    looked_at = models.DateTimeField(_("核对时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("事项核对")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state"], name="standards_check_state")]

    def __str__(self) -> str:
        return self.get_state_display()


class Fault(models.Model):
    """事项问题: one thing that the newest look found wrong with a row; a row has at most one of each kind."""

    row = models.ForeignKey(Row, on_delete=models.CASCADE, related_name="faults")
    state = models.CharField(_("问题"), max_length=10, choices=[(state.value, state.label) for state in GAPS])
    words = models.CharField(_("说明"), max_length=300, blank=True)
    address = models.CharField(_("网址"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("事项问题")
        ordering: ClassVar[list[str]] = ["row", "id"]  # written the gravest first
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["row", "state"], name="standards_fault_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state"], name="standards_fault_state")]

    def __str__(self) -> str:
        return self.get_state_display()


class Stray(models.Model):
    """目录外内容: something in the column of catalogues that belongs to none of their rows (C4)."""

    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="strays")
    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    title = models.CharField(_("标题"), max_length=300)
    address = models.CharField(_("网址"), max_length=500, blank=True)
    published_on = models.DateField(_("发布日期"), null=True)
    found_at = models.DateTimeField(_("发现时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("目录外内容")
        ordering: ClassVar[list[str]] = ["body__order", "-published_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key"], name="standards_stray_once")
        ]

    def __str__(self) -> str:
        return self.title
