"""The parts of a Word package and how they refer to each other."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.core.documents.archive import Archive
from gongkai.core.documents.model import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relation:
    """One arrow between parts; `kind` is the last word of its type (header, comments, image …)."""

    kind: str
    target: str
    external: bool


class Package:
    """A docx archive seen as parts with relations."""

    def __init__(self, data: bytes) -> None:
        self.archive = Archive(data)
        self.main = self._main_part()
        self.relations = list(self._relations_of(self.main))

    def xml(self, name: str) -> _Element | None:
        return self.archive.xml(name)

    def related(self, kind: str) -> Iterator[_Element]:
        """The roots of the parts that the main part refers to as `kind`, each once."""
        for target in dict.fromkeys(one.target for one in self.relations if one.kind == kind and not one.external):
            root = self.xml(target)
            if root is not None:
                yield root

    def _main_part(self) -> str:
        names = (one.target for one in self._relations_of("") if one.kind == "officeDocument")
        for name in (*names, "word/document.xml"):
            if name in self.archive.names:
                return name
        raise DocumentError("文件不完整：缺少正文部分，请在原软件中另存后再试")

    def _relations_of(self, part: str) -> Iterator[Relation]:
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for one in [] if root is None else root.iter(_RELATIONSHIP):
            target = str(one.get("Target", ""))
            external = one.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield Relation(str(one.get("Type", "")).rpartition("/")[2], target, external)


def value(element: _Element | None, path: str = "", default: str = "") -> str:
    """The w:val of `element`, or of its child at `path`."""
    found = element.find(path) if element is not None and path else element
    return default if found is None else str(found.get(f"{W}val", default))


def number(text: str, default: int, most: int) -> int:
    """A whole number of the file, kept between 0 and `most`: counts in a hostile file may be anything."""
    try:
        return max(0, min(int(text), most))
    except ValueError:
        return default


def switched(element: _Element | None) -> bool | None:
    """An on/off property: None when it is not given."""
    return None if element is None else value(element, default="1") not in ("0", "false", "off", "none")
