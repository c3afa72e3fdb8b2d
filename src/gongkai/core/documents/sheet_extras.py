"""What a workbook keeps besides values: hidden rows and columns, comments, percent formats, properties."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.core.documents.archive import Archive

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_PERCENT = re.compile(r"0(?:\.(0+))?%")
_LINE = re.compile(rb"<(?:\w+:)?(row|col)((?:\s+[\w:]+=\"[^\"<>]*\")*)\s*/?>")
_ATTRIBUTE = re.compile(rb"\s([\w:]+)=\"([^\"]*)\"")
_CELL = re.compile(
    rb'<(?:\w+:)?c((?:\s+[\w:]+="[^"<>]*")*)\s*>(<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?'
    rb"(?:<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>)?"
)
_MOST_COLUMNS = 16_384
_EXACT_TO = 2**53  # beyond it a number read as a fraction loses its last digits


@dataclass(slots=True)
class Extras:
    """Of one sheet; positions count from 0. `properties` are the workbook's, under the sheet name ""."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: list[tuple[str, str, str]] = field(default_factory=list)  # address, text, author
    percent: dict[tuple[int, int], int] = field(default_factory=dict)  # position -> decimals
    exact: dict[tuple[int, int], str] = field(default_factory=dict)  # position -> digits of a long whole number
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
        hidden_rows={index - 1 for index, row in sheet.row_dimensions.items() if row.hidden or row.height == 0},
    )
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden or dimension.width == 0:
            extras.hidden_columns |= set(range((dimension.min or 1) - 1, min(dimension.max or 0, _MOST_COLUMNS)))
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment:
                extras.comments.append((cell.coordinate, str(cell.comment.text), str(cell.comment.author or "")))
            percent = _PERCENT.fullmatch(str(cell.number_format))
            if type(cell.value) is int and abs(cell.value) >= _EXACT_TO:
                extras.exact[(cell.row or 1) - 1, (cell.column or 1) - 1] = str(cell.value)
            if percent:
                extras.percent[(cell.row or 1) - 1, (cell.column or 1) - 1] = len(percent[1] or "")
    return extras


def read_hidden(content: bytes) -> Extras:
    """Hidden rows and columns alone, from the XML of one sheet: for sheets that take too long to be read in full."""
    extras, row = Extras(), 0
    for match in _LINE.finditer(content):
        told = {name.decode(): value.decode("ascii", "replace") for name, value in _ATTRIBUTE.findall(match[2])}
        hidden = told.get("hidden") in ("1", "true")
        if match[1] == b"row":
            row = int(told["r"]) if told.get("r", "").isdecimal() else row + 1
            if hidden or _is_nothing(told.get("ht")):
                extras.hidden_rows.add(row - 1)
        elif (hidden or _is_nothing(told.get("width"))) and told.get("min", "").isdecimal():
            last = int(told["max"]) if told.get("max", "").isdecimal() else int(told["min"])
            extras.hidden_columns |= set(range(int(told["min"]) - 1, min(last, _MOST_COLUMNS)))
    return extras


def _is_nothing(size: str | None) -> bool:
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False


def without_value(content: bytes) -> list[str]:
    """The cells of a sheet's XML that hold an error (#REF!), or a formula whose result no program has saved."""
    found = []
    for match in _CELL.finditer(content):
        told = dict(_ATTRIBUTE.findall(match[1]))
        if told.get(b"t") == b"e" or (match[2] and not match[3] and told.get(b"t") != b"str"):
            found.append(told.get(b"r", b"").decode("ascii", "replace"))
    return found


def worksheets(archive: Archive) -> list[tuple[str, str]]:
    """Title and member of each worksheet."""
    book, relations = archive.xml("xl/workbook.xml"), archive.xml("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return []
    targets = {str(one.get("Id")): str(one.get("Target", "")) for one in relations}
    found = []
    for sheet in (one for one in book.iter() if str(one.tag).endswith("}sheet")):
        key = next((str(value) for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        target = targets.get(key, "")
        name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if name in archive.names and "worksheets/" in name:
            found.append((str(sheet.get("name", "")), name))
    return found


def _properties(workbook: Workbook) -> dict[str, str]:
    kept = ("title", "subject", "creator", "keywords", "description", "lastModifiedBy", "category")
    return {name: str(getattr(workbook.properties, name) or "") for name in kept}
