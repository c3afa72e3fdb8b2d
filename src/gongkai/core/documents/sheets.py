"""Spreadsheets: values and merged ranges by calamine, hidden content and comments by openpyxl."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import product

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from gongkai.core.documents.archive import Archive
from gongkai.core.documents.biff import read_biff
from gongkai.core.documents.builder import Builder, RawCell, Run, plain
from gongkai.core.documents.kinds import carries_macros
from gongkai.core.documents.model import Document, DocumentError, Place, Visibility
from gongkai.core.documents.sheet_blocks import emit_sheet
from gongkai.core.documents.sheet_extras import Extras, read_extras, read_hidden, without_value, worksheets

_MOST_CELLS = 1_000_000  # rows × columns of one sheet: calamine holds the whole rectangle
_MOST_ROWS = 200_000
_REFERENCE = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_EXTRAS_UP_TO = 16 * 2**20  # bytes of sheet XML; beyond it openpyxl takes too long

Position = tuple[int, int]
Value = int | float | str | bool | datetime.date | datetime.time | datetime.datetime | datetime.timedelta


def read(data: bytes, kind: str) -> Document:
    """Read xlsx, xlsm, xlsb or xls."""
    builder = Builder()
    extras: dict[str, Extras] = {}
    if data.startswith(b"PK"):
        extras = _checked_extras(Archive(data), data, builder)
    else:
        found = read_biff(data)
        if found is None:
            builder.not_examined("批注与隐藏的行列（格式过旧，不逐项读取）")
        extras = found or {}
        if carries_macros(data):
            builder.macros()
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for meta in workbook.sheets_metadata:
        if meta.typ is not SheetTypeEnum.WorkSheet:
            builder.not_examined(f"工作表“{meta.name}”不是数据表（图表或宏表）")
            continue
        sheet = workbook.get_sheet_by_name(meta.name)
        extra = extras.get(meta.name, Extras())
        rows, cells, under = _cells(sheet, extra)
        if rows >= _MOST_ROWS:
            builder.not_examined(f"工作表“{meta.name}”第{_MOST_ROWS + 1}行以后的内容（行数过多）")
        if meta.visible is SheetVisibleEnum.Visible:
            _visible(builder, meta.name, rows, cells, extra)
        else:
            _aside(builder, meta.name, [*cells, *under], lambda cell: "隐藏工作表")
            under = []
        _aside(builder, meta.name, under, lambda cell: "被合并单元格遮住")
        for address, text, author in extra.comments:
            place = Place(part="comment", sheet=meta.name, cell=address)
            builder.part(text, place, Visibility.HIDDEN, author)
    for name, value in extras[""].properties.items() if "" in extras else ():
        builder.property(name, value)
    return builder.build(kind)


def _checked_extras(archive: Archive, data: bytes, builder: Builder) -> dict[str, Extras]:
    """Bound what the libraries will unfold, then read what calamine does not tell."""
    archive.check()
    size = 0
    titles = {name: title for title, name in worksheets(archive)}
    for name in archive.names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            content = archive.read(name, 2**29)
            size += len(content)
            _check_extent(content, name)
            if without := without_value(content):
                cells = f"工作表“{titles.get(name, name)}”{len(without)}个单元格（如{without[0]}）"
                builder.not_examined(f"{cells}的值（错误值，或公式没有算出结果）")
            if b"<!DOCTYPE" in content[:4096]:
                raise DocumentError("文件内含实体定义（DTD），存在安全风险，已拒绝读取，请在原软件中另存后再试")
        if name.startswith("xl/media/"):
            builder.not_examined("图片（未识别图中文字）")
        if name.startswith(("xl/embeddings/", "xl/charts/", "xl/drawings/drawing")):
            builder.not_examined("图表、图形或嵌入对象")
        if name.endswith("vbaProject.bin"):
            builder.macros()
    if "xl/workbook.xml" not in archive.names:
        builder.not_examined("批注与隐藏的行列（格式特殊，未逐项读取）")
        return {}
    if size > _EXTRAS_UP_TO:
        builder.not_examined("批注与百分比格式（文件过大，未逐项读取）")
        return {title: read_hidden(archive.read(name, 2**29)) for title, name in worksheets(archive)}
    return read_extras(data)


def _check_extent(content: bytes, name: str) -> None:
    bottom = right = 0
    for letters, digits in _REFERENCE.findall(content):
        bottom = max(bottom, int(digits))
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        right = max(right, column)
    if bottom * right > _MOST_CELLS:
        where = name.rpartition("/")[2]
        raise DocumentError(f"工作表 {where} 的范围过大（{bottom} 行 × {right} 列），请删除多余的行列后再试")


def _cells(sheet: CalamineSheet, extra: Extras) -> tuple[int, list[RawCell], list[RawCell]]:
    """The filled and the merged cells from A1 on, places as on the sheet; and those that lie under merged ones."""
    values = sheet.to_python(skip_empty_area=False, nrows=_MOST_ROWS)
    spans, covered = _spans(sheet, len(values), max(map(len, values), default=0))
    cells: list[RawCell] = []
    under: list[RawCell] = []
    letters = [_letters(column) for column in range(max(map(len, values), default=0))]
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            at = row, column
            seen = at in spans or at not in covered
            if not seen and value == "":
                continue
            text = extra.exact.get(at) or _shown(value, extra.percent.get(at))
            cell = RawCell(row, column, plain(text), *spans.get(at, (1, 1)), f"{letters[column]}{row + 1}")
            (cells if seen else under).append(cell)
    return len(values), cells, under


def _spans(sheet: CalamineSheet, rows: int, columns: int) -> tuple[dict[Position, Position], set[Position]]:
    """Merged ranges by their first cell, cut to the filled part of the sheet, and every position they cover."""
    spans: dict[Position, Position] = {}
    covered: set[Position] = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        down, across = min(bottom, rows - 1) - top + 1, min(right, columns - 1) - left + 1
        if down < 1 or across < 1:
            continue
        area = set(product(range(top, top + down), range(left, left + across)))
        if area & covered:
            raise DocumentError(f"工作表“{sheet.name}”的合并单元格相互重叠，请在原软件中取消合并后再试")
        covered |= area
        spans[top, left] = (down, across)
    return spans, covered


def _visible(builder: Builder, name: str, rows: int, cells: list[RawCell], extra: Extras) -> None:
    """Hidden rows and columns leave the table; what they hold stays as text beside it."""
    hidden = [cell for cell in cells if cell.row in extra.hidden_rows or cell.column in extra.hidden_columns]
    if hidden:
        row_index = _renumber(rows, extra.hidden_rows)
        width = max(cell.column + cell.column_span for cell in cells)
        column_index = _renumber(width, extra.hidden_columns)
        cells = list(_closed_up(cells, extra, row_index, column_index))
        rows = row_index[-1]
    emit_sheet(builder, cells, rows, name)
    _aside(builder, name, hidden, lambda cell: "隐藏行" if cell.row in extra.hidden_rows else "隐藏列")


def _renumber(size: int, hidden: set[int]) -> list[int]:
    """Position -> how many shown positions stand before it; one entry more than positions."""
    index = [0]
    for position in range(size):
        index.append(index[-1] + (position not in hidden))
    return index


def _closed_up(cells: list[RawCell], extra: Extras, row_index: list[int], column_index: list[int]) -> Iterator[RawCell]:
    for cell in cells:
        down = row_index[cell.row + cell.row_span] - row_index[cell.row]
        across = column_index[cell.column + cell.column_span] - column_index[cell.column]
        if down and across:
            first_hidden = cell.row in extra.hidden_rows or cell.column in extra.hidden_columns
            runs = [] if first_hidden and cell.row_span == cell.column_span == 1 else cell.runs
            yield RawCell(row_index[cell.row], column_index[cell.column], runs, down, across, cell.address)


def _aside(builder: Builder, name: str, cells: list[RawCell], why: Callable[[RawCell], str]) -> None:
    for cell in cells:
        text = "".join(run.text for run in cell.runs)
        builder.set_aside(
            [Run(text, Visibility.HIDDEN)] if text else [], Place(sheet=name, cell=cell.address, why=why(cell))
        )


def _shown(value: Value, percent: int | None) -> str:
    """A value as the sheet shows it; dates as ISO."""
    if isinstance(value, str):  # nearly all, in long lists
        return value.replace("\r\n", "\n").replace("_x000D_", "").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if percent is not None and isinstance(value, int | float):
        return f"{value * 100:.{percent}f}%"
    if isinstance(value, float):
        # An identity number kept as a number must show its digits, not 1.1E+17.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _letters(column: int) -> str:
    """The name of a column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
