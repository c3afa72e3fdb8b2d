"""The inside of a paragraph: runs, tracked changes, fields, hidden text, text boxes, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.core.documents.builder import Run
from gongkai.core.documents.docx.faint import is_faint
from gongkai.core.documents.docx.package import W, switched, value
from gongkai.core.documents.docx.styles import Style, Styles
from gongkai.core.documents.model import Visibility

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHANGES = {
    f"{W}ins": Visibility.INSERTED,
    f"{W}moveTo": Visibility.INSERTED,
    f"{W}del": Visibility.DELETED,
    f"{W}moveFrom": Visibility.DELETED,
}
_WRAPPERS = {f"{W}{name}" for name in ("hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdtContent")}
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
# Tick boxes of the Wingdings fonts, the symbols that forms use.
_SYMBOLS = {"F052": "☑", "F0FE": "☑", "F0FD": "☒", "F0A3": "☐", "F0A8": "☐", "F06F": "☐", "F0FC": "√", "F050": "√"}
_PICTURES = re.compile(r"wingdings|webdings|symbol", re.IGNORECASE)
_WEIGHT = (Visibility.VISIBLE, Visibility.INSERTED, Visibility.HIDDEN, Visibility.DELETED)


def local(element: _Element) -> str:
    """The name without its namespace; "" for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def stronger(one: Visibility, other: Visibility) -> Visibility:
    """What is hidden inside a deletion is deleted."""
    return max(one, other, key=_WEIGHT.index)


def alternative(element: _Element) -> Iterator[_Element]:
    """The children of one branch of mc:AlternateContent: every branch says the same."""
    branches = [child for child in element if local(child) in ("Choice", "Fallback")]
    return iter(branches[0] if branches else ())


class Inline:
    """Reads paragraphs of one story; remembers open fields, text boxes and what cannot be read."""

    def __init__(self, styles: Styles, *, whole: bool = False) -> None:
        self._styles = styles
        self._whole = whole
        self._fields: list[bool] = []  # open fields, True once their result has begun
        self.boxes: list[_Element] = []
        self.pictures = 0
        self.objects = 0

    def runs(self, paragraph: _Element, style: Style, outer: Visibility) -> Iterator[Run]:
        return self._walk(paragraph, style, outer, "")

    def _walk(self, parent: _Element, style: Style, outer: Visibility, author: str) -> Iterator[Run]:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                yield from self._run(child, style, outer, author)
            elif tag in _CHANGES:
                by = str(child.get(f"{W}author", ""))
                yield from self._walk(child, style, stronger(outer, _CHANGES[tag]), by)
            elif tag in _WRAPPERS:
                yield from self._walk(child, style, outer, author)
            elif tag == f"{W}sdt":
                for content in child.iterfind(f"{W}sdtContent"):
                    yield from self._walk(content, style, outer, author)
            elif local(child) in ("oMath", "oMathPara"):
                yield Run("".join(one.text or "" for one in child.iter() if local(one) == "t"), outer, author)
            elif local(child) == "AlternateContent":
                yield from self._walk_branch(child, style, outer, author)

    def _walk_branch(self, element: _Element, style: Style, outer: Visibility, author: str) -> Iterator[Run]:
        for child in alternative(element):
            if child.tag == f"{W}r":
                yield from self._run(child, style, outer, author)

    def _run(self, run: _Element, style: Style, outer: Visibility, author: str) -> Iterator[Run]:
        visibility = stronger(outer, Visibility.HIDDEN) if self._unseen(run, style) else outer
        for child in run:
            text = self._content(child)
            if text:
                inside = self._fields and not all(self._fields)
                yield Run(text, stronger(visibility, Visibility.HIDDEN) if inside else visibility, author)

    def _unseen(self, run: _Element, style: Style) -> bool:
        return self._hidden(run, style) or (self._whole and is_faint(run))

    def _hidden(self, run: _Element, style: Style) -> bool:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return bool(style.hidden)
        own = switched(properties.find(f"{W}vanish"))
        if own is not None:
            return own
        key = value(properties, f"{W}rStyle")
        by_style = self._styles.character(key).hidden if key else None
        return bool(style.hidden if by_style is None else by_style)

    def _content(self, child: _Element) -> str:
        tag = child.tag
        if tag in (f"{W}t", f"{W}delText"):
            return child.text or ""
        if tag in _SIGNS:
            return _SIGNS[tag]
        if tag == f"{W}sym":
            return _symbol(str(child.get(f"{W}char", "")), str(child.get(f"{W}font", "")))
        if tag == f"{W}fldChar":
            self._field(str(child.get(f"{W}fldCharType", "")))
        elif tag == f"{W}ruby":
            return "".join(one.text or "" for one in child.iterfind(f"{W}rubyBase//{W}t"))
        elif local(child) == "AlternateContent":
            return "".join(self._content(one) for one in alternative(child))
        elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            self._drawing(child)
        return ""

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawing(self, element: _Element) -> None:
        names = [local(one) for one in element.iter()]
        self.boxes += [box for box in element.iter(f"{W}txbxContent") if _outermost(box, element)]
        self.objects += "OLEObject" in names
        self.pictures += "OLEObject" not in names and not {"blip", "imagedata"}.isdisjoint(names)


def _outermost(box: _Element, top: _Element) -> bool:
    """Not inside another box, nor in the second branch of an alternative."""
    child, parent = box, box.getparent()
    while parent is not None and child is not top:
        if parent.tag == f"{W}txbxContent" or (local(parent) == "AlternateContent" and parent[0] is not child):
            return False
        child, parent = parent, parent.getparent()
    return True


def _symbol(code: str, font: str) -> str:
    """The private area F000–F0FF shows ordinary characters in all fonts but those of pictures."""
    if code.upper() in _SYMBOLS:
        return _SYMBOLS[code.upper()]
    try:
        number = int(code, 16)
        return chr(number & 0xFF if number >> 8 == 0xF0 and not _PICTURES.match(font) else number)
    except (ValueError, OverflowError):
        return ""
