"""An import of records and its rows."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.disclosure.models.records import RecordPage
from gongkai.foundation.events.models import Audited
from gongkai.foundation.files import private_storage
from gongkai.portal.models import ColumnPage


class ImportPhase(models.TextChoices):
    """批量导入的阶段, in their order."""

    CHECKING = "checking", _("核对中")
    CHECKED = "checked", _("待确认")
    WRITING = "writing", _("写入草稿中")
    DONE = "done", _("已完成")
    DROPPED = "dropped", _("已放弃")


class ImportRun(Audited):
    """批量导入: a file of one kind on its way into drafts of a column.

    total: rows of the file; cursor: how many were looked at; files: a ZIP with what is attached; unread: what of the
    file goes into no record, in words; touched_at: when it last moved, so that one that stands still is noticed.
    """

    audited = ("body", "kind", "file_name", "phase", "total", "started_by")

    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    column = models.ForeignKey(
        ColumnPage, verbose_name=_("栏目"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(_("内容种类"), max_length=40)
    file = models.FileField(_("文件"), upload_to="record-imports/%Y/", storage=private_storage)
    file_name = models.CharField(_("文件名"), max_length=255)
    files = models.FileField(_("附件压缩包"), upload_to="record-imports/%Y/", storage=private_storage, blank=True)
    phase = models.CharField(_("阶段"), max_length=20, choices=ImportPhase, default=ImportPhase.CHECKING)
    unread = models.JSONField(_("没有读取的内容"), default=list, blank=True)
    total = models.PositiveIntegerField(_("行数"), default=0)
    cursor = models.PositiveIntegerField(_("已核对"), default=0)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("导入人"), on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(_("开始时间"))
    touched_at = models.DateTimeField(_("最近进展时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("批量导入")
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["phase", "touched_at"], name="disclosure_import_phase")
        ]

    def __str__(self) -> str:
        return self.file_name


class RowOutcome(models.TextChoices):
    """批量导入各行的结果."""

    READY = "ready", _("可以写入")
    WRITTEN = "written", _("已写入草稿")
    KNOWN = "known", _("已有相同内容，不重复")
    BAD = "bad", _("有误，不写入")


class ImportedRow(models.Model):
    """批量导入的一行. digest: of its content, by which it is known again; problems: pairs of column and words."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("行"))
    title = models.CharField(_("标题"), max_length=255, blank=True)
    digest = models.CharField(max_length=64)
    outcome = models.CharField(_("结果"), max_length=20, choices=RowOutcome)
    problems = models.JSONField(_("问题"), default=list)
    record = models.ForeignKey(
        RecordPage, verbose_name=_("草稿"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("批量导入的行")
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "number"], name="disclosure_row_once"),
            models.UniqueConstraint(
                fields=["digest"], condition=Q(record__isnull=False), name="disclosure_row_written_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["run", "outcome", "number"], name="disclosure_row_outcome")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
