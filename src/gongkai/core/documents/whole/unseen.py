"""Text of a PDF that is in the file but not on the paper: judged by what the page looks like when it is drawn."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import groupby

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from gongkai.core.documents.whole.gathering import Gathering

_SCALE = 2.0  # points of the picture to one of the page
_MOST_POINTS = 4_000_000
_CONTRAST = 14  # of 255: less is not seen
_MOST_CHARS = 200_000  # on one page
_MOST_PAGES = 1_000
_MOST_COVERS = 2_000  # on one page
_MOST_OBJECTS = 20_000
_OPAQUE = 250
_TINY = 2.0  # points
_COVERED, PALE, _OUTSIDE = "被图形或图片遮盖", "不可见文字", "页面之外"

Box = tuple[float, float, float, float]


def unseen(data: bytes, gathering: Gathering) -> Iterator[tuple[int, str, str]]:
    """Page, reason and text of each stretch that nobody sees."""
    file = pypdfium2.PdfDocument(data)
    try:
        for index in range(min(len(file), _MOST_PAGES)):
            page = file[index]
            try:
                yield from ((index + 1, why, text) for why, text in _stretches(page))
            except pypdfium2.PdfiumError:
                gathering.not_examined(f"第{index + 1}页的不可见文字（页面未能绘出）")
            finally:
                page.close()
    finally:
        file.close()


def _stretches(page: pypdfium2.PdfPage) -> Iterator[tuple[str, str]]:
    text_page = page.get_textpage()
    try:
        characters = list(judged(page, text_page))
    finally:
        text_page.close()
    for why, group in groupby(characters, key=lambda pair: pair[0]):
        text = "".join(char for _, char in group)
        if why and text.strip():
            yield why, text


def judged(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[str, str]]:
    """Reason ("" for what is seen) and character; spaces go with what stands before them."""
    count = min(text_page.count_chars(), _MOST_CHARS)
    if not count:
        return
    picture, scale = _drawn(page)
    covers, order = _covers(page)
    left, bottom, right, top = page.get_bbox()
    last = ""
    for index in range(count):
        char = chr(raw.FPDFText_GetUnicode(text_page, index) & 0x10FFFF)
        if not char.strip() or 0xD800 <= ord(char) < 0xE000:
            yield last, char if char in " \n" else " "
            continue
        x0, y0, x1, y1 = text_page.get_charbox(index)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if not (left <= x <= right and bottom <= y <= top):
            last = _OUTSIDE
        else:
            at = order.get(_address(raw.FPDFText_GetTextObject(text_page, index)), _MOST_OBJECTS)
            hidden = any(n > at and a <= x <= c and b <= y <= d for n, (a, b, c, d) in covers)
            pale = not _inked(picture, page, scale, (x0, y0, x1, y1))
            small = 0 < raw.FPDFText_GetFontSize(text_page, index) * _stretch(text_page, index) < _TINY
            last = _COVERED if hidden else PALE if pale or small else ""
        yield last, char


def _stretch(text_page: pypdfium2.PdfTextPage, index: int) -> float:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text_page, index, matrix):
        return 1.0
    return float((matrix.c**2 + matrix.d**2) ** 0.5)


def _drawn(page: pypdfium2.PdfPage) -> tuple[Image.Image, float]:
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_POINTS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
    try:
        return bitmap.to_pil().convert("L").copy(), scale
    finally:
        bitmap.close()


def _inked(picture: Image.Image, page: pypdfium2.PdfPage, scale: float, box: Box) -> bool:
    """Something stands out from its ground within the box of the character."""
    if page.get_rotation():
        return True  # turned pages are judged by what covers the text only
    left, _, _, top = page.get_bbox()
    x0, y0, x1, y1 = (box[0] - left) * scale, (top - box[3]) * scale, (box[2] - left) * scale, (top - box[1]) * scale
    area = (max(0, int(x0) - 1), max(0, int(y0) - 1), min(picture.width, int(x1) + 2), min(picture.height, int(y1) + 2))
    if area[0] >= area[2] or area[1] >= area[3]:
        return False
    darkest, lightest = picture.crop(area).getextrema()
    return float(lightest) - float(darkest) >= _CONTRAST  # type: ignore[arg-type]


def _covers(page: pypdfium2.PdfPage) -> tuple[list[tuple[int, Box]], dict[int, int]]:
    """Opaque boxes and pictures with their turn in painting, and the turn of each text object."""
    covers: list[tuple[int, Box]] = []
    order: dict[int, int] = {}
    for turn in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(page, turn)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            order[_address(item)] = turn
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            for inner in range(min(raw.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)):
                order[_address(raw.FPDFFormObj_GetObject(item, inner))] = turn
        elif len(covers) < _MOST_COVERS and _is_opaque(page, item, kind):
            covers.append((turn, _bounds(item)))
    return [cover for cover in covers if cover[1][2] > cover[1][0]], order


def _address(item: object) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _is_opaque(page: pypdfium2.PdfPage, item: object, kind: int) -> bool:
    if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE) or raw.FPDFPageObj_HasTransparency(item):
        return False
    return _is_filled(item) if kind == raw.FPDF_PAGEOBJ_PATH else _is_solid(page, item)


def _is_solid(page: pypdfium2.PdfPage, image: object) -> bool:
    """A picture without clear parts: a seal lies over the text and leaves it to be read."""
    drawn = raw.FPDFImageObj_GetRenderedBitmap(page.pdf, page, image)
    if not drawn:
        return False
    picture = pypdfium2.PdfBitmap.from_raw(drawn).to_pil()
    return "A" not in picture.getbands() or int(picture.getchannel("A").getextrema()[0]) >= _OPAQUE


def _is_filled(item: object) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, mode, stroke) or not mode.value:
        return False
    colours = [ctypes.c_uint() for _ in range(4)]
    return bool(raw.FPDFPageObj_GetFillColor(item, *colours)) and colours[3].value >= _OPAQUE


def _bounds(item: object) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return (0.0, 0.0, 0.0, 0.0)
    return left.value, bottom.value, right.value, top.value
