"""Rows -> a workbook in the customary form: one sheet a field, two header rows, √ in the divided columns, ■ and □."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from gongkai.core.catalogues import words
from gongkai.core.catalogues.model import Row

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TOP = (
    ("序号", 1),
    ("公开事项", 2),
    ("公开内容（要素）", 1),
    ("公开依据", 1),
    ("公开时限", 1),
    ("公开主体", 1),
    ("公开渠道和载体", 1),
    ("公开对象", 2),
    ("公开方式", 2),
    ("公开层级", 2),
)
_UNDER = {
    2: "一级事项",
    3: "二级事项",
    9: "全社会",
    10: "特定群众",
    11: "主动",
    12: "依申请",
    13: "县级",
    14: "乡、村级",
}
_WIDTHS = (6, 14, 16, 32, 32, 20, 18, 30, 8, 12, 8, 8, 8, 8)
_GENERAL = 13  # channels that every catalogue prints; those of single fields only where chosen


def write_xlsx(rows: Iterable[Row], title: str, notes: Sequence[str] = ()) -> bytes:
    """The rows by field, in the order they come; `title` stands above each sheet, the notes below."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, group in groupby(rows, key=lambda row: row.field):
        sheet = book.create_sheet(_sheet_name(name))
        _head(sheet, title if name in title else f"{title}（{name}领域）")
        last = _body(sheet, list(group))
        for offset, note in enumerate(notes, 2):
            sheet.cell(last + offset, 1, note).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_name(name: str) -> str:
    return "".join("—" if character in r"[]:*?/\\" else character for character in name)[:31] or "目录"


def _head(sheet: Worksheet, title: str) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.cell(1, 1, title).font = Font(bold=True, size=14)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(_WIDTHS))
    at = 1
    for heading, width in _TOP:
        sheet.cell(2, at, heading)
        if width > 1:
            sheet.merge_cells(start_row=2, start_column=at, end_row=2, end_column=at + width - 1)
        else:
            sheet.merge_cells(start_row=2, start_column=at, end_row=3, end_column=at)
        at += width
    for column, heading in _UNDER.items():
        sheet.cell(3, column, heading)
    for column, wide in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = wide
        for line in (1, 2, 3):
            sheet.cell(line, column).alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if line > 1:
                sheet.cell(line, column).font = Font(bold=True)
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "2:3"
    sheet.page_setup.orientation = "landscape"


def _body(sheet: Worksheet, rows: Sequence[Row]) -> int:
    """Fill the rows; the number of the last line."""
    from openpyxl.styles import Alignment

    for line, row in enumerate(rows, 4):
        for column, text in enumerate(_cells(row), 1):
            cell = sheet.cell(line, column, text or None)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if text:
                cell.data_type = "s"  # what begins with = is text as well
    _merge_first(sheet, rows)
    return 3 + len(rows)


def _merge_first(sheet: Worksheet, rows: Sequence[Row]) -> None:
    """一级事项 that follow each other stand in one cell."""
    at = 4
    for _name, group in groupby(rows, key=lambda row: row.first):
        count = len(list(group))
        if count > 1:
            sheet.merge_cells(start_row=at, start_column=2, end_row=at + count - 1, end_column=2)
        at += count


def _cells(row: Row) -> tuple[str, ...]:
    specific = (row.audience_text or "√") if "specific" in row.audience else ""
    return (
        row.number,
        row.first,
        "—".join(filter(None, (row.second, row.third))),
        row.content,
        "\n".join(row.basis),
        row.limit.text,
        row.body,
        _channels(row),
        "√" if "all" in row.audience else "",
        specific,
        "√" if "proactive" in row.modes else "",
        "√" if "on-request" in row.modes else "",
        "√" if "county" in row.levels else "",
        "√" if {"township", "village"} & set(row.levels) else "",
    )


def _channels(row: Row) -> str:
    lines = [
        ("■" if key in row.channels else "□") + words.channel_name(key)
        for at, key in enumerate(words.channel_keys())
        if (at < _GENERAL or key in row.channels) and not (key == "other" and row.others)
    ]
    return "\n".join([*lines, *(f"■{other}" for other in row.others)])
