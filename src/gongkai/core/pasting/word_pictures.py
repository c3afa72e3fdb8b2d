"""The pictures of a Word file where they stand: a copy of the file with a mark in the place of each.

So the reader of documents need know nothing of pictures: it reads the marks as text, and paragraphs are cut at them.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from gongkai.core.documents import DocumentError
from gongkai.core.documents.archive import MAX_INFLATED
from gongkai.core.documents.docx.package import Package, W
from gongkai.core.pasting.carried import MOST, description
from gongkai.core.pasting.model import Carried

if TYPE_CHECKING:
    from lxml.etree import _Element

MARK = re.compile("\ue000(\\d+)\ue001")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_ZIP = b"PK\x03\x04"


def marked(data: bytes) -> tuple[bytes, list[Carried]]:
    """The same file for anything else than a Word file with pictures in its body."""
    if not data.startswith(_ZIP):
        return data, []
    try:
        package = Package(data)
        root = package.xml(package.main)
    except DocumentError:  # not a Word file, or one of which the reader will say what is wrong
        return data, []
    if root is None:
        return data, []
    targets = _targets(package)
    found: list[Carried] = []
    for drawing in list(root.iter(f"{W}drawing")):
        target = _picture_in(drawing, targets)
        if target in package.archive.names and len(found) < MOST:
            _put_mark(drawing, len(found))
            found.append(_carried(drawing, package.archive.read(target, MAX_INFLATED)))
    return (_rewritten(data, package.main, root), found) if found else (data, [])


def _targets(package: Package) -> dict[str, str]:
    """Id of a relation -> the part it leads to."""
    folder, name = posixpath.split(package.main)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        str(one.get("Id")): posixpath.normpath(posixpath.join("/", folder, str(one.get("Target", "")))).lstrip("/")
        for one in ([] if root is None else root)
        if one.get("TargetMode") != "External"
    }


def _picture_in(drawing: _Element, targets: dict[str, str]) -> str:
    """The part that holds the one picture of a drawing; "" for groups, charts, and what stands in a text box."""
    blips = list(drawing.iter(f"{_A}blip"))
    within = any(parent.tag == f"{W}txbxContent" for parent in drawing.iterancestors())
    if len(blips) != 1 or within or next(drawing.iter(f"{W}txbxContent"), None) is not None:
        return ""
    return targets.get(str(blips[0].get(f"{_R}embed", "")), "")


def _put_mark(drawing: _Element, number: int) -> None:
    """In place of the drawing, which stands in a run."""
    run = drawing.getparent()
    if run is not None:
        text = etree.Element(f"{W}t")
        text.text = f"\ue000{number}\ue001"
        run.replace(drawing, text)


def _carried(drawing: _Element, data: bytes) -> Carried:
    told = next(drawing.iter(f"{_WP}docPr"), None)
    alt = description(told.get("descr")) if told is not None else ""
    marks = drawing.iter(_DECORATIVE)
    return Carried(data=data, alt=alt, decorative=any(mark.get("val") in ("1", "true") for mark in marks))


def _rewritten(data: bytes, name: str, root: _Element) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for member in source.infolist():
            content = etree.tostring(root, encoding="UTF-8") if member.filename == name else source.read(member)
            target.writestr(member.filename, content)
    return out.getvalue()
