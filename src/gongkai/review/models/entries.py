"""The register itself: one entry for each thing that happened at the gate, each holding the one before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.events.models import AppendOnly
from gongkai.review.models.releases import Release


class What(models.TextChoices):
    """登记事项."""

    REQUESTED = "requested", _("报送")
    MACHINE_PASSED = "machine-passed", _("机器审查通过")
    MACHINE_STOPPED = "machine-stopped", _("机器审查未通过")
    DISPOSED = "disposed", _("发现处置")
    DESCRIBED = "described", _("填写审查表")
    PASSED = "passed", _("环节通过")
    RETURNED = "returned", _("退回")
    ASKED = "asked", _("征求意见")
    ANSWERED = "answered", _("答复")
    SIGNED = "signed", _("签发")
    PUBLISHED = "published", _("公开（与批准版一致）")
    SUPERSEDED = "superseded", _("由新稿替换")
    WITHDRAWN = "withdrawn", _("撤稿")
    EXPIRED = "expired", _("公示期满")
    HELD = "held", _("暂停公开")
    RESUMED = "resumed", _("恢复公开")
    ARCHIVED = "archived", _("归档")
    LOOKED_AGAIN = "looked-again", _("复看")
    RESCREENED = "rescreened", _("复筛处置")
    INSPECTED = "inspected", _("专项检查")
    INCIDENT = "incident", _("泄密隐患")
    INCIDENT_REPORTED = "incident-reported", _("泄密隐患报告")
    INCIDENT_CLOSED = "incident-closed", _("泄密隐患办结")


class EntryQuerySet(models.QuerySet["Entry"]):
    def update(self, **kwargs: Any) -> int:
        raise AppendOnly(_("登记簿只能追加，不能修改"))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly(_("登记簿只能追加，不能删除"))

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise AppendOnly(_("登记簿只能追加，不能修改"))

    def bulk_create(self, objs: Iterable[Entry], *args: Any, **kwargs: Any) -> list[Entry]:  # type: ignore[override]
        raise AppendOnly(_("登记簿逐条追加，不能成批写入"))


class Entry(models.Model):
    """登记簿条目. Rows are added by `review.register`, never changed or removed.

    number: 1, 2, 3 … without a gap over the whole installation.
    release: what it is about; null for what has none, such as an incident at a form.
    facts: what is held of it, masked; `previous`: digest of the entry before; `digest`: SM3 over all of the row.
    """

    number = models.BigIntegerField(_("条目号"), unique=True)
    release = models.ForeignKey(
        Release, verbose_name=_("发布审查"), null=True, on_delete=models.PROTECT, related_name="entries"
    )
    what = models.CharField(_("登记事项"), max_length=20, choices=What)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经办人"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("空表示由系统执行"),
    )
    at = models.DateTimeField(_("登记时间"))
    facts = models.JSONField(_("登记内容"), default=dict)
    previous = models.CharField(_("上一条摘要值"), max_length=64)
    digest = models.CharField(_("摘要值（SM3）"), max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("登记簿条目")
        base_manager_name = "objects"
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.get_what_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly(_("登记簿只能追加，不能修改"))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly(_("登记簿只能追加，不能删除"))


class VerificationQuerySet(models.QuerySet["Verification"]):
    def over(self) -> VerificationQuerySet:
        """Those that came to their end."""
        return self.filter(finished_at__isnull=False)


class Verification(models.Model):
    """登记簿核验: somebody, or the daily job, went over the whole chain. `number`, `digest`: where it ended then.

    total: entries there were at the start; count: those gone over so far; touched_at: when that was, by which one is
    known that was broken off.
    """

    at = models.DateTimeField(_("核验时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("核验人"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("空表示由系统执行"),
    )
    number = models.BigIntegerField(_("末条条目号"), default=0)
    digest = models.CharField(_("末条摘要值"), max_length=64, blank=True)
    total = models.BigIntegerField(_("条目总数"), default=0)
    count = models.BigIntegerField(_("条目数"), default=0)
    problems = models.BigIntegerField(_("问题数"), default=0)
    places = models.JSONField(_("问题所在"), default=list)  # the first of them, in words
    touched_at = models.DateTimeField(_("最近进展时间"))
    finished_at = models.DateTimeField(_("结束时间"), null=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("登记簿核验")
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.count}"
