"""Text of a PDF that does not stand upright on the page: in the order in which it is written, not as lines of the page.

A table printed sideways comes out of the reader letter by letter, or backwards; read so, a number in it is none.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby

import pypdfium2
from pypdfium2 import raw

_MOST_CHARS = 200_000  # on one page
_UPRIGHT = math.radians(30)
_LEAST = 4  # characters


def turned(data: bytes) -> Iterator[tuple[int, str]]:
    """Page and text of each stretch that is turned by more than thirty degrees from what the page shows as upright."""
    file = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(file)):
            page = file[number]
            try:
                for text in _stretches(page):
                    yield number + 1, text
            finally:
                page.close()
    finally:
        file.close()


def _stretches(page: pypdfium2.PdfPage) -> Iterator[str]:
    text_page = page.get_textpage()
    try:
        upright = math.radians(page.get_rotation())
        count = min(text_page.count_chars(), _MOST_CHARS)
        last, told = False, []
        for index in range(count):
            if not chr(raw.FPDFText_GetUnicode(text_page, index) & 0xFFFF).isspace():  # blanks go with what is before
                last = _is_turned(text_page, index, upright)
            told.append((last, index))
        for is_turned, group in groupby(told, key=lambda pair: pair[0]):
            indices = [index for _, index in group]
            text = text_page.get_text_range(indices[0], len(indices)) if is_turned else ""
            if len(text.strip()) >= _LEAST:
                yield text.replace("\r\n", "\n")
    finally:
        text_page.close()


def _is_turned(text_page: pypdfium2.PdfTextPage, index: int, upright: float) -> bool:
    """A page that is shown turned by so much shows text upright that is turned the other way."""
    angle = float(raw.FPDFText_GetCharAngle(text_page, index))
    away = (angle + upright) % (2 * math.pi)
    return angle >= 0 and _UPRIGHT < away < 2 * math.pi - _UPRIGHT
