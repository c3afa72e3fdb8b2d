"""What a workbook keeps besides values: hidden rows and columns, comments, percent formats, properties."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_PERCENT = re.compile(r"0(?:\.(0+))?%")
_MOST_COLUMNS = 16_384


@dataclass(slots=True)
class Extras:
    """Of one sheet; positions count from 0. `properties` are the workbook's, under the sheet name ""."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: list[tuple[str, str, str]] = field(default_factory=list)  # address, text, author
    percent: dict[tuple[int, int], int] = field(default_factory=dict)  # position -> decimals
    properties: dict[str, str] = field(default_factory=dict)


def read_extras(data: bytes) -> dict[str, Extras]:
    """Extras by sheet name."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of every extension it does not know
        workbook = load_workbook(io.BytesIO(data), data_only=True)
    found = {sheet.title: _of_sheet(sheet) for sheet in workbook.worksheets}
    found[""] = Extras(properties=_properties(workbook))
    return found


def _of_sheet(sheet: Worksheet) -> Extras:
    extras = Extras(
        hidden_rows={index - 1 for index, row in sheet.row_dimensions.items() if row.hidden},
    )
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            extras.hidden_columns |= set(range((dimension.min or 1) - 1, min(dimension.max or 0, _MOST_COLUMNS)))
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment:
                extras.comments.append((cell.coordinate, str(cell.comment.text), str(cell.comment.author or "")))
            percent = _PERCENT.fullmatch(str(cell.number_format))
            if percent:
                extras.percent[(cell.row or 1) - 1, (cell.column or 1) - 1] = len(percent[1] or "")
    return extras


def _properties(workbook: Workbook) -> dict[str, str]:
    kept = ("title", "subject", "creator", "keywords", "description", "lastModifiedBy", "category")
    return {name: str(getattr(workbook.properties, name) or "") for name in kept}
