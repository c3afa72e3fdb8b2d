"""A row of a file -> an unsaved draft with the names of its files, and everything that is wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.bodies import sheets
from gongkai.disclosure.declaring import Kind, Type
from gongkai.disclosure.declaring.values import headed
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.services.completeness import lacking
from gongkai.disclosure.services.importing.packed import Packed
from gongkai.disclosure.services.reading import readable
from gongkai.foundation import clock

TITLE, FORMED, PUBLISHED, FILES = "title", "formed_on", "published_on", "files"
COLUMN_MARK = "|"  # parts the columns of a table inside one cell, whose lines are its rows
MOST_ROWS, MOST_BYTES = 10_000, 10 * 2**20
LONGEST = 255  # characters of a title


@dataclass(slots=True)
class Examined:
    """What a row would become. wrong: key of a column -> what is wrong with its cell."""

    draft: RecordPage
    files: list[str]
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def digest(self, column: int) -> str:
        """By which the same row is known again in the same column, whatever file it stands in."""
        draft = self.draft
        said = [column, draft.kind, draft.title, str(draft.formed_on), draft.fields, sorted(self.files)]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def columns(kind: Kind) -> sheets.Columns:
    """The columns that a file of the kind may have."""
    own = {one.key: headed(one) for one in kind.fields}
    facts = {TITLE: _("标题"), FORMED: kind.formed, PUBLISHED: _("发布日期")}
    return {**facts, **own, FILES: _("附件文件名")}


def required(kind: Kind) -> list[str]:
    return [TITLE, FORMED, *(one.key for one in kind.fields if one.required)]


def template(kind: Kind) -> bytes:
    """模板: an xlsx with the heading alone."""
    return sheets.to_xlsx(kind.name[:31], [str(label) for label in columns(kind).values()], [])


def read_rows(kind: Kind, data: bytes) -> list[sheets.Row]:
    """ValidationError when the file cannot be read or its head is not that of the kind."""
    return sheets.read(data, columns(kind), required(kind), most_rows=MOST_ROWS, most_bytes=MOST_BYTES)


def examine(kind: Kind, row: sheets.Row, packed: Packed) -> Examined:
    """Look at everything that can be known before it is written."""
    wrong: dict[str, list[str]] = {}
    title = row.values.get(TITLE, "").strip()
    if not title or len(title) > LONGEST:
        wrong[TITLE] = [_("超过 %(most)d 个字") % {"most": LONGEST} if title else _("没有填写")]
    formed, published = (_day(row, name, wrong) for name in (FORMED, PUBLISHED))
    values = readable(kind, _cells(kind, row.values), wrong)
    draft = RecordPage(title=title, kind=kind.key, fields=values, formed_on=formed)
    draft.published_on = published or clock.today()
    files = row.several(FILES) or []
    if amiss := [said for name in files if (said := packed.problem(name))]:
        wrong[FILES] = amiss
    for missing in (one for one in kind.fields if one.required and one.key not in values):
        wrong.setdefault(missing.key, [_("没有填写")])
    for key, words in lacking(draft):
        if key and key not in wrong:
            wrong[key] = [words]
    return Examined(draft, files, wrong)


def _day(row: sheets.Row, name: str, wrong: dict[str, list[str]]) -> date | None:
    try:
        day = sheets.day(row, name)
    except ValidationError as error:
        wrong.update(error.message_dict)
        return None
    if name == FORMED and (day is None or day > clock.today()):
        wrong[name] = [_("没有填写") if day is None else _("晚于今天，请核对")]
    return day


def _cells(kind: Kind, values: Mapping[str, str]) -> dict[str, Any]:
    """The cells of the declared fields; in those of tables the columns stand apart by a mark."""
    tables = {one.key for one in kind.fields if one.type is Type.TABLE}
    given = {one.key: values.get(one.key) or "" for one in kind.fields}
    return {key: cell.replace(COLUMN_MARK, "\t") if key in tables else cell for key, cell in given.items()}
