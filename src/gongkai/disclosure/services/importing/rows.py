"""A row of a file -> an unsaved draft with the names of its files, and everything that is wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.bodies import sheets
from gongkai.core.workdays import chinese
from gongkai.disclosure.declaring import Field, Kind, Type
from gongkai.disclosure.declaring.values import COLUMN_MARK, as_lines, lines_of, says_nothing
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.services.completeness import lacking
from gongkai.disclosure.services.importing.headings import (
    FILES,
    FOLLOWS,
    FORMED,
    NUMBER,
    PUBLISHED,
    TITLE,
    columns,
    demand_units,
    names,
    required,
)
from gongkai.disclosure.services.importing.packed import Packed
from gongkai.disclosure.services.reading import readable
from gongkai.foundation import clock
from gongkai.foundation.opening import Row, Sheet, open_sheet

MOST_ROWS, MOST_BYTES = 10_000, 10 * 2**20
LONGEST = 255  # characters of a title
Numbered = Mapping[str, RecordPage]  # records by their index number


@dataclass(slots=True)
class Examined:
    """What a row would become. wrong: key of a column -> what is wrong there; stands: it is a record already."""

    draft: RecordPage
    files: list[str]
    wrong: dict[str, list[str]] = field(default_factory=dict)
    stands: bool = False

    def digest(self, column: int) -> str:
        """By which the same row is known again in the same column, whatever file it stands in."""
        draft = self.draft
        said = [column, draft.kind, draft.title, str(draft.formed_on), draft.fields, sorted(self.files)]
        earlier = [draft.follows_id] if draft.follows_id else []
        return hashlib.sha256(json.dumps([*said, *earlier], ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def template(kind: Kind) -> bytes:
    """模板: an xlsx with the heading alone."""
    return sheets.to_xlsx(kind.name[:31], [str(label) for label in columns(kind).values()], [])


def open_file(kind: Kind, data: bytes) -> Sheet:
    """ValidationError when the file cannot be read or its head is not that of the kind."""
    sheet = open_sheet(data, columns(kind), required(kind), names(kind), most_rows=MOST_ROWS, most_bytes=MOST_BYTES)
    demand_units(kind, sheet.unread)
    return sheet


def numbered(rows: Iterable[Row], body: int) -> Numbered:
    """The records that the rows name: those of the body, and what others have published."""
    said = {row.values.get(key, "") for row in rows for key in (NUMBER, FOLLOWS)} - {""}
    found = RecordPage.objects.filter(index_number__in=said)
    return {one.index_number: one for one in found if one.live or one.body_id == body}


def examine(kind: Kind, row: Row, packed: Packed, known: Numbered) -> Examined:
    """Look at everything that can be known before it is written."""
    wrong: dict[str, list[str]] = {}
    formed, published = (_day(row, name, wrong) for name in (FORMED, PUBLISHED))
    title = row.values.get(TITLE, "").strip() or _title(kind, row, formed)
    if not title or len(title) > LONGEST:
        wrong[TITLE] = [_("超过 %(most)d 个字") % {"most": LONGEST} if title else _("没有填写")]
    values = readable(kind, _cells(kind, row.values, wrong), wrong)
    draft = RecordPage(title=title, kind=kind.key, fields=values, formed_on=formed)
    draft.follows = _earlier(kind, row, known, wrong)
    draft.published_on = published or clock.today()
    files = row.several(FILES) or []
    if amiss := [said for name in files if (said := packed.problem(name))]:
        wrong[FILES] = amiss
    for missing in (one for one in kind.fields if one.required and one.key not in values):
        wrong.setdefault(missing.key, [_("没有填写")])
    for key, words in lacking(draft):
        if key and key not in wrong:
            wrong[key] = [words]
    there = known.get(row.values.get(NUMBER, ""))
    if there is not None and not wrong and not _is(there, draft, row):
        wrong[NUMBER] = [_("已有这条记录，内容与本行不同；要修改的，请到编辑页修改")]
    return Examined(draft, files, wrong, there is not None)


def _is(there: RecordPage, draft: RecordPage, row: Row) -> bool:
    """Whether the record says what the row says, in the columns that the row has."""
    keys = {name.partition(":")[0] for name in row.values} & {one.key for one in draft.declared.fields}
    same = all(there.fields.get(key) == draft.fields.get(key) for key in keys)
    return same and (there.kind, there.title, there.formed_on) == (draft.kind, draft.title, draft.formed_on)


def _title(kind: Kind, row: Row, formed: date | None) -> str:
    """The title of a row that has none: the tables of departments have no such column."""
    return kind.titled.format_map(defaultdict(str, row.values | {FORMED: chinese(formed) if formed else ""}))


def _earlier(kind: Kind, row: Row, known: Numbered, wrong: dict[str, list[str]]) -> RecordPage | None:
    """承接: the record that the row goes on from."""
    said = row.values.get(FOLLOWS, "")
    if not said:
        return None
    found = known.get(said)
    if found is None or kind.follows is None or found.kind not in kind.follows.kinds:
        wrong[FOLLOWS] = [_("没有索引号为“%(said)s”、可以承接的公开信息") % {"said": said}]
        return None
    return found


def _day(row: Row, name: str, wrong: dict[str, list[str]]) -> date | None:
    try:
        day = sheets.day(row, name)
    except ValidationError as error:
        wrong.update(error.message_dict)
        return None
    if name == FORMED and (day is None or day > clock.today()):
        wrong[name] = [_("没有填写") if day is None else _("晚于今天，请核对")]
    return day


def _cells(kind: Kind, values: Mapping[str, str], wrong: dict[str, list[str]]) -> dict[str, Any]:
    """The cells of the declared fields, those of tables as rows; readings may stand in a column each."""
    given: dict[str, Any] = {one.key: values.get(one.key) or "" for one in kind.fields}
    for one in (one for one in kind.fields if one.type is Type.TABLE and given[one.key]):
        given[one.key] = "" if says_nothing(one, given[one.key]) else _table(one, given[one.key], wrong)
    parts = [(*name.split(":", 1), cell) for name, cell in values.items() if ":" in name and cell]
    if kind.chart is not None and parts:
        rows = [[name, cell] for _key, name, cell in parts]
        given[kind.chart.table] = f"{given[kind.chart.table]}\n{as_lines(rows)}"
    return given


def _table(one: Field, cell: str, wrong: dict[str, list[str]]) -> str:
    """The lines of a cell, their columns parted by the mark, as lines of a sheet."""
    cell = cell.replace("｜", COLUMN_MARK)
    if COLUMN_MARK not in cell and "\t" not in cell and sum(column.required for column in one.columns) > 1:
        how = COLUMN_MARK.join(column.label for column in one.columns)
        wrong[one.key] = [_("单元格内每行写一条，各列用 | 隔开：%(how)s") % {"how": how}]
        return ""
    return as_lines(lines_of(cell, COLUMN_MARK)) if COLUMN_MARK in cell else cell
