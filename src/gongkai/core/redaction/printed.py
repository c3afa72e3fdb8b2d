"""PDF: what is not on the paper is left behind; a page on which something must go becomes a picture of itself.

The file is built anew from its pages, so that annotations, forms, attachments, properties, bookmarks, scripts and
earlier saved revisions do not come along. A page with findings or with text that nobody sees is drawn at 200 dpi, the
findings are painted over in the picture, and its text layer is gone for good: nothing lies under the paint.
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2

from gongkai.core.documents import Document
from gongkai.core.documents.model import Visibility
from gongkai.core.redaction.edits import Edit, pieces
from gongkai.core.redaction.model import RedactionError
from gongkai.core.redaction.printed_parts import plain_objects, plain_page, told_besides
from gongkai.core.redaction.printed_picture import picture_of
from gongkai.core.redaction.printed_search import PageText, located

_MOST_OBJECTS = 200_000
_MOST_PICTURES = 300  # pages
_LAYERS = "PDF 含可以关闭的图层，不能生成脱敏副本，请打印为新的 PDF 后再试"
_DAMAGED = "PDF 内部结构有损坏，不能生成脱敏副本，请打印为新的 PDF 后再试"
_TOO_MANY = f"须转为图像的页超过 {_MOST_PICTURES} 页，请拆分后再试"
_TOO_LARGE = "PDF 内部对象过多，不能生成脱敏副本，请拆分后再试"


def clean(data: bytes) -> tuple[bytes, list[str]]:
    """The pages alone; and what was left behind, in words."""
    try:
        with pikepdf.open(io.BytesIO(data)) as source, pikepdf.new() as copy:
            if len(source.objects) > _MOST_OBJECTS:
                raise RedactionError(_TOO_LARGE)
            if "/OCProperties" in source.Root:
                raise RedactionError(_LAYERS)
            said = told_besides(source)
            copy.pages.extend(source.pages)
            for page in copy.pages:
                plain_page(copy, page)
            plain_objects(copy)
            copy.remove_unreferenced_resources()
            return _saved(copy), said
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RedactionError(_DAMAGED) from error


def apply(data: bytes, document: Document, edits: list[Edit]) -> tuple[bytes, list[str]]:
    """The file with the pages of the edits, and those with hidden text, as pictures.

    The same bytes when one edit cannot be found on a page: a page may only lose its text when all of it that must go
    is painted over, or reading the copy again would prove nothing.
    """
    drawn = pypdfium2.PdfDocument(data)
    try:
        texts = [PageText(page) for page in drawn]
        boxes = located(texts, pieces(document), edits, document.text)
        if boxes is None:
            return data, []
        pages = sorted(boxes.keys() | _with_hidden_text(document))
        if not pages:
            return data, []
        if len(pages) > _MOST_PICTURES:
            raise RedactionError(_TOO_MANY)
        with pikepdf.open(io.BytesIO(data)) as file:
            for number in pages:
                _replace(file, number, *picture_of(drawn[number - 1], boxes.get(number, [])))
            file.remove_unreferenced_resources()
            numbers = "、".join(map(str, pages))
            return _saved(file), [f"第{numbers}页的文字层（该页改为图像，不能再检索和朗读）"]
    finally:
        drawn.close()


def _with_hidden_text(document: Document) -> set[int]:
    return {
        span.place.page
        for span in document.spans
        if span.visibility is Visibility.HIDDEN and span.place.page is not None and not span.place.inside
    }


def _replace(
    file: pikepdf.Pdf, number: int, picture: bytes, pixels: tuple[int, int], size: tuple[float, float]
) -> None:
    """The page becomes the picture, in the same size."""
    width, height = size
    image = file.make_stream(
        picture,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=pixels[0],
        Height=pixels[1],
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page: Any = file.pages[number - 1].obj
    for key in list(page.keys()):
        if key not in ("/Type", "/Parent"):
            del page[key]
    page.MediaBox = pikepdf.Array([0, 0, round(width, 2), round(height, 2)])
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    page.Contents = file.make_stream(f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /I Do Q".encode())


def _saved(file: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    file.save(out, deterministic_id=True)
    return out.getvalue()
