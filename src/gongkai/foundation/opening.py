"""A spreadsheet as people send it -> rows by column: titles, totals and what means nothing are told apart."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from gongkai.core.documents.archive import Archive
from gongkai.core.documents.decoding import decode
from gongkai.core.documents.kinds import binary_kind
from gongkai.core.documents.model import DocumentError
from gongkai.foundation.registries import Label
from gongkai.foundation.spreadsheets import as_written

MOST_ROWS = 1000
MOST_BYTES = 2**20  # what a form can carry from the preview to the confirmation
TITLES = 10  # filled rows among which the heading stands: titles and units are written over it
EXACT = 10**15  # from here on Excel keeps no number as it was typed
DELIMITERS = (",", "\t", ";")
TOTALS = ("合计", "总计", "共计", "小计")
_MARKS = re.compile(r"\s|^\*|\*$|\((?:必填|选填)\)")
Columns = Mapping[str, Label]


@dataclass(frozen=True, slots=True)
class Heading:
    """What the heading of a column means.

    suffix: the unit that it says for the numbers in its cells; part: which of several columns with the same key it is.
    """

    key: str
    suffix: str = ""
    part: str = ""

    @property
    def name(self) -> str:
        """By which a row knows the cell."""
        return f"{self.key}:{self.part}" if self.part else self.key

    def says(self, cell: str) -> str:
        """The cell with the unit of the heading, unless it is no number or has one of its own."""
        return cell + self.suffix if cell[-1:].isdigit() or cell.endswith((")", "）")) else cell


Names = Mapping[str, Heading]  # by the heading as `folded`


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file. `number` counts as a spreadsheet does, the header being 1; absent columns are no key."""

    number: int
    values: dict[str, str]

    def several(self, column: str) -> list[str] | None:
        """The values of a cell, separated by `;`; None when the file has no such column."""
        if column not in self.values:
            return None
        return [part.strip() for part in self.values[column].replace("；", ";").split(";") if part.strip()]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was read. unread: headings that mean nothing here; totals: the numbers of rows that only sum up."""

    rows: list[Row]
    unread: list[str]
    totals: list[int]


def folded(title: str) -> str:
    """A heading without spaces, width of signs and marks of what must be filled in."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", title))


def names_of(columns: Columns) -> dict[str, Heading]:
    """Every column by its key and its label."""
    labels = {folded(str(label)): Heading(key) for key, label in columns.items()}
    return labels | {key: Heading(key) for key in columns}


def open_sheet(
    data: bytes,
    columns: Columns,
    required: Iterable[str],
    names: Names | None = None,
    *,
    most_rows: int = MOST_ROWS,
    most_bytes: int = MOST_BYTES,
) -> Sheet:
    """The rows of a CSV (UTF-8 or GB18030) or the first sheet of an Excel file; blank rows are skipped.

    The heading may stand below titles and names columns in any order by `names`, else by their key or their Chinese
    label. ValidationError when the file cannot be read or a required column is missing.
    """
    if len(data) > most_bytes:
        raise ValidationError(_("文件超过 %(size)d MB，请拆分后再导入") % {"size": most_bytes // 2**20})
    try:
        table = [[as_written(str(cell).strip()) for cell in row] for row in _cells(data)]
    except DocumentError as error:
        raise ValidationError(_("文件%(error)s") % {"error": error}) from error
    known = names if names is not None else names_of(columns)
    filled = [(number, row) for number, row in enumerate(table, 1) if any(row)]
    at = _heading_at([row for _number, row in filled[:TITLES]], known)
    body = filled[at + 1 :]
    if not body:
        raise ValidationError(_("文件中没有数据：应有一行表头，其后每行一条"))
    if len(body) > most_rows:
        raise ValidationError(_("文件超过 %(rows)d 行，请拆分后再导入") % {"rows": most_rows})
    titles = filled[at][1]
    headings = [known.get(folded(title)) for title in titles]
    unread = [title for title, heading in zip(titles, headings, strict=True) if title and heading is None]
    _demand_columns(headings, columns, required, unread)
    totals = [number for number, row in body if _sums_up(row)]
    rows = [Row(number, _by_key(number, headings, row)) for number, row in body if number not in totals]
    return Sheet(rows, unread, totals)


def _heading_at(rows: Sequence[Sequence[str]], known: Names) -> int:
    """The first row in which two cells, or all that there are, name columns; the first of all when there is none."""
    for at, row in enumerate(rows):
        named = sum(folded(cell) in known for cell in row)
        if named > 1 or named == sum(map(bool, row)):
            return at
    return 0


def _sums_up(row: Sequence[str]) -> bool:
    first = folded(next(filter(None, row)))
    return first.rstrip(":") in TOTALS


def _demand_columns(
    headings: Sequence[Heading | None], columns: Columns, required: Iterable[str], unread: Sequence[str]
) -> None:
    named = [heading for heading in headings if heading is not None]
    keys = {heading.key for heading in named}
    if missing := [str(columns[key]) for key in required if key not in keys]:
        told = _("表头缺少“%(missing)s”") % {"missing": "”“".join(missing)}
        beside = _("；没有认出的表头：%(unread)s") % {"unread": "、".join(unread)} if unread else ""
        raise ValidationError(told + beside)
    names = [heading.name for heading in named]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        listed = "、".join(str(columns.get(name, name.rpartition(":")[2])) for name in twice)
        raise ValidationError(_("表头中有重复的列：%(columns)s") % {"columns": listed})


def _cells(data: bytes) -> list[list[object]]:
    kind = binary_kind(data)
    if kind is None:
        return _delimited(decode(data).removeprefix("\ufeff"))
    if kind not in ("xlsx", "xls"):
        raise DocumentError(_("不是 CSV 或 Excel 文件，请另存为其中一种后再导入"))
    if kind == "xlsx":
        Archive(data).check()
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except Exception as error:  # calamine raises its own and Rust's panics
        raise DocumentError(_("读取失败，可能已损坏，请在原软件中另存后再导入")) from error
    return [[_plain(cell, number, at) for at, cell in enumerate(row, 1)] for number, row in enumerate(rows, 1)]


def _delimited(text: str) -> list[list[object]]:
    start = text[:2000]
    delimiter = max(DELIMITERS, key=start.count)
    # strict: a quotation mark that is never closed would swallow every row below it
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    read: list[list[object]] = []
    line = 1
    try:
        for row in rows:
            read.append(list(row))
            line = rows.line_num + 1  # where the next row begins
    except csv.Error as error:
        words = _("第 %(line)d 行不合 CSV 格式，请检查引号是否成对，或另存为 Excel（xlsx）后再导入")
        raise DocumentError(words % {"line": line}) from error
    return read


def _plain(cell: object, row: int, column: int) -> object:
    """A cell as people see it: a day without midnight, a number without what the machine adds to it."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}" if cell.time() != time() else cell.date()
    if not isinstance(cell, float):
        return cell
    if abs(cell) >= EXACT:
        words = _("第 %(row)d 行第 %(column)d 列是15位以上的数字，Excel 没有保留末几位，请把该列改为文本格式后重新填写")
        raise DocumentError(words % {"row": row, "column": column})
    return int(cell) if cell.is_integer() else f"{Decimal(format(cell, '.15g')):f}"


def _by_key(number: int, headings: Sequence[Heading | None], row: Sequence[str]) -> dict[str, str]:
    if any(row[len(headings) :]):
        raise ValidationError(_("第 %(row)d 行的列数多于表头，请检查是否有未加引号的逗号") % {"row": number})
    padded = [*row, *[""] * (len(headings) - len(row))]
    named = [(heading, value) for heading, value in zip(headings, padded, strict=False) if heading is not None]
    return {heading.name: heading.says(value) for heading, value in named}
