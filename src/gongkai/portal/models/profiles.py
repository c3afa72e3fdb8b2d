"""机构信息 as the public sees it: the copy of the register that was signed last."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body

FACTS = ("duties", "contact_address", "office_hours", "contact_phone", "leaders")


class Profile(models.Model):
    """What a body says of itself (条例第二十条第二项). The register is the draft; signing copies it here.

    So the public reads what was signed while the register already says something newer.
    """

    body = models.OneToOneField(Body, verbose_name=_("单位"), on_delete=models.CASCADE, related_name="profile")
    duties = models.TextField(_("机关职能"), blank=True)
    contact_address = models.CharField(_("办公地址"), max_length=120, blank=True)
    office_hours = models.CharField(_("办公时间"), max_length=120, blank=True)
    contact_phone = models.CharField(_("办公电话"), max_length=40, blank=True)
    leaders = models.JSONField(_("负责人和分工"), default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("机构信息")

    def __str__(self) -> str:
        return str(self.body)

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name) for name in FACTS)

    def as_registered(self) -> Profile:
        """What the register says now: the version that is put forward."""
        facts: dict[str, Any] = {name: getattr(self.body, name) for name in FACTS}
        return Profile(pk=self.pk, body=self.body, **facts)

    def missing(self) -> list[str]:
        """The labels of what is not there, as the office reads them."""
        return [str(self._meta.get_field(name).verbose_name) for name in FACTS if not getattr(self, name)]  # type: ignore[union-attr]
