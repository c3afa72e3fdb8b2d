"""OFD files (GB/T 33190-2016): the text of pages and templates, annotations, attachments, pictures and properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.core.documents.archive import MAX_INFLATED, Archive
from gongkai.core.documents.builder import Builder, plain
from gongkai.core.documents.model import Document, Place, Visibility
from gongkai.core.documents.whole.budget import Budget
from gongkai.core.documents.whole.gathering import Gathering
from gongkai.core.documents.whole.markup import local, texts
from gongkai.core.documents.whole.picture import is_picture

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAGE = re.compile(r"(?:.*/)?Pages?/Page_?(\d+)/Content\.xml", re.IGNORECASE)
_DRAWN = re.compile(r".*/(?:Content|Annotation|Annot)\w*\.xml", re.IGNORECASE)
_SILENT = re.compile(
    r".*(?:Res|Signatures?|Document|Version\w*|Annotations|Attachments)\.xml|.*\.(?:ttf|otf|esl|dat)|.*/"
)
_SAME_LINE = 2.0  # millimetres


def read(data: bytes, budget: Budget) -> Document:
    """Pages as paragraphs by line; everything else beside them."""
    archive = Archive(data)
    builder, gathering = Builder(), Gathering(budget)
    pages = sorted((int(found[1]) + 1, name) for name in archive.names if (found := _PAGE.fullmatch(name)))
    number = 0
    for page, name in pages:
        root = archive.xml(name)
        for text, shown in [] if root is None else _lines(root):
            number += 1
            if shown:
                builder.paragraph(plain(text), Place(page=page, paragraph=number))
            else:
                builder.part(text, Place(page=page), Visibility.HIDDEN)
    done = {name for _, name in pages}
    for name in archive.names:
        if name not in done:
            _beside(archive, name, gathering)
    return gathering.onto(builder.build("ofd"))


def _lines(root: _Element) -> list[tuple[str, bool]]:
    """Text of each line, and whether it is shown; text objects at one height stand in one line."""
    lines: list[tuple[float, str, bool]] = []
    for item in (one for one in root.iter() if local(one) == "TextObject"):
        text = "".join(str(code.text or "") for code in item.iter() if local(code) == "TextCode")
        shown = item.get("Visible", "true") != "false"
        top = _top(str(item.get("Boundary", "")))
        if lines and abs(lines[-1][0] - top) < _SAME_LINE and lines[-1][2] == shown:
            lines[-1] = (top, lines[-1][1] + text, shown)
        else:
            lines.append((top, text, shown))
    return [(text, shown) for _, text, shown in lines if text.strip()]


def _top(boundary: str) -> float:
    try:
        return float(boundary.split()[1])
    except (IndexError, ValueError):
        return -1.0


def _beside(archive: Archive, name: str, gathering: Gathering) -> None:
    short = name.rpartition("/")[2]
    if _DRAWN.fullmatch(name):
        root = archive.xml(name)
        for text, _ in [] if root is None else _lines(root):
            gathering.part(text, "annotation" if "nnot" in name else "data")
    elif name.endswith("OFD.xml") or (name.endswith(".xml") and not _SILENT.fullmatch(name)):
        root = archive.xml(name)
        for text in [] if root is None else texts(root):
            gathering.part(text, "properties")
    elif not _SILENT.fullmatch(name):
        content = archive.read(name, MAX_INFLATED)
        if is_picture(content):
            gathering.picture(f"图片“{short}”", content)
        else:
            gathering.attachment(short, content)
