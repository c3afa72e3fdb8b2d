"""A page of a PDF as a picture of 200 dpi with boxes painted over."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable, Iterator

import pypdfium2
from PIL import Image, ImageDraw
from pypdfium2 import raw

from gongkai.core.documents.whole.unseen import PALE, judged
from gongkai.core.redaction.printed_search import Box

_SCALE = 200 / 72  # points of the picture to one of the page
_MOST_POINTS = 40_000_000
_MARGIN = 2  # points of the picture
_QUALITY = 85


def picture_of(page: pypdfium2.PdfPage, boxes: Iterable[Box]) -> tuple[bytes, tuple[int, int], tuple[float, float]]:
    """JPEG, its width and height in points of the picture, and the size of the page.

    Text too pale to be seen is painted in the colour of its ground: in a picture it could be made visible again.
    """
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_POINTS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False)
    try:
        picture = bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()
    pen = ImageDraw.Draw(picture)
    for box in _pale(page):
        area = _on_picture(page, picture, box)
        pen.rectangle(area, fill=_ground(picture, area))
    for box in boxes:
        pen.rectangle(_on_picture(page, picture, box), fill=(0, 0, 0))
    out = io.BytesIO()
    picture.save(out, "jpeg", quality=_QUALITY)
    return out.getvalue(), picture.size, (width, height)


def _pale(page: pypdfium2.PdfPage) -> Iterator[Box]:
    text_page = page.get_textpage()
    try:
        for index, (why, character) in enumerate(judged(page, text_page)):
            if why == PALE and character.strip():
                yield text_page.get_charbox(index, loose=True)
    finally:
        text_page.close()


def _on_picture(page: pypdfium2.PdfPage, picture: Image.Image, box: Box) -> tuple[int, int, int, int]:
    """From points of the page, which may be turned or cut, to points of the picture."""
    corners = [_point(page, picture, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across) - _MARGIN, min(down) - _MARGIN, max(across) + _MARGIN, max(down) + _MARGIN


def _point(page: pypdfium2.PdfPage, picture: Image.Image, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, picture.width, picture.height, 0, x, y, across, down)
    return across.value, down.value


def _ground(picture: Image.Image, area: tuple[int, int, int, int]) -> tuple[int, ...]:
    at = (max(0, min(area[0], picture.width - 1)), max(0, min(area[1], picture.height - 1)))
    colour = picture.getpixel(at)
    return colour if isinstance(colour, tuple) else (255, 255, 255)
