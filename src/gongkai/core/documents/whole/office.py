"""Office packages (docx, xlsx, pptx) read whole: every member is read, known to hold no text, or named as not read."""

from __future__ import annotations

import base64
import posixpath
import re
from typing import TYPE_CHECKING

from gongkai.core.documents.archive import MAX_INFLATED, Archive
from gongkai.core.documents.builder import Builder, plain
from gongkai.core.documents.kinds import binary_kind
from gongkai.core.documents.model import Document, Place, Visibility
from gongkai.core.documents.reader import read_content
from gongkai.core.documents.whole import workbook
from gongkai.core.documents.whole.budget import Budget
from gongkai.core.documents.whole.embedded import embedded
from gongkai.core.documents.whole.gathering import Gathering
from gongkai.core.documents.whole.markup import local, texts
from gongkai.core.documents.whole.remains import telling

if TYPE_CHECKING:
    from lxml.etree import _Element

# What the readers of content say of things that are examined here.
_EXAMINED = ("图片", "嵌入对象", "嵌入文件", "图表", "SmartArt", "嵌入的其他格式内容", "外部模板", "ActiveX")
# Members that describe looks and structure: no one writes text into them.
_SILENT = re.compile(
    r"\[Content_Types\]\.xml|.*/(?:theme|printerSettings|fonts|slideLayouts|_xmlsignatures)/.*|.*/calcChain\.xml|"
    r".*/(?:styles|stylesWithEffects|fontTable|webSettings|numbering|sharedStrings|presProps|viewProps|tableStyles)\.xml|"
    r".*/(?:colors|style)\d+\.xml|xl/worksheets/sheet\d*\.xml|xl/metadata\.xml|.*vbaProject\.bin|.*vbaData\.xml|"
    r".*/(?:webextensions|revisions)/.*\.rels|xl/ctrlProps/.*|.*/itemProps\d*\.xml|xl/workbook\.bin|.*/"
)
_STORY = re.compile(r"word/(?:document|header|footer|footnotes|endnotes|comments)\d*\.xml")
_PARTS = (
    ("word/glossary/", "glossary"),
    ("customXml/", "data"),
    ("docProps/", "properties"),
    ("xl/externalLinks/", "cache"),
    ("xl/pivotCache/", "cache"),
    ("xl/queryTables/", "cache"),
    ("xl/workbook.xml", "name"),
    ("xl/comments", "comment"),
    ("xl/threadedComments/", "comment"),
    ("xl/persons/", "comment"),
    ("ppt/notesSlides/", "notes"),
    ("ppt/comments/", "comment"),
)
_WORDS = (("/charts/", "chart"), ("/diagrams/", "diagram"), ("/drawings/", "shape"), ("settings.xml", "settings"))
# On the paper, but where a shape is hidden by itself.
_SHOWN = ("chart", "diagram", "shape")
# Attributes in which people or programs put text; `v` is a value in a cache of Excel.
_SPOKEN = {"descr", "alt", "tooltip", "displayName", "author", "connectionString", "connection", "command"}
# Properties that the program counts or switches.
_COUNTED = {
    *("Pages", "Words", "Characters", "CharactersWithSpaces", "Lines", "Paragraphs", "TotalTime", "AppVersion", "i4"),
    *("DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc", "HyperlinksChanged", "revision", "Slides", "Notes"),
    *("HiddenSlides", "MMClips", "PresentationFormat"),
}
_ALT = {"docPr", "cNvPr", "shape", "rect", "imagedata"}


def read(data: bytes, budget: Budget, kind: str = "") -> Document:
    """The content as its kind is read, then the members of the package one by one."""
    archive = Archive(data)
    kind = kind or str(binary_kind(data))
    base = _slides(archive) if kind == "pptx" else _content(data, kind)
    gathering = Gathering(budget)
    known = base.text
    for name in archive.names:
        if name.endswith(".rels"):
            _links(archive, name, gathering)
        elif not _SILENT.fullmatch(name):
            _member(archive, name, gathering, base, known)
    if kind == "xlsx":
        base = workbook.complete(archive, base, gathering)
    return gathering.onto(base, _EXAMINED)


def _content(data: bytes, kind: str) -> Document:
    if kind == "docx":
        from gongkai.core.documents import docx

        return docx.read(data, kind, whole=True)
    return read_content(data, kind)


def _member(archive: Archive, name: str, gathering: Gathering, base: Document, known: str) -> None:
    short = posixpath.basename(name)
    if name.endswith(".svg"):
        gathering.file(f"图片“{short}”", archive.read(name, MAX_INFLATED))
    elif "/media/" in name or name.startswith("docProps/thumbnail"):
        gathering.picture(f"图片“{short}”", archive.read(name, MAX_INFLATED))
    elif "/embeddings/" in name or "/afchunk" in name.lower() or re.search(r"\.(?:docx|html?|mht|rtf|txt)$", name):
        inner, content = embedded(archive.read(name, MAX_INFLATED), short)
        gathering.attachment(inner, content)
    elif name.endswith((".xml", ".vml")):
        root = archive.xml(name)
        if root is not None:
            _xml(root, name, gathering, base, known, read=_belongs(archive, short))
    elif archive.read(name, MAX_INFLATED).strip():
        gathering.not_examined(f"内部文件“{short}”")


def _belongs(archive: Archive, short: str) -> bool:
    """A story that nothing refers to is in no reader's way, but in the file."""
    told = (name for name in ("_rels/.rels", "word/_rels/document.xml.rels") if name in archive.names)
    return any(short.encode() in archive.read(name) for name in told)


def _xml(root: _Element, name: str, gathering: Gathering, base: Document, known: str, *, read: bool) -> None:
    """`read`: it belongs to the document, whose reader has told its text."""
    part = _part(name)
    if name.startswith("docProps/"):
        for element in root.iter():
            key = str(element.get("name") or local(element))
            if key not in _COUNTED:
                gathering.property(key, str(element.text or ""), known=base)
        return
    _attributes(root, part, gathering)
    if _STORY.fullmatch(name) and read:
        _story(root, gathering, known)
    elif not (name.startswith("ppt/slides/") or (part == "shape" and name.endswith(".vml"))):
        hidden = _in_hidden_shapes(root)
        for text in _said(root, part):
            if part == "comment" and text in known:
                continue
            shown = part in _SHOWN and text not in hidden
            gathering.part(text, part, visibility=Visibility.VISIBLE if shown else Visibility.HIDDEN)


def _said(root: _Element, part: str) -> list[str]:
    """Text by paragraph where there are paragraphs, else by element."""
    if part == "cache":
        return [*texts(root), *(str(one.get("v")) for one in root.iter() if one.get("v"))]
    paragraphs = [one for one in root.iter() if local(one) in ("p", "si")]
    if not paragraphs:
        return list(texts(root))
    values = [str(one.text or "") for one in root.iter() if local(one) == "v"] if part == "chart" else []
    return values + [
        "".join(str(run.text or "") for run in one.iter() if local(run) in ("t", "delText")) for one in paragraphs
    ]


def _in_hidden_shapes(root: _Element) -> set[str]:
    """What is written in shapes that the sheet does not show."""
    hidden: set[str] = set()
    for name in root.iter("{*}cNvPr"):
        shape = next(name.iterancestors("{*}sp"), None)
        if shape is not None and name.get("hidden") in ("1", "true"):
            hidden.update(_said(shape, "shape"))
    return hidden


def _story(root: _Element, gathering: Gathering, known: str) -> None:
    """Of a story of Word what its reader leaves out: field codes, pinyin, names of controls, other alternatives."""
    code = ""
    for element in root.iter():
        tag = local(element)
        if tag in ("instrText", "delInstrText"):
            code += str(element.text or "")
        elif tag == "fldChar" and code:
            gathering.part(code, "field")
            code = ""
        elif tag == "fldSimple":
            gathering.part(next((str(v) for k, v in element.attrib.items() if str(k).endswith("}instr")), ""), "field")
        elif tag == "p" and "wordprocessingml" not in str(element.tag):  # of a shape in a canvas
            text = "".join(str(one.text or "") for one in element.iter("{*}t"))
            gathering.part(text, "shape", visibility=Visibility.VISIBLE)
        elif tag == "fldData":
            for found in telling(_decoded(str(element.text or ""))):
                gathering.part(found, "field")
        elif tag == "rt":
            gathering.part("".join(str(one.text or "") for one in element.iter() if local(one) == "t"), "ruby")
        elif tag in ("alias", "tag", "statusText", "helpText", "default", "listEntry", "listItem"):
            for key, value in element.attrib.items():
                if str(key).rpartition("}")[2] in ("val", "displayText", "value") and len(str(value)) > 1:
                    gathering.part(str(value), "control")
        elif tag == "Fallback":
            for paragraph in (one for one in element.iter() if local(one) == "p"):
                text = "".join(str(run.text or "") for run in paragraph.iter() if local(run) == "t")
                if text not in known:
                    gathering.part(text, "textbox", why="替代内容")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        return b""


def _attributes(root: _Element, part: str, gathering: Gathering) -> None:
    for element in root.iter():
        for key, value in element.attrib.items():
            short = str(key).rpartition("}")[2]
            if short in _SPOKEN or (short in ("title", "name") and local(element) in _ALT and short == "title"):
                gathering.part(str(value), "alt" if local(element) in _ALT else part)
            elif part == "settings" and local(element) in ("docVar", "query", "connectString") and short == "val":
                gathering.part(str(value), part)


def _links(archive: Archive, name: str, gathering: Gathering) -> None:
    """Targets outside the package: addresses behind text, pictures and tables kept elsewhere."""
    root = archive.xml(name)
    for relation in [] if root is None else root:
        if relation.get("TargetMode") == "External":
            gathering.part(str(relation.get("Target", "")), "link")


def _part(name: str) -> str:
    found = next((part for beginning, part in _PARTS if name.startswith(beginning)), "")
    return found or next((part for piece, part in _WORDS if piece in name), "data")


def _slides(archive: Archive) -> Document:
    """The slides in order, one paragraph of theirs each; hidden ones beside the body."""
    builder = Builder()
    slides = sorted(
        (int(found[1]), name) for name in archive.names if (found := re.fullmatch(r"ppt/slides/slide(\d+)\.xml", name))
    )
    number = 0
    for page, name in slides:
        root = archive.xml(name)
        for text in [] if root is None else _said(root, "body"):
            number += 1
            if root is not None and root.get("show") in ("0", "false"):
                builder.part(text, Place(page=page, why="隐藏幻灯片"), Visibility.HIDDEN)
            else:
                builder.paragraph(plain(text), Place(page=page, paragraph=number))
    return builder.build("pptx")
