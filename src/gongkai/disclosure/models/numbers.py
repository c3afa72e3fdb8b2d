"""索引号: body code, year of formation, serial. Made once, in a transaction, and never given again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body


class Serial(models.Model):
    """流水号: the last number that a body gave in a year. It only grows, so a deleted record's number is not reused."""

    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    last = models.PositiveIntegerField(_("最后的流水号"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("索引号流水号")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["body", "year"], name="disclosure_serial_once")
        ]

    def __str__(self) -> str:
        return f"{self.body_id}-{self.year}-{self.last}"


def next_numbers(body: Body, year: int, count: int = 1) -> list[str]:
    """The next `count` index numbers of the body; two at the same moment never get the same."""
    with transaction.atomic():
        serial, _made = Serial.objects.get_or_create(body=body, year=year)
        Serial.objects.filter(pk=serial.pk).update(last=F("last") + count)  # takes the row until the transaction ends
        last = Serial.objects.values_list("last", flat=True).get(pk=serial.pk)
    return [f"{body.code}-{year}-{number:05d}" for number in range(last - count + 1, last + 1)]
