"""What is owed beside single records: the key fields that the notice promises, and each body's list of duties."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.channels.models import Column
from gongkai.foundation.events.models import Audited


class KeyFieldPromise(Audited):
    """重点领域承诺: how many key fields a county's notice promises; those it does not name must be entered."""

    audited = ("county", "promised", "source")

    county = models.OneToOneField(
        Body, verbose_name=_("所属县"), on_delete=models.PROTECT, related_name="key_field_promise"
    )
    promised = models.PositiveSmallIntegerField(_("承诺的领域数"))
    source = models.CharField(_("出处"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("重点领域承诺")

    def __str__(self) -> str:
        return f"{self.county} {self.promised}"

    def event_body_id(self) -> int | None:
        return self.county_id


class KeyField(Audited):
    """重点领域: who answers for it, and where its content is: kinds of records of those bodies, and columns."""

    audited = ("promise", "name", "kinds", "order")

    promise = models.ForeignKey(
        KeyFieldPromise, verbose_name=_("重点领域承诺"), on_delete=models.PROTECT, related_name="fields"
    )
    name = models.CharField(_("领域"), max_length=60)
    kinds = models.JSONField(_("内容种类"), default=list, blank=True)
    owners = models.ManyToManyField(Body, verbose_name=_("责任单位"), blank=True, related_name="+")
    columns = models.ManyToManyField(Column, verbose_name=_("栏目"), blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("重点领域")
        ordering: ClassVar[list[str]] = ["order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["promise", "name"], name="disclosure_key_field_once")
        ]

    def __str__(self) -> str:
        return self.name

    def event_body_id(self) -> int | None:
        return self.promise.county_id

    def audited_state(self) -> dict[str, Any]:
        """Who answers and where it stands belong to the state."""
        kept = bool(self.pk)
        owners = list(self.owners.order_by("pk").values_list("pk", flat=True)) if kept else []
        columns = list(self.columns.order_by("pk").values_list("pk", flat=True)) if kept else []
        return super().audited_state() | {"owners": owners, "columns": columns}


class Duty(Audited):
    """公开义务: what a body must publish, on what basis, in what time, and where its content is."""

    audited = ("body", "what", "basis", "limit", "kind", "column", "dropped", "reason")

    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="disclosure_duties")
    what = models.CharField(_("公开内容"), max_length=200)
    basis = models.CharField(_("依据"), max_length=200)
    limit = models.CharField(_("时限"), max_length=100)
    kind = models.CharField(_("内容种类"), max_length=40, blank=True)
    column = models.ForeignKey(
        Column, verbose_name=_("栏目"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    dropped = models.BooleanField(_("不适用"), default=False, editable=False)
    reason = models.CharField(_("不适用的理由"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("公开义务")
        ordering: ClassVar[list[str]] = ["body", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["body", "what"], name="disclosure_duty_once")
        ]

    def __str__(self) -> str:
        return self.what
