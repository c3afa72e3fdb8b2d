"""Writing everything anew with the newest key, so that older keys can be thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from gongkai.foundation.vault.blind import BlindIndexField
from gongkai.foundation.vault.fields import EncryptedTextField
from gongkai.foundation.vault.keys import VaultError, decrypt, encrypt, is_current


def encrypted_fields() -> Iterator[EncryptedTextField]:
    """Every encrypted field of every table."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield from (field for field in model._meta.local_fields if isinstance(field, EncryptedTextField))


def rotate() -> dict[str, int]:
    """Re-encrypt what older keys wrote, with its blind indexes: values by field. All of it, or nothing."""
    with transaction.atomic():
        return {f"{field.model._meta.label}.{field.name}": _rotate_field(field) for field in encrypted_fields()}


def _rotate_field(field: EncryptedTextField) -> int:
    model = field.model
    blind = [index for index in model._meta.local_fields if isinstance(index, BlindIndexField)]
    indexes = [index for index in blind if index.source == field.name]
    raw = Cast(field.name, models.TextField())
    rows = model._base_manager.annotate(_raw=raw).exclude(_raw="").exclude(_raw=None)
    done = 0
    for pk, token in rows.values_list("pk", "_raw").iterator(chunk_size=500):
        if is_current(token):
            continue
        # The condition on the old value: what somebody saves meanwhile is newer and stays.
        done += rows.filter(pk=pk, _raw=token).update(**_renewed(field, indexes, pk, token))
    return done


def _renewed(field: EncryptedTextField, indexes: list[BlindIndexField], pk: Any, token: str) -> dict[str, Any]:
    try:
        text = decrypt(token)
    except VaultError as error:
        names = {"model": field.model._meta.verbose_name, "pk": pk, "field": field.verbose_name, "error": error}
        raise VaultError(_("%(model)s %(pk)s 的“%(field)s”%(error)s") % names) from None
    values: dict[str, Any] = {field.name: models.Value(encrypt(text), output_field=models.TextField())}
    return values | {index.name: next(iter(index.indexes_of(text)), "") for index in indexes}
