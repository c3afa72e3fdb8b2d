"""What stands beside the body of a Word file: headers, notes, comments, text boxes, properties, attachments."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gongkai.core.documents.builder import Builder, Run, in_body, visible_text
from gongkai.core.documents.docx.inline import Inline, local
from gongkai.core.documents.docx.package import Package, W
from gongkai.core.documents.docx.story import Story
from gongkai.core.documents.draft import cell_runs
from gongkai.core.documents.model import Place, Visibility

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOTES = {"header": "header", "footer": "footer", "footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_UNREAD = {
    "oleObject": "嵌入对象",
    "package": "嵌入文件",
    "chart": "图表",
    "diagramData": "SmartArt 图形",
    "aFChunk": "嵌入的其他格式内容",
    "control": "ActiveX 控件",
    "attachedTemplate": "外部模板",
}


def read_beside(package: Package, story: Story, inline: Inline, builder: Builder) -> None:
    """Everything in the package that is text but not body, then what is no text at all."""
    for relation, part in _NOTES.items():
        for root in package.related(relation):
            entries = [root] if relation in ("header", "footer") else list(root)
            for entry in entries:
                if entry.get(f"{W}type") not in _SEPARATORS:
                    _put(builder, story, entry, part, str(entry.get(f"{W}author", "")))
    while inline.boxes:  # a box may hold boxes
        _put(builder, story, inline.boxes.pop(0), "textbox", "")
    _properties(package, builder)
    _unread(package, inline, builder)


def _put(builder: Builder, story: Story, entry: _Element, part: str, author: str) -> None:
    runs: list[Run] = cell_runs(list(story.blocks(entry)))
    visibility = Visibility.HIDDEN if part == "comment" else Visibility.VISIBLE
    place = Place(part=part)
    builder.part(visible_text(runs), place, visibility, author, once=part in ("header", "footer"))
    builder.set_aside([run for run in runs if not in_body(run.visibility)], place)


def _properties(package: Package, builder: Builder) -> None:
    for name in ("docProps/core.xml", "docProps/app.xml"):
        root = package.xml(name)
        for child in [] if root is None else root:
            if len(child) == 0 and local(child) in _NAMED:
                builder.property(local(child), child.text or "")
    custom = package.xml("docProps/custom.xml")
    for child in [] if custom is None else custom:
        builder.property(str(child.get("name", "")), "".join(str(text) for text in child.itertext()))


_NAMED = {
    *("title", "subject", "creator", "keywords", "description", "lastModifiedBy", "category", "contentStatus"),
    *("created", "modified", "Company", "Manager", "Application"),
}


def _unread(package: Package, inline: Inline, builder: Builder) -> None:
    found = Counter(one.kind for one in package.relations if one.kind in _UNREAD)
    if any(name.endswith("vbaProject.bin") for name in package.archive.names):
        builder.macros()
    for kind, count in found.items():
        builder.not_examined(f"{_UNREAD[kind]} {count} 处")
    if inline.pictures:
        builder.not_examined(f"图片 {inline.pictures} 幅（未识别图中文字）")
    if inline.objects and not found.keys() & {"oleObject", "package"}:
        builder.not_examined(f"嵌入对象 {inline.objects} 处")
