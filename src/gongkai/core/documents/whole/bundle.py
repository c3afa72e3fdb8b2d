"""Zip archives: every file in them, each with its name in front of its places."""

from __future__ import annotations

import posixpath

from gongkai.core.documents.archive import MAX_INFLATED, Archive
from gongkai.core.documents.builder import Builder
from gongkai.core.documents.kinds import binary_kind
from gongkai.core.documents.model import Document, DocumentError, Visibility
from gongkai.core.documents.whole.budget import Budget
from gongkai.core.documents.whole.gathering import Gathering

_NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def kind(data: bytes) -> str | None:
    """docx, xlsx … as ever; pptx, ofd, ods; zip for an archive that is no document."""
    names = set(Archive(data).names)
    if "ppt/presentation.xml" in names:
        return "pptx"
    if "OFD.xml" in names:
        return "ofd"
    if "content.xml" in names and "mimetype" in names:
        return "odf"
    if names & {"[Content_Types].xml", "content.xml"} or any(name.startswith("word/document") for name in names):
        return binary_kind(data)
    return "zip"


def read(data: bytes, budget: Budget) -> Document:
    """Every member as a file inside; what cannot be read is named."""
    archive = Archive(data)
    gathering = Gathering(budget)
    for name in dict.fromkeys(archive.names):
        shown = shown_name(archive, name)
        if name.endswith("/") or any(noise in name for noise in _NOISE):
            continue
        gathering.part(shown, "attachment", visibility=Visibility.VISIBLE)
        try:
            gathering.file(f"压缩包内“{shown}”", archive.read(name, MAX_INFLATED))
        except DocumentError as error:
            gathering.not_examined(f"压缩包内“{shown}”：{error}")
    return gathering.onto(Builder().build("zip"))


def shown_name(archive: Archive, name: str) -> str:
    """The name as its writer typed it: Chinese programs write GBK where the format says code page 437."""
    if archive.is_unicode(name):
        return posixpath.normpath(name)
    try:
        return posixpath.normpath(name.encode("cp437").decode("gb18030"))
    except (UnicodeEncodeError, UnicodeDecodeError):
        return posixpath.normpath(name)
