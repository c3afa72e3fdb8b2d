"""Word documents: a short walk over the document XML."""

from __future__ import annotations

from gongkai.core.documents.builder import Builder
from gongkai.core.documents.docx.beside import read_beside
from gongkai.core.documents.docx.inline import Inline
from gongkai.core.documents.docx.numbering import Numbering
from gongkai.core.documents.docx.package import Package, W
from gongkai.core.documents.docx.story import Story
from gongkai.core.documents.docx.styles import Styles
from gongkai.core.documents.draft import emit
from gongkai.core.documents.model import Document, DocumentError, Place


def read(data: bytes, kind: str, *, whole: bool = False) -> Document:
    """Read a docx (or docm, whose macros are told of and never run).

    whole: text in white or in the smallest type counts as hidden.
    """
    package = Package(data)
    builder = Builder()
    styles = Styles(next(package.related("styles"), None))
    inline = Inline(styles, whole=whole)
    story = Story(styles, Numbering(next(package.related("numbering"), None)), inline)
    root = package.xml(package.main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise DocumentError("文件不完整：缺少正文，请在原软件中另存后再试")
    emit(builder, story.blocks(body), Place())
    read_beside(package, story, inline, builder)
    return builder.build(kind)
