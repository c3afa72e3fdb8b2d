"""What must be remembered between processes; nothing here outlives a few days."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attempt(models.Model):
    """提交次数 of one form from one address within one window. The address is a hash that changes daily."""

    form = models.CharField(_("表单"), max_length=80)
    address = models.CharField(_("来源"), max_length=64)
    window = models.DateTimeField(_("时段起点"), db_index=True)
    count = models.PositiveIntegerField(_("次数"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("表单提交次数")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["form", "address", "window"], name="publicforms_one_count"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.count}"


class SpentChallenge(models.Model):
    """已使用的验证问题: each serves once."""

    nonce = models.CharField(max_length=32, unique=True)
    expires_at = models.DateTimeField(_("失效时间"), db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = _("已使用的验证问题")

    def __str__(self) -> str:
        return self.nonce
