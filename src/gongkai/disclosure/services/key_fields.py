"""重点领域: set up from the notice, completed and kept by the openness office."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body
from gongkai.channels.models import Column
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.models import KeyField, KeyFieldPromise
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.unique import once


@cache
def notice() -> dict[str, Any]:
    """What line (40) promises and names."""
    path = Path(__file__).resolve().parent.parent / "parameters" / "key_fields.yaml"
    read: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return read


@verb("disclosure.promise_key_fields", gettext_lazy("建立重点领域清单"), Role.OFFICE, body="county.pk")
def promise_key_fields(actor: User | None, county: Body, promised: int, source: str) -> KeyFieldPromise:
    """How many fields the notice promises; a new list begins with those that it names."""
    known = KeyFieldPromise.objects.filter(county=county).first()
    promise = known or KeyFieldPromise(county=county)
    promise.promised, promise.source = promised, source.strip()
    if promised < max(1, promise.fields.count() if known else 0):
        raise ValidationError(_("承诺数不能少于已列明的领域数"))
    with change(promise, "disclosure.promise_key_fields", actor=actor):
        pass
    for order, row in enumerate(notice()["named"] if known is None else ()):
        field = KeyField(promise=promise, name=row["name"], kinds=row["kinds"], order=order)
        with change(field, "disclosure.promise_key_fields", actor=actor):
            pass
    return promise


@verb("disclosure.save_key_field", gettext_lazy("填写重点领域"), Role.OFFICE, body="promise.county_id")
def save_key_field(
    actor: User | None,
    promise: KeyFieldPromise,
    field: KeyField | None,
    name: str,
    kind_keys: list[str],
    owners: list[Body],
    columns: list[Column],
) -> KeyField:
    """Name a field of the promise, or say who answers for it and where its content is."""
    if field is None and promise.fields.count() >= promise.promised:
        raise ValidationError(_("已列明%d个领域，与承诺数相同；要增加请先修改承诺数") % promise.promised)
    if strange := [key for key in kind_keys if key not in kinds()]:
        raise ValidationError(_("没有“%s”这类内容") % "、".join(strange))
    county = promise.county_id
    if any(owner.root.pk != county for owner in owners):
        raise ValidationError(_("责任单位须是本县的单位"))
    saved = field or KeyField(promise=promise, order=promise.fields.count())
    saved.name, saved.kinds = name.strip(), list(kind_keys)
    if saved.pk is None:
        with once(saved):
            saved.save()
    with once(saved), change(saved, "disclosure.save_key_field", actor=actor):
        saved.owners.set(owners)
        saved.columns.set(columns)
    return saved
