"""What a row is linked to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.events.models import Audited
from gongkai.standards.models.catalogues import Row

URL = "url"  # the source of links that lead outside; all others are keys of `content_sources`


class LinkState(models.TextChoices):
    SUGGESTED = "suggested", _("待确认")
    CONFIRMED = "confirmed", _("已对应")
    REJECTED = "rejected", _("不对应")


class Link(Audited):
    """对应: a row and the place where its content stands. Suggestions of the machine count for nothing until confirmed.

    source, target: key of a content source and of a place of it, or `URL` and an address.
    standing: 常设内容, valid until something changes; then its age alone makes it not stale.
    seen_*: of an address outside, what was seen when it was last looked at; seen_problem "" when the page is there and
    names the matter, snapshot: what it answered.
    """

    audited = ("row", "source", "target", "state", "standing", "confirmed_by")

    row = models.ForeignKey(Row, verbose_name=_("目录事项"), on_delete=models.CASCADE, related_name="links")
    source = models.CharField(_("来源"), max_length=40)
    target = models.CharField(_("对应位置"), max_length=500)
    label = models.CharField(_("名称"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=LinkState, default=LinkState.SUGGESTED)
    score = models.FloatField(_("相近程度"), default=0)
    standing = models.BooleanField(_("常设内容"), default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("确认人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    seen_at = models.DateTimeField(_("查看时间"), null=True)
    seen_problem = models.CharField(_("查看结果"), max_length=300, blank=True)
    seen_on = models.DateField(_("页面日期"), null=True)
    seen_title = models.CharField(_("页面标题"), max_length=300, blank=True)
    seen_none = models.BooleanField(_("写明暂无"), default=False)
    snapshot_id = models.BigIntegerField(_("快照"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("目录事项对应")
        ordering: ClassVar[list[str]] = ["row", "-score", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["row", "source", "target"], name="standards_link_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["source", "target"], name="standards_link_target"),
        ]

    def __str__(self) -> str:
        return self.label or self.target

    def event_body_id(self) -> int | None:
        return self.row.catalogue.body_id
