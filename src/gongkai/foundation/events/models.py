"""One row for one thing that happened. Rows are added, never changed or removed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(Exception):
    """The record of events cannot be edited or deleted."""


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **kwargs: Any) -> int:
        raise AppendOnly(_("事件记录只能追加，不能修改"))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly(_("事件记录只能追加，不能删除"))

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise AppendOnly(_("事件记录只能追加，不能修改"))

    def bulk_create(self, objs: Iterable[Event], *args: Any, **kwargs: Any) -> list[Event]:
        written = list(objs)
        if any(event.pk is not None for event in written):  # would be an update with `update_conflicts`
            raise AppendOnly(_("事件记录只能追加，不能修改"))
        return super().bulk_create(written, *args, **kwargs)

    def about(self, subject: models.Model) -> EventQuerySet:
        """The events of one record, oldest first."""
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(content_type=kind, object_id=subject.pk).order_by("effective_at", "id")


class Event(models.Model):
    """事件. `before` and `after` hold only the audited fields that changed; a creation has an empty `before`.

    effective_at: when it took effect; recorded_at: when the system learned of it. They differ for what is entered late.
    body_id: the body it concerns; a number, not a relation, because bodies stand a floor above.
    """

    verb = models.CharField(_("动作"), max_length=80, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经办人"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("空表示由系统执行"),
    )
    content_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField(null=True)
    subject = GenericForeignKey("content_type", "object_id")
    body_id = models.BigIntegerField(_("单位"), null=True, db_index=True)
    before = models.JSONField(_("变更前"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("变更后"), default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField(_("理由"), blank=True)
    details = models.JSONField(_("附注"), default=dict, encoder=DjangoJSONEncoder)
    effective_at = models.DateTimeField(_("生效时间"))
    recorded_at = models.DateTimeField(_("记录时间"))

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("事件")
        base_manager_name = "objects"  # the way round the manager, which Django itself takes, is closed as well
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["content_type", "object_id", "effective_at"], name="events_subject"),
            models.Index(fields=["recorded_at"], name="events_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.recorded_at:%Y-%m-%d %H:%M} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly(_("事件记录只能追加，不能修改"))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly(_("事件记录只能追加，不能删除"))


class Audited(models.Model):
    """A record whose changes are events. `audited` names the fields that make up its state."""

    audited: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def event_body_id(self) -> int | None:
        """The body that this record's events concern."""
        return getattr(self, "body_id", None)

    def audited_state(self) -> dict[str, Any]:
        fields = {field.name: field for field in self._meta.concrete_fields}
        return {name: _audited_value(fields[name], self) for name in self.audited}


def _audited_value(field: models.Field[Any, Any], record: models.Model) -> Any:
    """The field's value; of an encrypted one only that it is there."""
    value = field.value_from_object(record)
    return field.audited_value(value) if hasattr(field, "audited_value") else value
