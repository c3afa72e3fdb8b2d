"""The register as a file that the import takes back: CSV with the keys of the columns, Excel in Chinese."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from gongkai.bodies import sheets
from gongkai.bodies.models import Body, BodyQuerySet
from gongkai.bodies.services.importing import COLUMNS


def export(bodies: BodyQuerySet, form: str) -> bytes:
    """form: csv or xlsx."""
    chosen = bodies.select_related("parent").prefetch_related("former_names", "groups")
    if form == "xlsx":
        return sheets.to_xlsx(
            gettext("单位名册"), [str(label) for label in COLUMNS.values()], _rows(chosen, labels=True)
        )
    return sheets.to_csv(list(COLUMNS), _rows(chosen, labels=False))


def _rows(bodies: BodyQuerySet, *, labels: bool) -> Iterator[list[str]]:
    for body in bodies:
        former = list(body.former_names.all())
        cells = {
            "name": body.name,
            "short_names": ";".join(body.short_names),
            "former_names": ";".join(name.name for name in former),
            "kind": body.get_kind_display() if labels else body.kind,
            "groups": ";".join(sorted(group.name for group in body.groups.all())),
            "code": body.code,
            "parent": _parent(body, labels),
            "credit_code": body.credit_code,
            "contact_phone": body.contact_phone,
            "contact_address": body.contact_address,
            "former_until": ";".join(name.until.isoformat() if name.until else "" for name in former),
            "active_from": body.active_from.isoformat() if body.active_from else "",
            "active_to": body.active_to.isoformat() if body.active_to else "",
        }
        yield [cells[column] for column in COLUMNS]


def _parent(body: Body, labels: bool) -> str:
    if body.parent is None:
        return ""
    return body.parent.name if labels else body.parent.code
