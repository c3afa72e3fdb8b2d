"""An import and its rows."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from gongkai.bodies.models import Body
from gongkai.foundation.events.models import Audited
from gongkai.foundation.files import private_storage
from gongkai.review.models import CATEGORIES, SEVERITIES, Release


class Phase(models.TextChoices):
    """导入阶段, in their order."""

    MAPPING = "mapping", _("待对应栏目")
    LOADING = "loading", _("写入草稿中")
    LOADED = "loaded", _("待核定清单")
    WAITING = "waiting", _("清单已核定")
    OPENING = "opening", _("公开中")
    DONE = "done", _("已完成")
    STOPPED = "stopped", _("已停止")


class Batch(Audited):
    """导入批次: articles of one source, loaded as drafts and put forward, reviewed and signed as one.

    body: whose columns they go into, and whose leader signs; of a county all its bodies' columns.
    fields: key of a field -> its name in the source; columns: name of a source's column -> id of the column page.
    cursor: number of the last record that was loaded; total: how many the source has.
    slices: of the articles that are put forward, in their order: last number and digest of each slice of them.
    manifest: SM3 of the slices, which is what is signed; opened: how many slices were opened since.
    touched_at: when the cursor moved, so that a run that stands still is noticed.
    """

    audited = ("name", "file_name", "phase", "fields", "columns", "total", "included", "manifest", "started_by")

    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="import_batches")
    name = models.CharField(_("批次名称"), max_length=100)
    file_name = models.CharField(_("来源文件"), max_length=255)
    file = models.FileField(_("文件"), upload_to="imports/%Y/", storage=private_storage, blank=True)
    fingerprint = models.CharField(_("来源文件摘要值"), max_length=64)
    phase = models.CharField(_("阶段"), max_length=20, choices=Phase, default=Phase.MAPPING)
    fields = models.JSONField(_("字段对应"), default=dict)
    columns = models.JSONField(_("栏目对应"), default=dict)
    total = models.PositiveIntegerField(_("来源条数"), default=0)
    cursor = models.PositiveIntegerField(_("已读到"), default=0)
    included = models.PositiveIntegerField(_("报送篇数"), default=0)
    manifest = models.CharField(_("清单摘要值（SM3）"), max_length=64, blank=True)
    slices = models.JSONField(default=list)
    opened = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("导入人"), on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(_("开始时间"))
    touched_at = models.DateTimeField(_("最近进展时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("导入批次")
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["phase", "touched_at"], name="importing_phase")]

    def __str__(self) -> str:
        return self.name


class Outcome(models.TextChoices):
    """条目结果."""

    READY = "ready", _("可随批次公开")
    HELD = "held", _("留作草稿，须修改")
    LEFT = "left", _("留作草稿，另行办理")
    OPEN = "open", _("已公开")
    CHANGED = "changed", _("签发后有改动，未公开")
    KNOWN = "known", _("以前已导入")
    UNMAPPED = "unmapped", _("栏目未对应，未导入")
    SECRET = "secret", _("疑似国家秘密，未写入")
    BAD = "bad", _("有误，未导入")


class Row(models.Model):
    """导入条目: what became of one record of the source. Its outcome is part of its batch's story.

    number: line, row or page; key: SHA-256 of the address it had, by which it is known again and never loaded twice.
    says: why, and what was left out, in words; digest, revision: of the draft as it was loaded; machine: the rules'.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("序号"))
    url = models.CharField(_("原网址"), max_length=1000, blank=True)
    key = models.CharField(max_length=64, blank=True)
    title = models.CharField(_("标题"), max_length=255, blank=True)
    column = models.CharField(_("原栏目"), max_length=255, blank=True)
    outcome = models.CharField(_("结果"), max_length=20, choices=Outcome)
    says = models.JSONField(_("说明"), default=list)
    page = models.ForeignKey(Page, verbose_name=_("网页"), null=True, on_delete=models.SET_NULL, related_name="+")
    digest = models.CharField(_("内容摘要值"), max_length=64, blank=True)
    revision = models.BigIntegerField(_("修订号"), null=True)
    machine = models.CharField(_("筛查规则版本"), max_length=64, blank=True)
    not_examined = models.JSONField(_("机器未能检查的内容"), default=list)
    first_at = models.DateTimeField(_("原发布时间"), null=True)
    release = models.ForeignKey(
        Release, verbose_name=_("发布审查"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("导入条目")
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "number"], name="importing_row_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(page__isnull=False), name="importing_address_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["batch", "outcome", "number"], name="importing_outcome")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class RowFinding(models.Model):
    """导入条目的机器发现; the fields are those of `review.Finding`, which it becomes once the article is public.

    reason, decided_by: why it is kept, and by whose decision; nothing for a hint.
    """

    row = models.ForeignKey(Row, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(_("规则"), max_length=60)
    category = models.CharField(
        _("类别"), max_length=20, choices=[(one.value, name) for one, name in CATEGORIES.items()]
    )
    severity = models.CharField(
        _("级别"), max_length=10, choices=[(one.value, name) for one, name in SEVERITIES.items()]
    )
    part = models.CharField(_("位置"), max_length=300)
    in_file = models.BooleanField(default=False)
    where = models.CharField(_("具体位置"), max_length=300, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    excerpt = models.CharField(_("摘录（已遮盖）"), max_length=300, blank=True)
    keyed = models.CharField(max_length=64)
    message = models.TextField(_("说明"))
    suggestion = models.TextField(_("建议"), blank=True)
    replacement = models.CharField(_("遮盖后的写法"), max_length=300, blank=True)
    reason = models.TextField(_("保留理由"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("处置人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("处置时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("导入条目的机器发现")
        ordering: ClassVar[list[str]] = ["row", "id"]

    def __str__(self) -> str:
        return f"{self.get_category_display()}：{self.excerpt or self.rule}"
