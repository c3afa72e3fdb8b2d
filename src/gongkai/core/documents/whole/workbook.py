"""Worksheets read whole: cells that their format hides, texts of headers, footers, checks and formulas."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from gongkai.core.documents.archive import MAX_INFLATED, Archive
from gongkai.core.documents.model import Document, Place, Span, Table, Visibility
from gongkai.core.documents.sheet_extras import worksheets
from gongkai.core.documents.whole.conditions import Area, hidden_areas, hiding_formats, lies_in
from gongkai.core.documents.whole.gathering import Gathering
from gongkai.core.documents.whole.markup import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_WHITE = {"FFFFFFFF", "00FFFFFF"}
_TINY = 2.0  # points
_LITERAL = re.compile(r'"[^"]{2,}"')
_QUOTED = re.compile(r'"([^"]*)"')
_BESIDE = {
    **dict.fromkeys(("oddHeader", "evenHeader", "firstHeader"), "header"),
    **dict.fromkeys(("oddFooter", "evenFooter", "firstFooter"), "footer"),
    **dict.fromkeys(("formula1", "formula2"), "validation"),
}
_SECTION = re.compile(r"&[LCR]")
_CODE = re.compile(r"""&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}|[A-Za-z])""")
_ATTRIBUTES = ("prompt", "promptTitle", "error", "errorTitle", "tooltip", "display")


def complete(archive: Archive, document: Document, gathering: Gathering) -> Document:
    """Mark what formats hide, gather what stands beside the cells."""
    formats, conditional = _formats(archive), hiding_formats(archive.xml("xl/styles.xml"))
    hidden: dict[tuple[str, str], str] = {}
    areas: dict[str, list[Area]] = {}
    for title, name in worksheets(archive):
        for element in _elements(archive.read(name, MAX_INFLATED), cells=bool(formats)):
            _beside(element, title, gathering)
            if local(element) == "c":
                why = formats.get(str(element.get("s", "0")), "")
                if why:
                    hidden[title, str(element.get("r", ""))] = why
            elif local(element) == "conditionalFormatting":
                areas.setdefault(title, []).extend(hidden_areas(element, conditional))

    if not hidden and not areas:
        return document

    def why_hidden(place: Place) -> str:
        sheet, cell = str(place.sheet), str(place.cell)
        return hidden.get((sheet, cell)) or ("条件格式可使文字不可见" if lies_in(cell, areas.get(sheet, [])) else "")

    spans = [
        Span(cell.start, cell.start + len(cell.text), Visibility.HIDDEN, replace(cell.place, why=why))
        for block in document.blocks
        for cell in (block.cells if isinstance(block, Table) else (block,))
        if cell.text and (why := why_hidden(cell.place))
    ]
    return replace(document, spans=(*document.spans, *spans))


def _printed(words: str) -> str:
    """A header or footer without its codes: ECMA-376 18.3.1.46; each section (left, middle, right) on its line."""
    bare = _CODE.sub("", _SECTION.sub("\n", words.replace("&&", "\0")))
    return bare.replace("\0", "&").strip("\n")


def _elements(content: bytes, *, cells: bool) -> list[_Element]:
    """What says something, cells only where their format may; a long list has hundreds of thousands of them."""
    kept = ["conditionalFormatting", "f", "dataValidation", "hyperlink", *_BESIDE, *(["c"] if cells else [])]
    tags = [f"{{*}}{name}" for name in kept]
    parser = etree.iterparse(io.BytesIO(content), tag=tags, resolve_entities=False, no_network=True, huge_tree=False)
    return [element for _, element in parser]


def _beside(element: _Element, sheet: str, gathering: Gathering) -> None:
    tag, place = local(element), Place(sheet=sheet)
    if tag in _BESIDE:
        part = _BESIDE[tag]
        seen = Visibility.HIDDEN if part == "validation" else Visibility.VISIBLE
        words = str(element.text or "")
        gathering.part(words if seen is Visibility.HIDDEN else _printed(words), part, visibility=seen, place=place)
    elif tag == "f" and _LITERAL.search(str(element.text or "")):
        parent = element.getparent()
        cell = str(parent.get("r", "")) if parent is not None else None
        for text in dict.fromkeys((str(element.text), "".join(_QUOTED.findall(str(element.text))))):
            gathering.part(text, "formula", place=replace(place, cell=cell))
    elif tag in ("dataValidation", "hyperlink"):
        for name in _ATTRIBUTES:
            gathering.part(str(element.get(name) or ""), "validation", place=place)


def _formats(archive: Archive) -> dict[str, str]:
    """Index of a cell format -> why it hides, for those that do."""
    root = archive.xml("xl/styles.xml")
    if root is None:
        return {}
    groups = {local(child): list(child) for child in root}
    empty = {
        str(one.get("numFmtId"))
        for one in groups.get("numFmts", [])
        if re.fullmatch(r";;;?(?:\[[^\]]*\])?", re.sub(r"\s", "", str(one.get("formatCode", ""))))
    }
    fonts = [_font(font) for font in groups.get("fonts", [])]
    filled = [_is_filled(fill) for fill in groups.get("fills", [])]
    hiding: dict[str, str] = {}
    for index, form in enumerate(groups.get("cellXfs", [])):
        font, fill = _number(form.get("fontId")), _number(form.get("fillId"))
        look = fonts[font] if font < len(fonts) else ""
        if str(form.get("numFmtId")) in empty:
            hiding[str(index)] = "单元格格式隐藏"
        elif look and not (look == "白色文字" and fill < len(filled) and filled[fill]):
            hiding[str(index)] = look
    return hiding


def _number(text: object) -> int:
    return int(str(text)) if str(text).isdecimal() else 0


def _font(font: _Element) -> str:
    for child in font:
        if local(child) == "color" and (str(child.get("rgb", "")).upper() in _WHITE or child.get("theme") == "0"):
            return "白色文字"
        if local(child) == "sz" and re.fullmatch(r"[\d.]+", str(child.get("val"))):
            try:
                if float(str(child.get("val"))) <= _TINY:
                    return "极小文字"
            except ValueError:
                continue
    return ""


def _is_filled(fill: _Element) -> bool:
    """With a colour other than white behind the text."""
    for pattern in fill:
        if str(pattern.get("patternType", "")) in ("", "none"):
            continue
        for colour in pattern:
            if local(colour) == "fgColor":
                return str(colour.get("rgb", "")).upper() not in _WHITE and colour.get("theme") != "0"
    return any(local(pattern) == "gradientFill" for pattern in fill)
