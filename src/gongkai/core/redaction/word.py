"""docx: tracked changes accepted, what is hidden or beside the text removed, stretches masked run by run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from gongkai.core.documents import Document
from gongkai.core.redaction.canvas import Canvas, Segment
from gongkai.core.redaction.edits import Edit, pieces
from gongkai.core.redaction.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STORIES = r"word/(?:document\d*|header\d*|footer\d*|footnotes\d*|endnotes\d*)\.xml"
_DRAWN = r"word/(?:charts|diagrams)/[^/]*\.xml"
_DROPPED = (
    (r"word/comments[^/]*\.xml|word/people\.xml", "批注"),
    (r"docProps/.*", "文档属性"),
    (r"customXml/.*", "自定义 XML"),
    (r"word/embeddings/.*|word/activeX/.*|word/afchunk.*|.*\.bin|word/vbaData\.xml", "嵌入对象、控件和宏"),
    (r"word/glossary/.*|word/printerSettings/.*|word/webSettings\.xml|word/recipientData\.xml", ""),
)
_DATA_FIELDS = (
    *(
        "HYPERLINK",
        "COMMENTS",
        "DOCVARIABLE",
        "DOCPROPERTY",
        "MERGEFIELD",
        "SET",
        "ADDIN",
        "INCLUDE",
        "LINK",
        "DATABASE",
    ),
    *("ASK", "FILLIN", "IF", "QUOTE", "AUTHOR", "INFO", "USER", "TITLE", "SUBJECT", "KEYWORDS", "LASTSAVEDBY"),
)
_PLAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# Tags (of Word's namespace) that go with all they hold: (tags, what is said of it).
_GONE = (
    (("del", "moveFrom", "delText", "delInstrText"), "修订痕迹中删除的内容"),
    (("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"), ""),
    (("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange"), ""),
    (("numberingChange", "tblPrExChange", "cellDel", "cellIns", "cellMerge"), ""),
    (("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"), ""),
    (("object", "altChunk", "control"), "嵌入对象"),
    (
        (
            "dataBinding",
            "alias",
            "tag",
            "dropDownList",
            "comboBox",
            "docVars",
            "trackRevisions",
            "rsids",
            "attachedTemplate",
        ),
        "",
    ),
    (("fldData", "ffData", "smartTagPr", "customXmlPr", "tblCaption", "tblDescription", "subDoc"), ""),
    (("proofErr", "permStart", "permEnd", "mailMerge"), ""),
)
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def clean(data: bytes) -> tuple[bytes, list[str]]:
    """Without anything that a reader of the print would not see; and what was taken out, in words."""
    package = Package(data)
    said: list[str] = []
    for pattern, what in _DROPPED:
        if package.drop(pattern) and what:
            said.append(what)
    package.unlink(lambda _, relation: _tells(relation))
    package.set_type("word/document.xml", _PLAIN)
    hidden = _hidden_styles(package)
    for name in [*package.matching(_STORIES), *package.matching(r"word/(?:settings|styles|numbering)\.xml")]:
        said += _clean_story(package.xml(name), hidden)
    if package.drop_unreachable() + package.strip_asides():
        said.append("文件内部数据")
    package.strip_pictures()
    return package.to_bytes(), list(dict.fromkeys(said))


def apply(data: bytes, document: Document, edits: list[Edit]) -> tuple[bytes, list[str]]:
    """The file with the edits made; the same bytes when none could be placed."""
    package = Package(data)
    roots = [package.xml(name) for name in package.matching(_STORIES)]
    drawn = [package.xml(name) for name in package.matching(_DRAWN)]
    canvas = Canvas([Segment("\n"), *_segments(roots), *_drawn_segments([*roots, *drawn])])
    return (package.to_bytes() if canvas.apply(pieces(document), edits, document.text) else data), []


def _tells(relation: _Element) -> bool:
    """A link that is itself a number or an address."""
    return str(relation.get("Target", "")).lower().startswith(("mailto:", "tel:", "sms:"))


def _hidden_styles(package: Package) -> set[str]:
    if "word/styles.xml" not in package.parts:
        return set()
    styles = package.xml("word/styles.xml").iter(f"{W}style")
    return {str(style.get(f"{W}styleId")) for style in styles if _on(style.find(f"{W}rPr"), "vanish")}


def _on(properties: _Element | None, *names: str) -> bool:
    for name in names:
        switch = properties.find(f"{W}{name}") if properties is not None else None
        if switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off"):
            return True
    return False


def _clean_story(root: _Element, hidden: set[str]) -> Iterator[str]:
    for row in list(root.iter(f"{W}tr")):
        properties = row.find(f"{W}trPr")
        if properties is not None and (properties.find(f"{W}del") is not None or _on(properties, "hidden")):
            table = row.getparent()
            _remove(row)
            if table is not None and table.find(f"{W}tr") is None:
                _remove(table)
            yield "隐藏或已删除的表格行"
    for cell in list(root.iter(f"{W}tc")):
        if _continues(cell) and any(text.text for text in cell.iter(f"{W}t")):
            for text in cell.iter(f"{W}t"):
                text.text = ""
            yield "被合并单元格遮住的文字"
    for tags, what in _GONE:
        for element in list(root.iter(*(f"{W}{tag}" for tag in tags))):
            if _is_mark(element):
                continue
            told = bool("".join(map(str, element.itertext())).strip()) or "object" in element.tag
            _remove(element)
            if told and what:
                yield what
    for fallback in list(root.iter("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")):
        _remove(fallback)  # says the same once more
    for mark in list(root.iter(f"{W}ins", f"{W}moveTo", f"{W}del", f"{W}moveFrom")):
        _unwrap(mark)
    for run in list(root.iter(f"{W}r")):
        if _is_hidden(run, hidden):
            _remove(run)
            yield "隐藏文字"
    _blank_fields(root)
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in ("docPr", "cNvPr"):
            element.attrib.pop("descr", "")
            element.attrib.pop("title", "")
            element.set("name", "")
        for telling in ("alt", f"{W}tooltip"):
            element.attrib.pop(telling, "")
        for name in [name for name in element.attrib if "rsid" in str(name).lower() or str(name) == f"{W}author"]:
            del element.attrib[name]


def _blank_fields(root: _Element) -> None:
    """Codes of fields that name data; those of pages and lists stay, and so does every field's result."""
    blank = False
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
        if element.tag == f"{W}fldChar":
            blank = False
        elif element.tag == f"{W}fldSimple":
            if _names_data(str(element.get(f"{W}instr", ""))):
                element.set(f"{W}instr", "")
        else:
            blank = blank or _names_data(element.text or "")
            element.text = "" if blank else element.text


def _names_data(code: str) -> bool:
    return code.lstrip().upper().startswith(_DATA_FIELDS)


def _is_mark(element: _Element) -> bool:
    """A change of a paragraph mark or a row, which holds no text; unwrapped later."""
    parent = element.getparent()
    return parent is not None and parent.tag in (f"{W}rPr", f"{W}trPr") and len(element) == 0


def _continues(cell: _Element) -> bool:
    """A cell that the one above it covers."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _is_hidden(run: _Element, hidden: set[str]) -> bool:
    properties = run.find(f"{W}rPr")
    own = properties.find(f"{W}vanish") if properties is not None else None
    if own is not None:
        return _on(properties, "vanish")
    style = properties.find(f"{W}rStyle") if properties is not None else None
    if style is not None and style.get(f"{W}val") in hidden:
        return True
    paragraph = next(run.iterancestors(f"{W}p"), None)
    named = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
    return named is not None and named.get(f"{W}val") in hidden


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: _Element) -> None:
    """The content in the place of its wrapper."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at + 1, child)
    parent.remove(element)


def _segments(roots: Iterable[_Element]) -> Iterator[Segment]:
    for root in roots:
        for paragraph in root.iter(f"{W}p"):
            told = list(_of_paragraph(paragraph))
            if any(segment.text for segment in told):
                yield from told
                yield Segment("\n")


def _of_paragraph(paragraph: _Element) -> Iterator[Segment]:
    """Its text, not that of paragraphs inside it (text boxes)."""
    for element in paragraph.iter(f"{W}t", *_SIGNS):
        if (
            next(element.iterancestors(f"{W}p"), None) is not paragraph
            or next(element.iterancestors(f"{W}pPr"), None) is not None
        ):
            continue
        if element.tag == f"{W}t":
            yield Segment(element.text or "", _writer(element))
        else:
            yield Segment(_SIGNS[element.tag])


def _drawn_segments(roots: Iterable[_Element]) -> Iterator[Segment]:
    """Text of drawings and the values that charts keep."""
    for root in roots:
        for element in root.iter("{*}p", "{*}v", "{*}oMath"):
            if str(element.tag).startswith(W):
                continue
            for text in [element] if element.tag.endswith("}v") else element.iter("{*}t"):
                yield Segment(text.text or "", _writer(text))
            yield Segment("\n")


def _writer(element: _Element) -> Callable[[str], None]:
    def put(text: str) -> None:
        element.text = text
        if element.tag == f"{W}t":
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    return put
