"""Registers as spreadsheets: CSV or Excel in, row by row with the place of every error; the same columns out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import Workbook

from gongkai.foundation.opening import Columns as Columns
from gongkai.foundation.opening import Row as Row
from gongkai.foundation.opening import open_sheet
from gongkai.foundation.registries import Label
from gongkai.foundation.spreadsheets import harmless, printable
from gongkai.foundation.written import read_day


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


def read(data: bytes, columns: Columns, required: Iterable[str]) -> list[Row]:
    """The rows of a register, in which every column must mean something; otherwise as `open_sheet`."""
    sheet = open_sheet(data, columns, required)
    for title in sheet.unread:
        known = "、".join(str(label) for label in columns.values())
        raise ValidationError(_("表头“%(title)s”不认识；可用的有：%(known)s") % {"title": title, "known": known})
    return sheet.rows


def day(row: Row, column: str) -> date | None:
    """The date in a cell as `written.read_day` knows it, None for an empty one."""
    text = row.values.get(column, "")
    if not text:
        return None
    if (found := read_day(text)) is None:
        raise ValidationError({column: _("“%(text)s”不是日期，请写作 2023-09-30") % {"text": text}})
    return found


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
