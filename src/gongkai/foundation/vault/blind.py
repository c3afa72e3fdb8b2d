"""Blind indexes: finding a record by an encrypted value without anybody reading the index learning the value."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Callable
from typing import Any

from django.db import models

from gongkai.foundation.vault.keys import index_keys


def plain(value: str) -> str:
    """Full-width forms, case and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", value).split()).upper()


def blind_indexes(value: str, purpose: str, normalise: Callable[[str], str] = plain) -> list[str]:
    """HMAC-SHA256 of the normalised value under each vault key, newest first; none for an empty value."""
    message = normalise(value).encode()
    if not message:
        return []
    return [hmac.new(key, message, hashlib.sha256).hexdigest() for key in index_keys(purpose)]


class BlindIndexField(models.CharField):  # type: ignore[type-arg]
    """盲索引 of the field `source` of the same model, kept by the model when it is saved; search with `matching`.

    Different models and fields give different indexes for one value, so that tables cannot be joined by it.
    With `save(update_fields=...)` and `bulk_update`, name this field together with its source.
    """

    def __init__(self, source: str = "", *, normalise: Callable[[str], str] = plain, **options: Any) -> None:
        self.source = source
        self.normalise = normalise
        super().__init__(**{"max_length": 64, "db_index": True, "editable": False, "blank": True} | options)

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        return name, path, [self.source, *arguments], options

    def indexes_of(self, value: str) -> list[str]:
        return blind_indexes(value or "", f"{self.model._meta.label_lower}.{self.source}", self.normalise)

    def pre_save(self, instance: models.Model, add: bool) -> str:
        index = next(iter(self.indexes_of(getattr(instance, self.source))), "")
        setattr(instance, self.attname, index)
        return index


def matching(model: type[models.Model], field: str, value: str) -> models.Q:
    """The condition that the source of the blind index `field` equals `value`, under whichever key it was written."""
    index = model._meta.get_field(field)
    if not isinstance(index, BlindIndexField):
        raise TypeError(f"{model.__name__}.{field} is no blind index")
    return models.Q(**{f"{field}__in": index.indexes_of(value)})
