"""What a page of a PDF needs to look as it does, and what else such a file may carry."""

from __future__ import annotations

from typing import Any

import pikepdf

from gongkai.core.redaction.pictures import without_metadata

_PAGE = ("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group")
# Keys of any object that programs put their own things under.
_TELLING = (
    *("/PieceInfo", "/Metadata", "/LastModified", "/StructParent", "/StructParents", "/AF", "/OC", "/OPI"),
    *("/Alternates", "/Measure", "/PtData", "/ID"),
)
_FILES = "附件"
_UNSAID = {"BDC": "BMC", "DP": "MP"}  # marks of content with properties -> without
_BESIDES = (
    ("/Outlines", "书签"),
    ("/AcroForm", "表单域和电子签章"),
    ("/StructTreeRoot", "结构标签"),
    ("/OpenAction", "脚本和打开动作"),
    ("/AA", "脚本和打开动作"),
    ("/Collection", _FILES),
)


def told_besides(file: pikepdf.Pdf) -> list[str]:
    """What the file holds besides its pages, in words."""
    said = [words for key, words in _BESIDES if key in file.Root]
    if len(file.attachments):
        said.append(_FILES)
    if "/Metadata" in file.Root or len(file.docinfo):
        said.append("文档属性")
    if "/JavaScript" in file.Root.get("/Names", {}):
        said.append("脚本和打开动作")
    if any(_kinds(page) for page in file.pages):
        said.append("批注和链接")
    return list(dict.fromkeys(said))


def _kinds(page: pikepdf.Page) -> bool:
    annotations = page.obj.get("/Annots")
    return isinstance(annotations, pikepdf.Array) and len(annotations) > 0


def plain_page(file: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Only what is drawn, without what is said about it (ActualText, alternate descriptions, comments)."""
    for key in list(page.obj.keys()):
        if key not in _PAGE:
            del page.obj[key]
    page.obj.Contents = file.make_stream(_plain(page))
    resources = page.obj.get("/Resources")
    if isinstance(resources, pikepdf.Dictionary) and "/Properties" in resources:
        del resources["/Properties"]


def plain_objects(file: pikepdf.Pdf) -> None:
    """The same for forms, patterns and pictures that the pages draw."""
    for each in file.objects:
        if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            continue
        item: Any = each
        for key in _TELLING:
            if key in item:
                del item[key]
        if not isinstance(item, pikepdf.Stream):
            continue
        if item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1:
            item.write(_plain(item))
        elif item.get("/Subtype") == "/Image" and item.get("/Filter") == "/DCTDecode":
            _without_exif(item)


def _plain(drawn: pikepdf.Page | pikepdf.Object) -> bytes:
    """The drawing instructions; marks of content lose their properties."""
    kept: list[Any] = []
    for instruction in pikepdf.parse_content_stream(drawn):
        operator = _UNSAID.get(str(instruction.operator))
        if operator is None:
            kept.append(instruction)
        else:
            kept.append(pikepdf.ContentStreamInstruction([instruction.operands[0]], pikepdf.Operator(operator)))
    return pikepdf.unparse_content_stream(kept)


def _without_exif(image: Any) -> None:
    raw = image.read_raw_bytes()
    bare = without_metadata(raw)
    if bare != raw:
        parameters = image.get("/DecodeParms")
        image.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=parameters)
