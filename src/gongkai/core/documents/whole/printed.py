"""PDF files read whole: text that a reader does not see, annotations, forms, attachments, metadata, bookmarks."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pikepdf

from gongkai.core.documents import pdf
from gongkai.core.documents.model import Cell, Document, DocumentError, Place, Span, Table, Visibility
from gongkai.core.documents.whole.budget import Budget
from gongkai.core.documents.whole.gathering import Gathering
from gongkai.core.documents.whole.markup import texts_of_xml
from gongkai.core.documents.whole.recognition import missing
from gongkai.core.documents.whole.revisions import earlier
from gongkai.core.documents.whole.turned import turned
from gongkai.core.documents.whole.unseen import unseen

_MOST_OBJECTS = 200_000
_MOST_FIELDS = 5_000
_MOST_BOOKMARKS = 5_000
_MOST_PICTURES = 500
_SURE = 4  # characters
_SCANNED = re.compile(r"第 ([\d、]+) 页是扫描图像")
_SPOKEN = ("/Contents", "/RC", "/T", "/Subj", "/OverlayText", "/V", "/TU")


def read(data: bytes, budget: Budget) -> Document:
    """The pages as ever, then what they and the file hold besides."""
    document = pdf.read(data, "pdf")
    gathering = Gathering(budget)
    known = {(part.place.page, part.text) for part in document.parts}
    marked = []
    for page, why, text in unseen(data, gathering):
        for line in filter(str.strip, text.splitlines()):
            span = _in_body(document, page, line.strip(), why)
            if span is None:
                gathering.part(line, "body", place=Place(page=page), why=why)
            else:
                marked.append(span)
    document = replace(document, spans=(*document.spans, *marked))
    for page, text in turned(data):
        gathering.part(text, "turned", visibility=Visibility.VISIBLE, place=Place(page=page))
    earlier(data, document, gathering)
    looked_at: set[str] = set()
    try:
        with pikepdf.open(io.BytesIO(data)) as file:
            if len(file.objects) > _MOST_OBJECTS:
                gathering.not_examined("批注、表单、附件与元数据（文件内部对象过多）")
            else:
                looked_at = _file(file, gathering, document, known)
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, DocumentError):
        gathering.not_examined("批注、表单、附件与元数据（文件结构有损坏，未逐项读取）")
    return gathering.onto(document, ("附件 ", *_scanned(document, looked_at)))


def _scanned(document: Document, looked_at: set[str]) -> list[str]:
    """The line that says which pages are pictures, once their text was recognised; what failed has its own line."""
    if missing():
        return []
    found = [(note, _SCANNED.match(note)) for note in document.not_examined]
    return [note for note, match in found if match and set(match[1].split("、")) <= looked_at]


def _in_body(document: Document, page: int, text: str, why: str) -> Span | None:
    """Where the body has the unseen text; too short a text may be any other."""
    if len(text) < _SURE:
        return None
    for block in document.blocks:
        for piece in block.cells if isinstance(block, Table) else (block,):
            at = piece.text.find(text) if (piece.place.page or 0) <= page else -1
            if at >= 0 and (isinstance(piece, Cell) or piece.place.page == page):
                start = piece.start + at
                return Span(start, start + len(text), Visibility.HIDDEN, replace(piece.place, page=page, why=why))
    return None


def _file(file: pikepdf.Pdf, gathering: Gathering, document: Document, known: set[tuple[int | None, str]]) -> set[str]:
    """The numbers of the pages whose pictures were looked at."""
    for key, value in (file.docinfo or {}).items():
        gathering.property(str(key).lstrip("/"), str(value), known=document)
    metadata = file.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        for text in texts_of_xml(metadata.read_bytes()):
            if text not in document.properties.values():
                gathering.part(text, "properties")
    for name, attached in file.attachments.items():
        gathering.attachment(str(attached.filename or name), attached.get_file().read_bytes())
    _form(file.Root.get("/AcroForm"), gathering)
    _bookmarks(file, gathering)
    if "/JavaScript" in file.Root.get("/Names", {}) or _is_script(file.Root.get("/OpenAction")):
        gathering.not_examined("脚本（未运行）")
    pictures, looked_at = 0, set()
    for number, page in enumerate(file.pages, start=1):
        for annotation in _list(page.obj.get("/Annots")):
            _annotation(annotation, number, gathering, known)
        for index, image in enumerate(page.get_images().values(), start=1):
            pictures += 1
            if pictures <= _MOST_PICTURES:
                _picture(image, f"第{number}页图片{index}", gathering)
                looked_at.add(str(number))
    if pictures > _MOST_PICTURES:
        gathering.not_examined(f"第{_MOST_PICTURES + 1}幅以后的图片（数量过多）")
    return looked_at


def _is_script(action: Any) -> bool:
    return isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/JavaScript"


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else []


def _annotation(annotation: Any, page: int, gathering: Gathering, known: set[tuple[int | None, str]]) -> None:
    if not isinstance(annotation, pikepdf.Dictionary):
        return
    place, kind = Place(page=page), str(annotation.get("/Subtype", ""))
    part = "form" if kind == "/Widget" else "annotation"
    for key in _SPOKEN:
        text = _text(annotation.get(key)).strip()
        if (page, text) not in known:
            gathering.part(text, part, place=place)
    action = annotation.get("/A")
    if isinstance(action, pikepdf.Dictionary):
        gathering.part(_text(action.get("/URI")), "link", place=place)
    if kind == "/Redact":
        gathering.part("遮盖标记尚未应用，其下文字仍在文件中", "annotation", place=place)
    specification = annotation.get("/FS")
    if isinstance(specification, pikepdf.Dictionary):
        stream = specification.get("/EF", pikepdf.Dictionary()).get("/F")
        name = _text(specification.get("/UF")) or _text(specification.get("/F")) or "附件"
        if isinstance(stream, pikepdf.Stream):
            gathering.attachment(name, stream.read_bytes(), place)


def _form(form: Any, gathering: Gathering) -> None:
    if not isinstance(form, pikepdf.Dictionary):
        return
    if "/XFA" in form:
        pieces = form.XFA if isinstance(form.XFA, pikepdf.Array) else [form.XFA]
        content = b"".join(one.read_bytes() for one in pieces if isinstance(one, pikepdf.Stream))
        for text in texts_of_xml(content):
            gathering.part(text, "form")
    waiting, seen = _list(form.get("/Fields")), 0
    while waiting and seen < _MOST_FIELDS:
        field = waiting.pop()
        seen += 1
        if isinstance(field, pikepdf.Dictionary):
            for key in ("/V", "/DV", "/TU", "/T"):
                gathering.part(_text(field.get(key)), "form")
            for option in _list(field.get("/Opt")):
                gathering.part(_text(option), "form")
            waiting += _list(field.get("/Kids"))
    if waiting:
        gathering.not_examined("部分表单域（数量过多）")


def _bookmarks(file: pikepdf.Pdf, gathering: Gathering) -> None:
    outlines = file.Root.get("/Outlines")
    waiting = [outlines.get("/First")] if isinstance(outlines, pikepdf.Dictionary) else []
    seen = 0
    while waiting and seen < _MOST_BOOKMARKS:
        item = waiting.pop()
        seen += 1
        if isinstance(item, pikepdf.Dictionary):
            gathering.part(_text(item.get("/Title")), "bookmark")
            waiting += [item.get("/Next"), item.get("/First")]


def _text(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.String) else ""


def _picture(image: Any, where: str, gathering: Gathering) -> None:
    """A photograph as the file it was; anything else as a picture made of its points."""
    try:
        filters = [str(one) for one in pikepdf.PdfImage(image).filters]
        if filters == ["/DCTDecode"] or filters == ["/JPXDecode"]:
            gathering.picture(where, image.read_raw_bytes())
            return
        if int(image.Width) * int(image.Height) > 100_000_000:
            gathering.not_examined(f"{where}：图中文字（图片过大，未识别）")
            return
        out = io.BytesIO()
        pikepdf.PdfImage(image).as_pil_image().convert("RGB").save(out, "png")
        gathering.picture(where, out.getvalue())
    except Exception:  # every filter and colour space raises its own
        gathering.not_examined(f"{where}：图中文字（图片格式未能读取）")
