"""An Office package (docx, xlsx) to be changed: its parts, their relationships and content types kept in step."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from gongkai.core.documents.archive import Archive, parse_xml
from gongkai.core.documents.whole.remains import TELLING
from gongkai.core.redaction.pictures import without_metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPES = "[Content_Types].xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Elements that are nothing without what they point at.
_ONLY_POINTING = ("externalData", "hlinkClick", "hlinkHover", "subDoc", "printerSettings")
_LEAST = 6  # characters: no number of somebody and no address is shorter
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Package:
    """Parts by name; XML parts are parsed when asked for and written back."""

    def __init__(self, data: bytes) -> None:
        archive = Archive(data)
        archive.check()
        self.parts = {name: archive.read(name, 2**29) for name in archive.names if not name.endswith("/")}
        self._trees: dict[str, _Element] = {}

    def xml(self, name: str) -> _Element:
        """The root of a part; changes to it are written by `to_bytes`."""
        if name not in self._trees:
            self._trees[name] = parse_xml(self.parts[name])
        return self._trees[name]

    def matching(self, pattern: str) -> list[str]:
        """Names of parts, sorted as people count."""
        found = [name for name in self.parts if re.fullmatch(pattern, name)]
        return sorted(
            found, key=lambda name: (re.sub(r"\d+", "", name), [int(each) for each in re.findall(r"\d+", name)])
        )

    def drop(self, pattern: str) -> int:
        """Remove parts, what points at them, and their own relationships; how many there were."""
        gone = set(self.matching(pattern))
        for name in gone:
            self.parts.pop(name, None)  # a relationships part may have gone with its owner
            self._trees.pop(name, None)
            own = _relations_of(name)
            self.parts.pop(own, None)
            self._trees.pop(own, None)
        if gone:
            self.unlink(lambda owner, relation: _target(owner, relation) in gone)
            types = self.xml(_TYPES)
            for override in list(types):
                if str(override.get("PartName", "")).lstrip("/") in gone:
                    types.remove(override)
        return len(gone)

    def unlink(self, wanted: Callable[[str, _Element], bool]) -> int:
        """Remove relationships, and the r:id attributes that would point nowhere; how many there were."""
        removed = 0
        for name in self.matching(r"(?:.*/)?_rels/.*\.rels"):
            owner = posixpath.join(
                posixpath.dirname(posixpath.dirname(name)), posixpath.basename(name)[: -len(".rels")]
            )
            root = self.xml(name)
            ids = set()
            for relation in list(root.iter(_RELATION)):
                if wanted(owner, relation):
                    ids.add(str(relation.get("Id")))
                    root.remove(relation)
            removed += len(ids)
            if ids and owner in self.parts and owner.endswith(".xml"):
                _forget(self.xml(owner), ids)
        return removed

    def set_type(self, part: str, content_type: str) -> None:
        for override in self.xml(_TYPES):
            if override.get("PartName") == f"/{part}":
                override.set("ContentType", content_type)

    def drop_unreachable(self) -> int:
        """Remove what no relationship leads to from the package itself; how many parts there were."""
        reached, waiting = {_TYPES, "_rels/.rels"}, [""]
        while waiting:
            owner = waiting.pop()
            rels = _relations_of(owner)
            for relation in self.xml(rels).iter(_RELATION) if rels in self.parts else ():
                target = _target(owner, relation)
                if target in self.parts and target not in reached:
                    reached |= {target, _relations_of(target)}
                    waiting.append(target)
        return sum(self.drop(re.escape(name)) for name in set(self.parts) - reached)

    def strip_asides(self) -> bool:
        """Comments and instructions out of the XML, numbers of people out of its attributes; whether there were any."""
        found = False
        for name in self.matching(r".*\.(?:xml|rels)"):
            for element in list(self.xml(name).iter()):
                if isinstance(element.tag, str):
                    found |= _blank_attributes(element)
                elif element.getparent() is not None:
                    _drop_keeping_tail(element)
                    found = True
        return found

    def strip_pictures(self) -> None:
        """Place, camera and comments out of the pictures; what they show stays."""
        for name, data in self.parts.items():
            if "/media/" in name:
                self.parts[name] = without_metadata(data)

    def to_bytes(self) -> bytes:
        from lxml import etree

        for name, root in self._trees.items():
            self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in sorted(self.parts, key=lambda name: (name != _TYPES, not name.startswith("_rels/"))):
                packed.writestr(zipfile.ZipInfo(name, _EPOCH), self.parts[name], zipfile.ZIP_DEFLATED)
        return target.getvalue()


def _relations_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _target(owner: str, relation: _Element) -> str:
    target = str(relation.get("Target", ""))
    if relation.get("TargetMode") == "External":
        return ""
    return (
        target.lstrip("/")
        if target.startswith("/")
        else posixpath.normpath(posixpath.join(posixpath.dirname(owner), target))
    )


def _forget(root: _Element, ids: set[str]) -> None:
    for element in list(root.iter()):
        for name, value in list(element.attrib.items()):
            if value in ids and "officeDocument/2006/relationships" in str(name):
                del element.attrib[name]
                parent = element.getparent()
                if parent is not None and str(element.tag).rpartition("}")[2] in _ONLY_POINTING:
                    parent.remove(element)


def _blank_attributes(element: _Element) -> bool:
    """Crosses that may stand in a name, too, and where a chart names a sheet; parts of the package keep theirs."""
    inner = element.tag == _RELATION and element.get("TargetMode") != "External"
    changed = False
    for name, value in [] if inner else list(element.attrib.items()):
        if len(str(value)) < _LEAST:
            continue
        blanked = TELLING.sub(lambda match: "X" * len(match.group()), str(value))
        if blanked != value and name != "PartName":
            element.set(name, blanked)
            changed = True
    if str(element.tag).endswith("/chart}f") and TELLING.search(element.text or ""):
        element.text = TELLING.sub(lambda match: "X" * len(match.group()), element.text or "")
        changed = True
    return changed


def _drop_keeping_tail(element: _Element) -> None:
    parent, tail, before = element.getparent(), element.tail or "", element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
