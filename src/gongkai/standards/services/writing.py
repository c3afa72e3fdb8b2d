"""Writing a version with its rows; what is settled of a matter goes with it from version to version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext

from gongkai.core import catalogues as core
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change, record
from gongkai.standards.differences import identities
from gongkai.standards.models import Catalogue, Link, LinkState, Row
from gongkai.standards.naming import Owners

BATCH = 500  # rows of one statement


def write(
    catalogue: Catalogue,
    rows: Sequence[core.Row],
    verb: str,
    actor: User | None,
    told: Mapping[str, object] | None = None,
) -> Catalogue:
    """The next version of its body and field. In force at once when its day has come; else when it comes.

    told: what else the record says of it.
    """
    versions = Catalogue.objects.filter(
        body=catalogue.body, field_key=catalogue.field_key, is_template=catalogue.is_template
    )
    before = versions.filter(current=True).first()
    catalogue.version = (versions.order_by("-version").values_list("version", flat=True).first() or 0) + 1
    catalogue.created_by, catalogue.created_at = actor, clock.now()
    if before is not None and not catalogue.column_key:
        catalogue.column_source, catalogue.column_key = before.column_source, before.column_key
        catalogue.column_label = before.column_label
    with change(catalogue, verb, actor=actor, details={"rows": len(rows), **(told or {})}):
        catalogue.current = False
    _write_rows(catalogue, rows)
    if before is not None:
        carry_over(before, catalogue)
    if catalogue.valid_from <= clock.today():
        put_in_force(catalogue, verb, actor)
    return catalogue


def put_in_force(catalogue: Catalogue, verb: str, actor: User | None) -> None:
    """This version instead of the one before."""
    same = Catalogue.objects.filter(
        body=catalogue.body_id, field_key=catalogue.field_key, is_template=catalogue.is_template, current=True
    )
    for old in same.exclude(pk=catalogue.pk):
        with change(old, verb, actor=actor, reason=gettext("被第 %d 版代替") % catalogue.version):
            old.current = False
    with change(catalogue, verb, actor=actor):
        catalogue.current = True


def _write_rows(catalogue: Catalogue, rows: Sequence[core.Row]) -> None:
    owners = Owners(catalogue.body, clock.today())
    Row.objects.bulk_create(
        [
            _made(catalogue, position, key, row, owners)
            for position, (key, row) in enumerate(zip(identities(rows), rows, strict=True), 1)
        ],
        batch_size=BATCH,
    )


def _made(catalogue: Catalogue, position: int, key: str, row: core.Row, owners: Owners) -> Row:
    return Row(
        catalogue=catalogue,
        position=position,
        identity=key,
        number=row.number[:20],
        first=row.first[:300],
        second=row.second[:300],
        third=row.third[:300],
        content=row.content,
        basis=list(row.basis),
        limit=row.limit.to_dict(),
        body_text=row.body[:300],
        owner=None if catalogue.is_template else owners.of(row.body),
        channels=list(row.channels),
        others=list(row.others),
        audience=list(row.audience),
        audience_text=row.audience_text[:300],
        modes=list(row.modes),
        levels=list(row.levels),
        note=row.note,
        place=row.where[:200],
        needs_page=row.needs_page,
    )


def carry_over(before: Catalogue, after: Catalogue) -> None:
    """Links and 未涉及 of the rows that both versions have."""
    rows = {row.identity: row for row in after.rows.all()}
    exempt = []
    for old in before.rows.filter(exempt=True):
        row = rows.get(old.identity)
        if row is not None:
            row.exempt, row.exempt_reason = True, old.exempt_reason
            exempt.append(row)
    Row.objects.bulk_update(exempt, ["exempt", "exempt_reason"], batch_size=BATCH)
    links = Link.objects.filter(row__catalogue=before).exclude(state=LinkState.SUGGESTED).select_related("row")
    copies = []
    for link in links:
        row = rows.get(link.row.identity)
        if row is not None:
            copies.append(_copied(link, row))
    Link.objects.bulk_create(copies, batch_size=BATCH)
    if copies or exempt:
        details = {"links": len(copies), "exempt": len(exempt), "from": before.pk}
        record("standards.import", after, actor=None, details=details)


def _copied(link: Link, row: Row) -> Link:
    fields = {field.attname: getattr(link, field.attname) for field in Link._meta.concrete_fields}
    return Link(**(fields | {"id": None, "row_id": row.pk}))
