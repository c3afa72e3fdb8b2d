"""Document -> Catalogue: the rows of every table that is headed as a standard catalogue (公开事项标准目录)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gongkai.core.catalogues import words
from gongkai.core.catalogues.headers import Header, find_header, is_header_line, nearest
from gongkai.core.catalogues.lines import Above, read_line
from gongkai.core.catalogues.model import Catalogue, Finding, NoCatalogue, Row, Severity
from gongkai.core.catalogues.places import cell_place, table_place
from gongkai.core.documents import Cell, Document, Paragraph, Table
from gongkai.core.notices.folding import join_lines, squeeze

_NOTE = re.compile(r"^(?:注|说明|备注|填表说明|附注)\s*[：:1１]")
_NOTE_GOES_ON = re.compile(r"^(?:\d{1,2}[.、．]|[（(]\d{1,2}[）)]|[①-⑳])")
_FOOTER = re.compile(
    r"^(?:(?:填表|填报|审核|制表|联系|经办|负责|审签)(?:单位|日期|时间|人|电话|方式)[：:]|(?:合|总|小|共)\s*计)"
)
_LONGEST_BAND = 40  # characters of a field's name over the whole width, 一、养老服务领域（12项）
_TITLE = re.compile(r"目\s*录")
_PLACES = re.compile(r"^(?:[一-龥]{2,4}?(?:省|市|县|区|旗|镇|乡|街道))+(?=[一-龥]{2})")
_COMMON = re.compile(r"(?:基层)?(?:政务)?公开.*$")


@dataclass(slots=True)
class _Reading:
    """What was read so far; `header` is that of the table before, for a table that goes on without one."""

    title: str = ""
    field: str = ""
    sheet: str | None = None
    header: Header | None = None
    above: Above = dataclasses.field(default_factory=Above)
    rows: list[Row] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    findings: list[Finding] = dataclasses.field(default_factory=list)


def read_catalogue(document: Document) -> Catalogue:
    """All rows of all sheets; raises `NoCatalogue` when no table is headed as a catalogue."""
    reading = _Reading()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            _paragraph(reading, block)
        else:
            _table(reading, block)
    if reading.header is None:
        raise NoCatalogue(
            "没有找到公开标准目录的表格：表头应有“公开事项”“公开内容”“公开依据”“公开时限”“公开主体”等栏，请检查表头是否完整"
            + nearest(document)
            + ("；PDF 中的表格不能可靠还原，请改用原来的 Excel 或 Word 文件" if document.kind == "pdf" else "")
        )
    if not reading.rows:
        raise NoCatalogue("找到了公开标准目录的表头，但表头下面没有事项，请检查是否取错了工作表或隐藏了行")
    findings = [*reading.findings, *_twice(reading.rows), *_hidden(document), *_not_examined(document)]
    return Catalogue(reading.title, tuple(reading.rows), tuple(reading.notes), tuple(findings))


def _paragraph(reading: _Reading, block: Paragraph) -> None:
    text = block.text.strip()
    if not text:
        return
    if _TITLE.search(text) and not _NOTE.match(text):
        _titled(reading, text, block.place.sheet)
    elif reading.rows or _NOTE.match(text):
        reading.notes.append(text)


def _titled(reading: _Reading, text: str, sheet: str | None) -> None:
    if not reading.title or (_TITLE.search(text) and not _TITLE.search(reading.title)):
        reading.title = squeeze(text)
    before = reading.field if sheet == reading.sheet else ""
    reading.field, reading.sheet = _field_named(text) or _field_named(sheet or "") or before, sheet


def _field_named(text: str) -> str:
    """The field in a title or a sheet's name: a known one, else what stands before 领域."""
    known = words.field_in(text)
    if known:
        return known.name
    plain = re.search(r"([一-龥]{2,30})领域", squeeze(text))
    return _PLACES.sub("", plain[1]) if plain else ""


def _table(reading: _Reading, table: Table) -> None:
    header = find_header(table)
    first = header.last + 1 if header else 0
    if header is None:
        if reading.header is None or table.columns != len(reading.header.columns):
            if reading.header is not None and len(table.cells) > table.columns:
                _find(reading, table_place(table), Severity.WARNING, "这个表格没有公开标准目录的表头，没有读取")
            return
        header = reading.header
    else:
        reading.above = Above()
        if table.place.sheet != reading.sheet:
            reading.field, reading.sheet = _field_named(table.place.sheet or ""), table.place.sheet
        _check_header(reading, header, table)
    grid = table.grid()
    if header is not reading.header:
        for line in grid[: header.first]:
            for text in _only_text(line):
                _titled(reading, text, table.place.sheet)
    reading.header = header
    for at, line in enumerate(grid[first:], first):
        if any(cell is not None and cell.row == at and cell.text.strip() for cell in line):
            _line(reading, header, line, table)


def _by_name(reading: _Reading, table: Table) -> str:
    """A field that nobody knows is called as its sheet or title is."""
    named = (table.place.sheet or "") or _COMMON.sub("", _PLACES.sub("", squeeze(reading.title)))
    if not any(column and column.key == "field" for column in (reading.header.columns if reading.header else ())):
        _find(reading, table_place(table), Severity.WARNING, "没有认出这张表属于哪个领域，请核对", named)
    return named


def _check_header(reading: _Reading, header: Header, table: Table) -> None:
    for key, name in (("content", "公开内容"), ("limit", "公开时限"), ("body", "公开主体")):
        if not header.has(key):
            _find(reading, table_place(table), Severity.WARNING, f"表头没有“{name}”栏")
    for column in header.columns:
        if column is not None and not column.key:
            _find(reading, table_place(table), Severity.WARNING, "不认识这一栏，没有读取", column.heading)


def _line(reading: _Reading, header: Header, line: list[Cell | None], table: Table) -> None:
    filled = list(dict.fromkeys(cell for cell in line if cell is not None and cell.text.strip()))
    if is_header_line(line):
        return
    if _FOOTER.match(filled[0].text.strip()):
        reading.notes.append(" ".join(join_lines(cell.text) for cell in filled))
        return
    if len(filled) == 1 and (filled[0].column_span > 2 or _NOTE.match(filled[0].text.strip())):
        _across(reading, filled[0])
        return
    if not reading.field:
        reading.field = _by_name(reading, table)
    row, findings = read_line(header, line, reading.field, reading.above)
    reading.findings += findings
    if row is not None:
        reading.rows.append(row)


def _across(reading: _Reading, cell: Cell) -> None:
    """A text over the whole width: a note, the next field, or something that was not understood."""
    text = cell.text.strip()
    if _NOTE.match(text) or (reading.notes and _NOTE_GOES_ON.match(text)):
        reading.notes.append(text)
    elif named := _field_named(text) if len(text) <= _LONGEST_BAND else "":
        reading.field, reading.above = named, Above()
    else:
        _find(reading, cell_place(cell), Severity.INFO, "整行合并的文字，没有作为事项读取", text)


def _only_text(line: list[Cell | None]) -> Iterator[str]:
    filled = list(dict.fromkeys(cell.text for cell in line if cell is not None and cell.text.strip()))
    if len(filled) == 1:
        yield filled[0]


def _twice(rows: list[Row]) -> Iterator[Finding]:
    """The same matter a second time in its field, and numbers that leave one out."""
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        key = (row.field, row.first, row.second, row.third)
        if key in seen:
            yield Finding(row.where, Severity.WARNING, f"与 {seen[key]} 是同一事项", row.matter)
        seen.setdefault(key, row.where)
    for before, after in pairwise(rows):
        if before.number.isdigit() and after.number.isdigit() and int(after.number) > int(before.number) + 1:
            yield Finding(after.where, Severity.INFO, f"序号从 {before.number} 跳到 {after.number}，请核对是否缺行")


def _hidden(document: Document) -> Iterator[Finding]:
    """What stands in hidden rows, columns and sheets is not part of the catalogue, nor passed over in silence."""
    for where, why in document.hidden_cells():
        yield Finding(where, Severity.WARNING, f"{why}中有内容，没有读取，如属目录请取消隐藏后再试")


def _not_examined(document: Document) -> Iterator[Finding]:
    for what in document.not_examined:
        yield Finding("", Severity.INFO, f"没有读取：{what}")


def _find(reading: _Reading, where: str, severity: Severity, message: str, excerpt: str = "") -> None:
    reading.findings.append(Finding(where, severity, message, excerpt))
