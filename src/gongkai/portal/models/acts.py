"""What was done to many pages at once, kept so that it can be undone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.events.models import Audited

UNDO = timedelta(minutes=10)  # the product's own; the same as of a single withdrawal (review.reopen)


class Kind(models.TextChoices):
    MOVE = "move", _("移动")
    REOWN = "reown", _("划转单位")
    WITHDRAW = "withdraw", _("撤稿")


class Act(Audited):
    """批量操作: its pages with what each needs to go back.

    rows: [{"page", "title", "parent" (id it stood below), "release" (id withdrawn), "files": [[id, folder], …]}, …]
    target: id of the page to which they were moved, null for a withdrawal.
    """

    audited = ("kind", "rows", "target", "reason", "undone_at", "undone_by")

    kind = models.CharField(_("操作"), max_length=20, choices=Kind)
    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField(_("页面"), default=list)
    target = models.BigIntegerField(_("移到"), null=True)
    target_title = models.CharField(_("移到"), max_length=300, blank=True)
    reason = models.CharField(_("理由"), max_length=500)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("经办人"), on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(_("操作时间"), default=clock.now)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("撤销人"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("批量操作")
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return _("%(kind)s %(number)s 个页面") % {"kind": self.get_kind_display(), "number": len(self.rows)}

    @property
    def undo_until(self) -> datetime:
        return self.done_at + UNDO

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and clock.now() <= self.undo_until
