"""Catalogues in their versions, and their rows."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.core import catalogues as core
from gongkai.foundation.events.models import Audited


class CatalogueQuerySet(models.QuerySet["Catalogue"]):
    def current(self) -> CatalogueQuerySet:
        """The versions in force; templates are among them."""
        return self.filter(current=True)

    def owed(self) -> CatalogueQuerySet:
        """Those by which a body owes content: in force, and no template for others."""
        return self.current().filter(is_template=False)


class Catalogue(Audited):
    """公开事项标准目录: the catalogue of a body in one field, in one version.

    is_template: 模板, which townships take over with their own name in place; nobody owes anything by it.
    template: the version that this one was taken from. source_sha256: the file it was read from, in the snapshots.
    column_source, column_key: 专栏, the place on the portal that must hold what the catalogue lists and nothing else.
    """

    audited = (
        "body",
        "field_key",
        "version",
        "valid_from",
        "title",
        "current",
        "is_template",
        "template",
        "source_sha256",
        "column_source",
        "column_key",
    )

    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="catalogues")
    field_key = models.CharField(_("领域代码"), max_length=60)
    field_name = models.CharField(_("领域"), max_length=60)
    version = models.PositiveIntegerField(_("版本"))
    valid_from = models.DateField(_("施行日期"))
    title = models.CharField(_("标题"), max_length=200)
    notes = models.TextField(_("附注"), blank=True)
    is_template = models.BooleanField(_("乡镇模板"), default=False)
    template = models.ForeignKey(
        "self", verbose_name=_("沿用的模板"), null=True, on_delete=models.PROTECT, related_name="taken_over"
    )
    current = models.BooleanField(_("现行"), default=False)
    source_name = models.CharField(_("原文件名"), max_length=200, blank=True)
    source_sha256 = models.CharField(_("原文件散列值"), max_length=64, blank=True)
    column_source = models.CharField(_("专栏来源"), max_length=40, blank=True)
    column_key = models.CharField(_("专栏编号"), max_length=40, blank=True)
    column_label = models.CharField(_("专栏"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("导入人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("导入时间"))

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("标准目录")
        ordering: ClassVar[list[str]] = ["body__order", "body_id", "field_key", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["body", "field_key", "is_template", "version"], name="standards_version_once"
            ),
            models.UniqueConstraint(
                fields=["body", "field_key", "is_template"], condition=Q(current=True), name="standards_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RowQuerySet(models.QuerySet["Row"]):
    def owed(self) -> RowQuerySet:
        """Rows of catalogues by which somebody owes content."""
        return self.filter(catalogue__current=True, catalogue__is_template=False)

    def due(self) -> RowQuerySet:
        """Of those, the ones that owe a public page (C1): 主动 and 全社会, or on the web site; not 未涉及."""
        return self.owed().filter(needs_page=True, exempt=False)


class Row(Audited):
    """目录事项: one line of a catalogue. The lists hold keys of `core.catalogues`' tables.

    identity: what stays the same from version to version, made of the names of the matter.
    owner: the body that 公开主体 names, where it is one of the register; else the catalogue's own body answers.
    exempt: 未涉及, the body has nothing to do with the matter, and why.
    """

    audited = ("catalogue", "identity", "content", "basis", "limit", "body_text", "owner", "exempt", "exempt_reason")

    catalogue = models.ForeignKey(Catalogue, verbose_name=_("目录"), on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(_("次序"))
    identity = models.CharField(max_length=64, editable=False)
    number = models.CharField(_("序号"), max_length=20, blank=True)
    first = models.CharField(_("一级事项"), max_length=300, blank=True)
    second = models.CharField(_("二级事项"), max_length=300, blank=True)
    third = models.CharField(_("三级事项"), max_length=300, blank=True)
    content = models.TextField(_("公开内容（要素）"), blank=True)
    basis = models.JSONField(_("公开依据"), default=list)
    limit = models.JSONField(_("公开时限"), default=dict)
    body_text = models.CharField(_("公开主体"), max_length=300, blank=True)
    owner = models.ForeignKey(
        Body, verbose_name=_("责任单位"), null=True, on_delete=models.PROTECT, related_name="catalogue_rows"
    )
    channels = models.JSONField(_("公开渠道"), default=list)
    others = models.JSONField(_("其他渠道"), default=list)
    audience = models.JSONField(_("公开对象"), default=list)
    audience_text = models.CharField(_("特定群众"), max_length=300, blank=True)
    modes = models.JSONField(_("公开方式"), default=list)
    levels = models.JSONField(_("公开层级"), default=list)
    note = models.TextField(_("备注"), blank=True)
    place = models.CharField(_("原文件位置"), max_length=200, blank=True)
    needs_page = models.BooleanField(_("须在网上公开"), default=False)
    exempt = models.BooleanField(_("未涉及"), default=False)
    exempt_reason = models.CharField(_("未涉及的理由"), max_length=300, blank=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("目录事项")
        ordering: ClassVar[list[str]] = ["catalogue", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["catalogue", "position"], name="standards_row_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["identity"], name="standards_row_identity")]

    def __str__(self) -> str:
        return self.matter

    def event_body_id(self) -> int | None:
        return self.catalogue.body_id

    @property
    def matter(self) -> str:
        return self.third or self.second or self.first

    @property
    def answering_id(self) -> int:
        """The id of the body that must publish."""
        return self.owner_id or self.catalogue.body_id

    @cached_property
    def time_limit(self) -> core.Limit:
        return core.Limit.from_dict(self.limit)

    def as_core(self) -> core.Row:
        """The row as `core.catalogues` writes and compares it."""
        return core.Row(
            self.catalogue.field_name,
            self.number,
            self.first,
            self.second,
            self.third,
            self.content,
            tuple(self.basis),
            self.time_limit,
            self.body_text,
            tuple(self.channels),
            tuple(self.others),
            tuple(self.audience),
            self.audience_text,
            tuple(self.modes),
            tuple(self.levels),
            self.note,
            self.place,
        )
