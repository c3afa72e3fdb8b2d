"""A register of bodies from a file: every row a new body, a change or nothing; all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies import sheets
from gongkai.bodies.models import Body, BodyGroup, Kind
from gongkai.bodies.services.register import add_former_name, change, create, create_group, rename
from gongkai.core.notices.names import spelling
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import record

COLUMNS: sheets.Columns = {
    "name": _("全称"),
    "short_names": _("简称"),
    "former_names": _("曾用名"),
    "kind": _("类别"),
    "groups": _("所属分组"),
    "code": _("代码"),
    "parent": _("上级单位"),
    "credit_code": _("统一社会信用代码"),
    "contact_phone": _("办公电话"),
    "contact_address": _("办公地址"),
    "former_until": _("曾用名使用至"),
    "active_from": _("成立日期"),
    "active_to": _("撤销日期"),
}
# How a column is filled in, where its name does not say it.
HINTS: sheets.Columns = {
    "short_names": _("如：县财政局;财政局"),
    "former_names": _("与“曾用名使用至”一一对应"),
    "kind": lazy(lambda: "、".join(str(kind.label) for kind in Kind if kind != Kind.COUNTY), str)(),
    "groups": _("如：行政执法单位;重大项目责任单位"),
    "code": _("小写字母、数字和点，如 qinghe.czj；用于网址，新单位不填则自动生成"),
    "parent": _("上级单位的全称或代码；不填则直属于县"),
    "credit_code": _("18 位"),
    "former_until": _("如：2024-03-31"),
    "active_from": _("如：2019-03-01"),
    "active_to": _("如：2024-03-31；在册的单位不填"),
}


@verb("bodies.import", _("导入单位名册"), Role.OFFICE, body="county.pk", system=True)
def import_bodies(actor: User | None, county: Body, file: File) -> dict[str, int]:  # type: ignore[type-arg]
    """Take over a CSV or Excel file into the register of `county`; how many were created, changed, left the same."""
    outcome = _Importer(actor, county.root).run(_read(file.read()))
    outcome.demand_clean()
    counts = outcome.counts
    record("bodies.import", county.root, actor=actor, details={"file": str(file.name or ""), **counts})
    return counts


def preview_import(actor: User | None, county: Body, data: bytes) -> sheets.Outcome:
    """What the import would do: it is done, looked at, and undone."""
    rows = _read(data)
    with transaction.atomic():
        outcome = _Importer(actor, county.root).run(rows)
        transaction.set_rollback(True)
    return outcome


def _read(data: bytes) -> list[sheets.Row]:
    return sheets.read(data, COLUMNS, required=["name"])


@dataclass
class _Importer:
    """One run: parents before their children, whatever the order of the file."""

    actor: User | None
    county: Body

    def run(self, rows: list[sheets.Row]) -> sheets.Outcome:
        self.used: dict[int, int] = {}  # body -> the row that named it
        return sheets.apply(_parents_first(rows), COLUMNS, self._use)

    def _use(self, row: sheets.Row) -> sheets.Line:
        if not row.values["name"]:
            raise ValidationError({"name": gettext("不能为空")})
        body = self._known(row)
        if body is None:
            body, changes, action = self._create(row), [], "create"
        else:
            if body.pk in self.used:
                raise ValidationError(gettext("与第 %(row)d 行是同一单位") % {"row": self.used[body.pk]})
            changes = self._change(body, row)
            action = "change" if changes else "same"
        added = self._former_names(body, row)
        if action == "same" and added:
            action, changes = "change", [str(COLUMNS["former_names"])]
        self.used[body.pk] = row.number
        return sheets.Line(row.number, action, body.name, changes)

    def _known(self, row: sheets.Row) -> Body | None:
        """The body that the row means: by its code, else by its full name."""
        code, name = row.values.get("code", ""), row.values["name"]
        if code:
            body = Body.objects.filter(code=code).first()
            if body is not None and body.root.pk != self.county.pk:
                raise ValidationError({"code": gettext("“%(code)s”已被其他县使用") % {"code": code}})
            return body
        return Body.objects.of_county(self.county).filter(name=name).first()

    def _create(self, row: sheets.Row) -> Body:
        kind = self._kind(row)
        if kind is None:
            raise ValidationError({"kind": gettext("新增单位须写明类别")})
        fields = self._fields(row)
        fields.update({name: sheets.day(row, name) for name in ("active_from", "active_to")})
        parent = fields.pop("parent", None) or self.county
        code = row.values.get("code") or self._free_code()
        return create(self.actor, parent, code, row.values["name"], kind, **fields)

    def _change(self, body: Body, row: sheets.Row) -> list[str]:
        """Apply what differs; the labels of the columns that did."""
        last_day = sheets.day(row, "active_to")
        if last_day is not None and last_day != body.active_to:
            raise ValidationError({"active_to": gettext("撤销已有单位请在单位页面办理")})
        fields = self._fields(row) | {"kind": self._kind(row), "active_from": sheets.day(row, "active_from")}
        current = {name: getattr(body, name) for name in fields if name != "groups"}
        current["groups"] = sorted(body.groups.all(), key=lambda group: group.name)
        differing = {name: value for name, value in fields.items() if value is not None and value != current[name]}
        changed = [name for name in COLUMNS if name in differing]
        if row.values["name"] != body.name:
            rename(self.actor, body, row.values["name"], clock.today(), reason=gettext("导入名册"))
            changed.insert(0, "name")
        if differing:
            change(self.actor, body, reason=gettext("导入名册"), **differing)
        return [str(COLUMNS[name]) for name in changed]

    def _kind(self, row: sheets.Row) -> Kind | None:
        value = sheets.choice(row, "kind", Kind.choices)
        return None if value is None else Kind(value)

    def _fields(self, row: sheets.Row) -> dict[str, Any]:
        """What the file says; a column that it has not is not among them."""
        fields: dict[str, Any] = {
            name: row.values[name] for name in ("contact_phone", "contact_address") if name in row.values
        }
        if "credit_code" in row.values:
            fields["credit_code"] = row.values["credit_code"].upper()
        if (short_names := row.several("short_names")) is not None:
            fields["short_names"] = list(dict.fromkeys(short_names))
        if (groups := row.several("groups")) is not None:
            fields["groups"] = [self._group(name) for name in sorted(set(groups))]
        if row.values.get("parent"):
            fields["parent"] = self._parent(row.values["parent"])
        return fields

    def _group(self, name: str) -> BodyGroup:
        known = BodyGroup.objects.filter(county=self.county, name=name).first()
        return known or create_group(self.actor, self.county, name)

    def _parent(self, text: str) -> Body:
        for body in Body.objects.of_county(self.county):
            if text == body.code or spelling(text) in {spelling(name) for name in (body.name, *body.short_names)}:
                return body
        raise ValidationError({"parent": gettext("名册中没有“%(text)s”") % {"text": text}})

    def _former_names(self, body: Body, row: sheets.Row) -> int:
        """Add the former names that are missing; none is ever removed by a file."""
        names = row.several("former_names") or []
        dates = [part.strip() for part in row.values.get("former_until", "").replace("；", ";").split(";")]
        known = {former.name for former in body.former_names.all()} | {body.name}
        added = 0
        for position, name in enumerate(names):
            if name not in known:
                cell = sheets.Row(row.number, {"former_until": dates[position] if position < len(dates) else ""})
                add_former_name(self.actor, body, name, sheets.day(cell, "former_until"))
                added += 1
        return added

    def _free_code(self) -> str:
        """The next free number below the county's code, for files that carry no codes."""
        taken = set(Body.objects.filter(code__startswith=f"{self.county.code}.").values_list("code", flat=True))
        number = 1
        while f"{self.county.code}.{number:03d}" in taken:
            number += 1
        return f"{self.county.code}.{number:03d}"


def _parents_first(rows: Iterable[sheets.Row]) -> list[sheets.Row]:
    """Rows whose parent stands further down come after it; of a circle, the rows stay where they are."""
    waiting = list(rows)
    ordered: list[sheets.Row] = []
    while waiting:
        open_names = {row.values.get(key) for row in waiting for key in ("code", "name")} - {"", None}
        ready = [row for row in waiting if row.values.get("parent", "") not in open_names] or waiting
        ordered.extend(ready)
        done = {row.number for row in ready}
        waiting = [row for row in waiting if row.number not in done]
    return ordered
