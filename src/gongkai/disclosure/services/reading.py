"""Reading the fields of a record as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.disclosure.declaring import Kind, Unreadable, read


def readable(kind: Kind, given: Mapping[str, Any], wrong: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """The values as they are stored. What cannot be read goes into `wrong` by key; without it a ValidationError."""
    problems: dict[str, list[str]] = {} if wrong is None else wrong
    known = {field.key: field for field in kind.fields}
    strange = [key for key in given if key not in known]
    if strange:
        raise ValidationError([_("没有字段“%s”") % key for key in strange])
    values: dict[str, Any] = {}
    for key, field in known.items():
        try:
            value = read(field, given.get(key))
        except Unreadable as error:
            problems[key] = error.said
            continue
        values |= {} if value is None else {key: value}
    if wrong is None and problems:
        raise ValidationError([f"“{known[key].label}”：{words}" for key, said in problems.items() for words in said])
    return values
