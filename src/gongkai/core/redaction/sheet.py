"""xlsx: formulas become values, hidden cells and sheets go, stretches are masked in whatever kind of cell they stand.

Cells keep their style. Shared strings become the cells' own, so that no text of a removed cell stays in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING

from gongkai.core.documents import Document
from gongkai.core.redaction.canvas import Canvas, Segment
from gongkai.core.redaction.edits import Edit, Piece, pieces
from gongkai.core.redaction.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOOK = "xl/workbook.xml"
_CORE = "docProps/core.xml"
_NOBODY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator></dc:creator></cp:coreProperties>'
)
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_DROPPED = (
    (r"xl/comments.*\.xml|xl/threadedComments/.*|xl/persons/.*|xl/drawings/vmlDrawing.*", "批注"),
    (r"docProps/(?!core\.xml).*|xl/customProperty.*", "文档属性"),
    (r"customXml/.*", "自定义 XML"),
    (r"xl/embeddings/.*|xl/activeX/.*|xl/ctrlProps/.*|.*\.bin", "嵌入对象、控件和宏"),
    (r"xl/externalLinks/.*|xl/connections\.xml|xl/queryTables/.*|xl/model/.*", "外部数据连接"),
    (r"xl/pivotTables/.*|xl/pivotCache/.*|xl/slicers/.*|xl/slicerCaches/.*|xl/timelines/.*", "数据透视表及其缓存"),
    (r"xl/tables/.*|xl/calcChain\.xml|xl/revisions/.*|xl/metadata\.xml|xl/webextensions/.*", ""),
)
# Of a sheet: what may keep values, or point at parts that are gone.
_GONE = (
    *("legacyDrawing", "legacyDrawingHF", "oleObjects", "controls", "tableParts", "dataValidations", "autoFilter"),
    *("scenarios", "webPublishItems", "customSheetViews", "extLst", "customProperties", "sortState", "dataConsolidate"),
    *("protectedRanges", "phoneticPr", "smartTags"),
)
_HIDING = re.compile(r"(?:\"\"|;)*;;;(?:\"\"|;)*")


def clean(data: bytes) -> tuple[bytes, list[str]]:
    """Without anything that the visible sheets do not show; and what was taken out, in words."""
    package = Package(data)
    said = [what for pattern, what in _DROPPED if package.drop(pattern) and what]
    package.unlink(lambda _, relation: str(relation.get("Target", "")).lower().startswith(("mailto:", "tel:", "sms:")))
    package.set_type(_BOOK, _PLAIN)
    if _CORE in package.parts:  # blank, not gone: openpyxl signs for a workbook that names nobody
        package.parts[_CORE] = _NOBODY
        said.append("文档属性")
    said += _drop_sheets(package)
    strings, hiding = _strings(package), _hiding_formats(package)
    for _, name in _sheets(package):
        said += _clean_sheet(package.xml(name), strings, hiding)
    package.drop(r"xl/sharedStrings\.xml")
    for name in package.matching(r"xl/drawings/drawing\d+\.xml"):
        _clean_drawing(package.xml(name))
    if package.drop_unreachable() + package.strip_asides():
        said.append("文件内部数据")
    package.strip_pictures()
    return package.to_bytes(), list(dict.fromkeys(said))


def apply(data: bytes, document: Document, edits: list[Edit]) -> tuple[bytes, list[str]]:
    """The workbook with the edits made; the same bytes when none could be placed."""
    package = Package(data)
    cells = {(name, str(cell.get("r"))): cell for name, part in _sheets(package) for cell in _cells(package.xml(part))}
    known = [piece for piece in pieces(document) if piece.cell in cells]
    changed = sum(_edit_cell(cells[piece.cell], piece, edits) for piece in known if piece.cell)
    others = [piece for piece in pieces(document) if piece.cell not in cells]
    canvas = Canvas(_other_segments(package))
    changed += canvas.apply(others, [edit for edit in edits if _touches(edit, others)], document.text)
    return (package.to_bytes() if changed else data), []


def _sheets(package: Package) -> list[tuple[str, str]]:
    """Name and part of each sheet."""
    targets = {str(each.get("Id")): str(each.get("Target")) for each in package.xml("xl/_rels/workbook.xml.rels")}
    found = []
    for sheet in package.xml(_BOOK).iter(f"{M}sheet"):
        target = targets.get(str(sheet.get(f"{_REL}id")), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in package.parts and "worksheets/" in part:
            found.append((str(sheet.get("name")), part))
    return found


def _drop_sheets(package: Package) -> Iterator[str]:
    """Hidden sheets, and every defined name: they may point there, or hold a value themselves."""
    book = package.xml(_BOOK)
    parts = dict(_sheets(package))
    for sheet in list(book.iter(f"{M}sheet")):
        if sheet.get("state", "visible") != "visible":
            part = parts.get(str(sheet.get("name")))
            parent = sheet.getparent()
            if parent is not None:
                parent.remove(sheet)
            if part:
                package.drop(re.escape(part))
            yield "隐藏的工作表"
    for tag in ("definedNames", "externalReferences", "pivotCaches", "extLst", "customWorkbookViews", "fileSharing"):
        for element in list(book.iter(f"{M}{tag}")):
            _remove(element)
    for view in book.iter(f"{M}workbookView"):
        for name in ("activeTab", "firstSheet"):
            view.attrib.pop(name, "")


def _strings(package: Package) -> list[_Element]:
    if "xl/sharedStrings.xml" not in package.parts:
        return []
    return list(package.xml("xl/sharedStrings.xml").iter(f"{M}si"))


def _hiding_formats(package: Package) -> set[str]:
    """Cell styles whose number format shows nothing (;;;)."""
    if "xl/styles.xml" not in package.parts:
        return set()
    styles = package.xml("xl/styles.xml")
    codes = {
        str(each.get("numFmtId")) for each in styles.iter(f"{M}numFmt") if _HIDING.fullmatch(each.get("formatCode", ""))
    }
    used = styles.find(f"{M}cellXfs")
    return {str(at) for at, each in enumerate(() if used is None else used) if each.get("numFmtId") in codes}


def _clean_sheet(root: _Element, strings: list[_Element], hiding: set[str]) -> Iterator[str]:
    columns = _hidden_columns(root)
    for row in root.iter(f"{M}row"):
        gone = row.get("hidden") in ("1", "true")
        for cell in list(row.iter(f"{M}c")):
            _own_text(cell, strings)
            if (gone or _column(str(cell.get("r"))) in columns or str(cell.get("s")) in hiding) and _has_value(cell):
                _remove(cell)
                yield "隐藏的行、列或单元格"
    if covered := _covered(root):
        for cell in _cells(root):
            if str(cell.get("r")) in covered and _has_value(cell):
                _empty(cell)
                yield "被合并单元格遮住的内容"
    for tag in _GONE:
        for element in list(root.iter(f"{M}{tag}")):
            _remove(element)
    for rule in list(root.iter(f"{M}conditionalFormatting")):
        if any("!" in (formula.text or "") or '"' in (formula.text or "") for formula in rule.iter(f"{M}formula")):
            _remove(rule)
    for link in root.iter(f"{M}hyperlink"):
        link.attrib.pop("tooltip", "")
        link.attrib.pop("display", "")


def _own_text(cell: _Element, strings: list[_Element]) -> None:
    """A cell without formula and without phonetic guide, its text in itself."""
    for tag in ("f", "extLst"):
        for element in list(cell.iter(f"{M}{tag}")):
            _remove(element)
    value = cell.find(f"{M}v")
    if cell.get("t") == "s" and value is not None:
        at = int(value.text or "0")
        inline = deepcopy(strings[at]) if at < len(strings) else None
        _empty(cell)
        if inline is not None:
            inline.tag = f"{M}is"
            cell.set("t", "inlineStr")
            cell.append(inline)
    elif cell.get("t") == "str" and value is not None:
        _set_text(cell, value.text or "")
    for guide in list(cell.iter(f"{M}rPh", f"{M}phoneticPr")):
        _remove(guide)


def _hidden_columns(root: _Element) -> set[int]:
    hidden: set[int] = set()
    for column in root.iter(f"{M}col"):
        if column.get("hidden") in ("1", "true") or float(column.get("width", "1")) == 0:
            hidden |= set(range(int(column.get("min", "1")), int(column.get("max", "0")) + 1))
    return hidden


def _column(address: str) -> int:
    number = 0
    for letter in address.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


def _covered(root: _Element) -> set[str]:
    """Addresses under merged cells, but the first of each."""
    from openpyxl.utils import get_column_letter, range_boundaries

    covered: set[str] = set()
    for merge in root.iter(f"{M}mergeCell"):
        left, top, right, bottom = (int(each or 0) for each in range_boundaries(str(merge.get("ref"))))
        if (right - left + 1) * (bottom - top + 1) > 100_000:
            continue
        area = {f"{get_column_letter(x)}{y}" for x in range(left, right + 1) for y in range(top, bottom + 1)}
        covered |= area - {f"{get_column_letter(left)}{top}"}
    return covered


def _cells(root: _Element) -> Iterator[_Element]:
    return root.iter(f"{M}c")


def _has_value(cell: _Element) -> bool:
    return any(element.text for element in cell.iter(f"{M}v", f"{M}t"))


def _empty(cell: _Element) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", "")


def _set_text(cell: _Element, text: str) -> None:
    from lxml import etree

    _empty(cell)
    cell.set("t", "inlineStr")
    inline = etree.SubElement(etree.SubElement(cell, f"{M}is"), f"{M}t")
    inline.text = text
    inline.set(_SPACE, "preserve")


def _edit_cell(cell: _Element, piece: Piece, edits: list[Edit]) -> int:
    """The cell's shown text with its edits: run by run where it is text, else a text in place of the number."""
    here = [edit for edit in edits if edit.start < piece.end and edit.end > piece.start]
    if not here:
        return 0
    texts = list(cell.iter(f"{M}t"))
    if "".join(element.text or "" for element in texts).replace("\r\n", "\n").strip() == piece.text:
        canvas = Canvas([Segment(element.text or "", _writer(element)) for element in texts])
        return canvas.apply([piece], [Edit(e.start, e.end, e.text) for e in here], " " * piece.start + piece.text)
    text = piece.text
    for edit in reversed(here):
        first, last = max(0, edit.start - piece.start), edit.end - piece.start
        whole = edit.start >= piece.start and edit.end <= piece.end
        text = text[:first] + (edit.text if whole else "×" * (min(last, len(text)) - first)) + text[last:]
    _set_text(cell, text)
    return 1


def _touches(edit: Edit, others: list[Piece]) -> bool:
    return any(edit.start < piece.end and edit.end > piece.start for piece in others)


def _other_segments(package: Package) -> Iterator[Segment]:
    """Headers and footers of the print, text of drawings, what charts keep."""
    for _, part in _sheets(package):
        for element in package.xml(part).iter(
            *(f"{M}{where}{what}" for where in _WHERE for what in ("Header", "Footer"))
        ):
            yield Segment(element.text or "", _writer(element))
            yield Segment("\n")
    for name in package.matching(r"xl/(?:drawings|charts|diagrams)/[^/]*\.xml"):
        for element in package.xml(name).iter("{*}p", "{*}v"):
            for text in [element] if str(element.tag).endswith("}v") else element.iter("{*}t"):
                yield Segment(text.text or "", _writer(text))
            yield Segment("\n")


_WHERE = ("odd", "even", "first")


def _writer(element: _Element) -> Callable[[str], None]:
    def put(text: str) -> None:
        element.text = text
        if element.tag == f"{M}t":
            element.set(_SPACE, "preserve")

    return put


def _clean_drawing(root: _Element) -> None:
    for element in root.iter("{*}cNvPr"):
        for name in ("descr", "title"):
            element.attrib.pop(name, "")
        element.set("name", "")


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
