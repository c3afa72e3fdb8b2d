"""Registers as spreadsheets: CSV or Excel in, row by row with the place of every error; the same columns out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from gongkai.core.documents.archive import Archive
from gongkai.core.documents.decoding import decode
from gongkai.core.documents.kinds import binary_kind
from gongkai.core.documents.model import DocumentError
from gongkai.foundation.registries import Label
from gongkai.foundation.spreadsheets import as_written, harmless, printable

MOST_ROWS = 1000
MOST_BYTES = 2**20  # what a form can carry from the preview to the confirmation
Columns = Mapping[str, Label]


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
class Problem:
    """What is wrong, and in which cell."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = _("第 %(row)d 行") % {"row": self.row} + (f"“{self.column}”" if self.column else "")
        return f"{place}：{self.message}"


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one row."""

    row: int
    action: str  # create, change or same
    name: str
    changes: Sequence[str] = ()


@dataclass(slots=True)
class Outcome:
    """What a file does, or would do."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {action: sum(line.action == action for line in self.lines) for action in ("create", "change", "same")}

    def demand_clean(self) -> None:
        """Raise every problem as one ValidationError."""
        if self.problems:
            raise ValidationError([str(problem) for problem in self.problems])


def read(
    data: bytes,
    columns: Columns,
    required: Iterable[str],
    *,
    most_rows: int = MOST_ROWS,
    most_bytes: int = MOST_BYTES,
) -> list[Row]:
    """The rows of a CSV (UTF-8 or GB18030) or the first sheet of an Excel file; blank rows are skipped.

    The header names columns by their key or their Chinese label, in any order. ValidationError when the file cannot
    be read, a required column is missing or there is one that means nothing.
    """
    if len(data) > most_bytes:
        raise ValidationError(_("文件超过 %(size)d MB，请拆分后再导入") % {"size": most_bytes // 2**20})
    try:
        table = [[as_written(str(cell).strip()) for cell in row] for row in _cells(data)]
    except DocumentError as error:
        raise ValidationError(_("文件%(error)s") % {"error": error}) from error
    filled = [(number, row) for number, row in enumerate(table, 1) if any(row)]
    if len(filled) < 2:
        raise ValidationError(_("文件中没有数据：第一行应为表头，其后每行一条"))
    if len(filled) - 1 > most_rows:
        raise ValidationError(_("文件超过 %(rows)d 行，请拆分后再导入") % {"rows": most_rows})
    keys = _header(filled[0][1], columns, required)
    return [Row(number, _by_key(number, keys, row)) for number, row in filled[1:]]


def _cells(data: bytes) -> list[list[object]]:
    kind = binary_kind(data)
    if kind is None:
        # strict: a quotation mark that is never closed would swallow every row below it
        rows = csv.reader(io.StringIO(decode(data).removeprefix("\ufeff"), newline=""), strict=True)
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
    if kind not in ("xlsx", "xls"):
        raise DocumentError(_("不是 CSV 或 Excel 文件，请另存为其中一种后再导入"))
    if kind == "xlsx":
        Archive(data).check()
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        return [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except Exception as error:  # calamine raises its own and Rust's panics
        raise DocumentError(_("读取失败，可能已损坏，请在原软件中另存后再导入")) from error


def _plain(cell: object) -> object:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell.date() if isinstance(cell, datetime) else cell


def _header(row: Sequence[str], columns: Columns, required: Iterable[str]) -> list[str]:
    names = {str(label): key for key, label in columns.items()} | {key: key for key in columns}
    keys = []
    for title in row:
        if title and title not in names:
            raise ValidationError(
                _("表头“%(title)s”不认识；可用的有：%(known)s")
                % {"title": title, "known": "、".join(str(label) for label in columns.values())}
            )
        keys.append(names.get(title, ""))
    for key in required:
        if key not in keys:
            raise ValidationError(_("表头缺少“%(label)s”（%(key)s）一列") % {"label": columns[key], "key": key})
    if len(set(filter(None, keys))) < len(list(filter(None, keys))):
        raise ValidationError(_("表头中有重复的列"))
    return keys


def _by_key(number: int, keys: list[str], row: Sequence[str]) -> dict[str, str]:
    if any(row[len(keys) :]):
        raise ValidationError(_("第 %(row)d 行的列数多于表头，请检查是否有未加引号的逗号") % {"row": number})
    padded = [*row, *[""] * (len(keys) - len(row))]
    return {key: value for key, value in zip(keys, padded, strict=False) if key}


def day(row: Row, column: str) -> date | None:
    """The date in a cell (2023-09-30, 2023/9/30, 2023年9月30日), None for an empty one."""
    text = row.values.get(column, "")
    parts = text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-").split("-")
    if not text:
        return None
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, TypeError, OverflowError):
        raise ValidationError({column: _("“%(text)s”不是日期，请写作 2023-09-30") % {"text": text}}) from None


def choice(row: Row, column: str, choices: Iterable[tuple[str, Label]]) -> str | None:
    """The value that a cell means by its key or Chinese label, None for an empty or absent one."""
    text = row.values.get(column, "")
    known = list(choices)
    for value, label in known:
        if text in (value, str(label)):
            return str(value)
    if not text:
        return None
    listed = "、".join(str(label) for _value, label in known)
    raise ValidationError({column: _("“%(text)s”不认识；可用的有：%(known)s") % {"text": text, "known": listed}})


def apply(rows: Iterable[Row], columns: Columns, use: Callable[[Row], Line]) -> Outcome:
    """Use every row in a savepoint of its own, so that all the problems of a file are found at once."""
    outcome = Outcome()
    for row in rows:
        try:
            with transaction.atomic():
                outcome.lines.append(use(row))
        except ValidationError as error:
            outcome.problems.extend(_problems(row, columns, error))
    outcome.lines.sort(key=lambda line: line.row)
    outcome.problems.sort(key=lambda problem: problem.row)
    return outcome


def _problems(row: Row, columns: Columns, error: ValidationError) -> list[Problem]:
    if not hasattr(error, "error_dict"):
        return [Problem(row.number, "", message) for message in error.messages]
    return [
        Problem(row.number, "" if name == NON_FIELD_ERRORS else str(columns.get(name, name)), message)
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark, so that Excel and WPS open it rightly."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet, every cell a text: nothing is taken for a formula or a number."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has a sheet
    sheet.title = title
    for number, row in enumerate([header, *rows], 1):
        for position, value in enumerate(row, 1):
            cell = sheet.cell(number, position)
            cell.value, cell.data_type = printable(value), "s"
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
