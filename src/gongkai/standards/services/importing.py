"""导入标准目录: a file is read, looked at, and written in one transaction, one version for each of its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.core import catalogues as core
from gongkai.core.documents import Document, DocumentError, read_bytes
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.snapshots import store
from gongkai.standards.differences import Difference, difference
from gongkai.standards.models import Catalogue
from gongkai.standards.services.writing import put_in_force, write

IMPORT = "standards.import"


@dataclass(frozen=True, slots=True)
class FieldPreview:
    """One field of a file: how many rows, how many owe a page, what differs from the version in force (None: new)."""

    key: str
    name: str
    rows: tuple[core.Row, ...]
    due: int
    version: int
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would write; `problems` keep it from being written."""

    title: str
    fields: tuple[FieldPreview, ...]
    findings: tuple[core.Finding, ...]
    lines: tuple[core.Line, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[core.Finding, ...]:
        return tuple(one for one in self.findings if one.severity == core.Severity.ERROR)


def preview_import(
    body: Body, data: bytes, name: str, *, template: bool = False, fixes: Mapping[str, str] | None = None
) -> Preview:
    """Read the file, with `fixes` (address of a cell -> its text) in place, and compare; nothing is written."""
    document = core.corrected(_document(data, name), fixes or {})
    found = _catalogue(document)
    fields = tuple(_field(body, group, template) for group in _by_field(found.rows))
    return Preview(found.title, fields, found.findings, tuple(core.cell_lines(document)), found.notes)


@verb(IMPORT, _("导入标准目录"), Role.OFFICE, Role.CLERK, body="body.pk", system=True)
def import_catalogue(
    actor: User | None,
    body: Body,
    file: File[bytes],
    valid_from: date | None = None,
    template: bool = False,
    fixes: dict[str, str] | None = None,
) -> list[Catalogue]:
    """The catalogues of a file as new versions of the body's; fields in which nothing differs are passed over.

    template: 乡镇模板, for townships to take over; only a county has one. fixes: cells corrected on the screen, address
    -> text; the file is kept as it came, and they stand in the record. A file with errors changes nothing.
    """
    if template and body.county_id is not None:
        raise ValidationError(gettext("乡镇模板由县政府建立，各乡镇沿用"))
    data = file.read()
    name = str(file.name or "")
    preview = preview_import(body, data, name, template=template, fixes=fixes)
    if preview.problems:
        told = "；".join(f"{one.where} {one.message}" for one in preview.problems[:10])
        raise ValidationError(gettext("文件有错误，没有导入：%s") % told)
    changed = [one for one in preview.fields if one.difference is None or not one.difference.is_none]
    if not changed:
        raise ValidationError(gettext("与现行目录完全相同，没有可导入的内容"), code="same")
    sha256 = store.put(data)
    return [
        write(
            Catalogue(
                body=body,
                field_key=one.key,
                field_name=one.name,
                valid_from=valid_from or clock.today(),
                title=_title(body, one, preview.title, single=len(preview.fields) == 1),
                notes="\n".join(preview.notes),
                is_template=template,
                source_name=name[:200],
                source_sha256=sha256,
            ),
            one.rows,
            IMPORT,
            actor,
            {"corrected": fixes} if fixes else {},
        )
        for one in changed
    ]


@verb("standards.promote", _("启用到期施行的目录"), system=True)
def promote(actor: User | None) -> int:
    """Versions whose day has come are put in force; how many."""
    due = Catalogue.objects.filter(current=False, valid_from__lte=clock.today()).order_by("version")
    waiting = [one for one in due if not _has_later(one)]
    for catalogue in waiting:
        put_in_force(catalogue, "standards.promote", actor)
    return len(waiting)


def _has_later(one: Catalogue) -> bool:
    """Whether this version is in force or was before: a later one is in force."""
    same = Catalogue.objects.filter(body=one.body_id, field_key=one.field_key, is_template=one.is_template)
    return same.filter(version__gt=one.version, valid_from__lte=clock.today()).exists()


def field_key(name: str) -> str:
    """The key of a field: that of the 26, else its name."""
    known = core.field_in(name)
    return known.key if known is not None else name[:60]


def _title(body: Body, one: FieldPreview, printed: str, *, single: bool) -> str:
    if single and printed and not body.county_id:
        return printed[:200]
    return (gettext("%(body)s%(field)s领域基层政务公开标准目录") % {"body": body.name, "field": one.name})[:200]


def _document(data: bytes, name: str) -> Document:
    try:
        return read_bytes(data, name)
    except DocumentError as error:
        raise ValidationError(str(error)) from error


def _catalogue(document: Document) -> core.Catalogue:
    try:
        return core.read_catalogue(document)
    except core.NoCatalogue as error:
        raise ValidationError(str(error)) from error


def _by_field(rows: Sequence[core.Row]) -> list[list[core.Row]]:
    ordered = sorted(rows, key=lambda row: field_key(row.field))
    return [list(group) for _key, group in groupby(ordered, key=lambda row: field_key(row.field))]


def _field(body: Body, rows: list[core.Row], template: bool) -> FieldPreview:
    key, name = field_key(rows[0].field), rows[0].field or gettext("未分领域")
    key = key or name
    same = Catalogue.objects.filter(body=body, field_key=key, is_template=template)
    before = same.filter(current=True).first()
    compared = None
    if before is not None:
        old = [row.as_core() for row in before.rows.select_related("catalogue")]
        compared = difference(old, rows)
    version = (same.order_by("-version").values_list("version", flat=True).first() or 0) + 1
    return FieldPreview(key, name, tuple(rows), sum(row.needs_page for row in rows), version, compared)
