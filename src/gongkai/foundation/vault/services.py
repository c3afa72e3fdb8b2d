"""Reading personal data leaves a trace."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import record
from gongkai.foundation.vault.fields import EncryptedTextField


def read_personal(actor: User, subject: models.Model, field: str, reason: str) -> str:
    """The value of an encrypted field, for a person to see; who, when and why go into the record of events.

    Whether `actor` may is for the calling verb to ask: rights differ from room to room.
    """
    if not isinstance(subject._meta.get_field(field), EncryptedTextField):
        raise TypeError(f"{type(subject).__name__}.{field} is no encrypted field")
    if not reason.strip():
        raise ValidationError(_("请填写查阅个人信息的理由"))
    record("vault.read", subject, actor=actor, reason=reason.strip(), details={"field": field})
    value: str | None = getattr(subject, field)
    return value or ""
