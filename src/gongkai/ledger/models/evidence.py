"""Evidence: what shows that a duty was done. One piece may serve several assignments."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.events.models import Audited
from gongkai.foundation.files import private_storage
from gongkai.ledger.models.assignment import Assignment


class EvidenceKind(models.TextChoices):
    LINK = "link", _("网页链接")
    FILE = "file", _("文件")
    NOTE = "note", _("文字说明")
    RECORD = "record", _("系统记录")


class LinkState(models.TextChoices):
    """What the system saw when it opened the link."""

    NONE = "", _("无需核验")
    PENDING = "pending", _("待核验")
    VERIFIED = "verified", _("已核验")
    FLAGGED = "flagged", _("有疑点")


def private_path(evidence: Evidence, name: str) -> str:
    """Where a file is kept: by month, under a name that tells nothing."""
    return f"evidence/{clock.today():%Y/%m}/{uuid4().hex}{PurePosixPath(name).suffix}"


class Evidence(Audited):
    """佐证材料. Files are private until the review gate opens for this piece.

    findings: what the check of a link noticed, each `{"code", "severity", "message"}` (see `ledger.checking.judge`).
    overruled_by, overruled_reason: the person who set the machine's doubts aside, and why.
    """

    audited = ("kind", "title", "url", "note", "link_state", "findings", "overruled_reason", "removed")

    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(_("类型"), max_length=20, choices=EvidenceKind)
    title = models.CharField(_("标题"), max_length=200)
    url = models.URLField(_("网址"), max_length=500, blank=True)
    file = models.FileField(_("文件"), storage=private_storage, upload_to=private_path, blank=True)
    file_name = models.CharField(_("文件名"), max_length=200, blank=True)
    file_size = models.PositiveBigIntegerField(_("文件大小"), default=0, help_text=_("字节"))
    media_type = models.CharField(_("文件类型"), max_length=100, blank=True)
    note = models.TextField(_("说明"), blank=True)
    record_key = models.CharField(_("系统记录"), max_length=100, blank=True)  # app.model:id of a record of the system
    link_state = models.CharField(_("核验"), max_length=20, choices=LinkState, blank=True, default=LinkState.NONE)
    findings = models.JSONField(_("核验意见"), default=list)
    snapshot_id = models.BigIntegerField(_("快照"), null=True)
    page_title = models.CharField(_("网页标题"), max_length=300, blank=True)
    published_on = models.DateField(_("发布日期"), null=True)
    checked_at = models.DateTimeField(_("核验时间"), null=True)
    overruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("人工认定人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    overruled_reason = models.TextField(_("人工认定理由"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("提交时间"))
    removed = models.BooleanField(_("已移除"), default=False)
    assignments: models.ManyToManyField[Assignment, EvidenceUse] = models.ManyToManyField(
        Assignment, through="EvidenceUse", related_name="evidence"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("佐证材料")
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return self.title


class EvidenceUse(models.Model):
    """One piece of evidence used for one assignment."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="uses")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="uses")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["evidence", "assignment"], name="ledger_evidence_use_once")
        ]

    def __str__(self) -> str:
        return f"{self.evidence} → {self.assignment}"
