"""批量导入: a file of one kind, row by row a draft; the errors of every row named, nothing put forward."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies import sheets
from gongkai.bodies.models import Body
from gongkai.disclosure.declaring import Kind, Type, kinds
from gongkai.disclosure.declaring.values import headed
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.services.beginning import write
from gongkai.disclosure.services.completeness import lacking
from gongkai.disclosure.services.reading import readable
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.access.table import verbs
from gongkai.foundation.access.verbs import demand
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import record
from gongkai.portal.models import ColumnPage
from gongkai.portal.standing import body_of

TITLE, FORMED, PUBLISHED = "title", "formed_on", "published_on"
COLUMN_MARK = "|"  # parts the columns of a table inside one cell, whose lines are its rows


def columns(kind: Kind) -> sheets.Columns:
    """The columns that a file of the kind may have."""
    own = {field.key: headed(field) for field in kind.fields}
    return {TITLE: _("标题"), FORMED: kind.formed, PUBLISHED: _("发布日期")} | own


def required(kind: Kind) -> list[str]:
    return [TITLE, FORMED, *(field.key for field in kind.fields if field.required)]


def template(kind: Kind) -> bytes:
    """模板: an xlsx with the heading alone."""
    return sheets.to_xlsx(kind.name[:31], [str(label) for label in columns(kind).values()], [])


def preview_import(column: ColumnPage, kind: str, data: bytes) -> sheets.Outcome:
    """What the file would do: it is done, looked at, and undone."""
    rows = sheets.read(data, columns(kinds()[kind]), required(kinds()[kind]))
    with transaction.atomic():
        outcome = _Importer(None, column, kinds()[kind]).run(rows)
        transaction.set_rollback(True)
    return outcome


@verb("disclosure.import", gettext_lazy("批量导入公开信息"), Role.CLERK, Role.OFFICE)
def import_records(
    actor: User | None,
    column: int,
    kind: str,
    file: File,  # type: ignore[type-arg]
    skip_bad: bool = False,
) -> dict[str, int]:
    """Write a draft for every row; with errors nothing, or with `skip_bad` the rows that have none."""
    above = ColumnPage.objects.filter(pk=column).first()
    owner = body_of(above) if above else None
    if above is None or owner is None or kind not in kinds():
        raise ValidationError(_("请选择内容种类和单位专栏中的栏目"))
    demand(actor, verbs.get("disclosure.import"), owner)
    declared = kinds()[kind]
    outcome = _Importer(actor, above, declared).run(sheets.read(file.read(), columns(declared), required(declared)))
    if not skip_bad:
        outcome.demand_clean()
    counts = {"create": outcome.counts["create"], "skipped": len({one.row for one in outcome.problems})}
    details = {"file": str(file.name or ""), "kind": kind, **counts}
    record("disclosure.import", Body.objects.get(pk=owner), actor=actor, body_id=owner, details=details)
    return counts


class _Importer:
    """One run over a file."""

    def __init__(self, actor: User | None, above: ColumnPage, kind: Kind) -> None:
        self.actor, self.above, self.kind = actor, above, kind

    def run(self, rows: list[sheets.Row]) -> sheets.Outcome:
        return sheets.apply(rows, columns(self.kind), self._use)

    def _use(self, row: sheets.Row) -> sheets.Line:
        wrong: dict[str, list[str]] = {}
        title = row.values.get(TITLE, "").strip()
        if not title:
            wrong[TITLE] = [_("没有填写")]
        days = {name: self._day(row, name, wrong) for name in (FORMED, PUBLISHED)}
        values: dict[str, Any] = readable(self.kind, self._cells(row), wrong)
        draft = RecordPage(title=title, kind=self.kind.key, fields=values, formed_on=days[FORMED], owner=self.actor)
        draft.published_on = days[PUBLISHED] or clock.today()
        for key, words in lacking(draft):
            if key and key not in wrong:
                wrong.setdefault(key, []).append(words)
        if wrong:
            raise ValidationError(wrong)
        self.above.refresh_from_db()  # its count of children changes with each row
        write(self.above, draft, self.actor)
        return sheets.Line(row.number, "create", title)

    def _day(self, row: sheets.Row, name: str, wrong: dict[str, list[str]]) -> Any:
        try:
            day = sheets.day(row, name)
        except ValidationError as error:
            wrong.update(error.message_dict)
            return None
        if name == FORMED and (day is None or day > clock.today()):
            wrong[name] = [_("没有填写") if day is None else _("晚于今天，请核对")]
        return day

    def _cells(self, row: sheets.Row) -> dict[str, Any]:
        cells = {field.key: row.values.get(field.key) for field in self.kind.fields}
        tables = {field.key for field in self.kind.fields if field.type is Type.TABLE}
        return {
            key: str(cell).replace(COLUMN_MARK, "\t") if key in tables and cell else cell for key, cell in cells.items()
        }
