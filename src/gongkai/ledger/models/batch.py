"""A bulk action, kept so that it can be undone as one."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """批量操作: what it did to each record, so that undoing restores exactly those that nobody changed since.

    entries: `[{"id", "before": {field: value}, "after": {field: value}}]`.
    """

    verb = models.CharField(_("动作"), max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))
    entries = models.JSONField(default=list)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("批量操作")
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"
