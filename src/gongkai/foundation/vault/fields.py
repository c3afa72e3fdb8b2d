"""A text field whose value is encrypted in the database."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Lookup, Transform
from django.utils.translation import gettext as _

from gongkai.core.screening.secrets import suspected_in
from gongkai.foundation.guard.judging import is_lifted
from gongkai.foundation.guard.refusals import SecretSuspected
from gongkai.foundation.vault.blind import blind_indexes
from gongkai.foundation.vault.keys import decrypt, encrypt


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """加密字段. Authenticated encryption (Fernet); empty text stays empty. It can be searched for by being null only:
    put a `BlindIndexField` beside it to find exact values."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        if text and not is_lifted() and (rule := suspected_in(text)):  # once encrypted nobody can see it any more
            raise SecretSuspected(str(self.verbose_name), rule)
        return encrypt(text) if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> type[Lookup[Any]] | None:
        if lookup_name != "isnull":
            names = {"field": self.name, "lookup": lookup_name}
            raise FieldError(_("%(field)s 是加密字段，不能按“%(lookup)s”查找；请使用盲索引") % names)
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> type[Transform] | None:
        return None

    def audited_value(self, value: str | None) -> str:
        """What the record of events holds instead of the value: a mark that shows when it changes, and no more."""
        return f"[encrypted {blind_indexes(value, 'events')[0][:8]}]" if value and value.strip() else ""
