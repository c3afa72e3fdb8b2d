"""One page: characters by pdfium, ruled tables by pdfplumber, in one system of coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pypdfium2
from pypdfium2 import raw

from gongkai.core.documents.pdf.grid import OpenEnd, PdfGrid, grids
from gongkai.core.documents.pdf.lines import Char, Line, lines

if TYPE_CHECKING:
    import pdfplumber.page
    from pdfplumber.table import Table

_MOST_CHARS = 200_000  # on one page
_RULING = 1.2  # points that one ruling takes at most: a strip of a row may be little higher
_CUT = 2.0  # points between the ends of rulings that the page break cuts

Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class PageContent:
    """Lines outside tables and tables, each from top to bottom."""

    number: int
    width: float
    height: float
    lines: list[Line]
    grids: list[PdfGrid]
    is_picture: bool = False  # pictures but no text: a scan


def read_page(number: int, text_page: pypdfium2.PdfPage, ruled_page: pdfplumber.page.Page) -> PageContent:
    chars = _chars(text_page, ruled_page)
    tables, open_end = _tables(ruled_page)
    found = grids(tables, chars, number, open_end) if chars else []
    outside = [char for char in chars if not any(grid.holds(char) for grid in found)]
    return PageContent(
        number=number,
        width=float(ruled_page.width),
        height=float(ruled_page.height),
        lines=lines(outside),
        grids=found,
        is_picture=not chars and bool(ruled_page.images),
    )


def _tables(page: pdfplumber.page.Page) -> tuple[list[Table], OpenEnd]:
    """Ruled tables; the ends of the upright rulings close the cells that a page break cuts."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v" and edge["height"] > _CUT]
    if not upright:
        return [], OpenEnd()
    top, bottom = min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)
    closing = []
    for y, side in ((top, "top"), (bottom, "bottom")):
        x = [edge["x0"] for edge in upright if abs(edge[side] - y) < _CUT]
        closing.append(_level_ruling(min(x), max(x), y))
    level = [edge for edge in page.edges if edge["orientation"] == "h" and abs(edge["top"] - bottom) < _RULING]
    found = page.find_tables(
        {
            "vertical_strategy": "lines",
            "horizontal_strategy": "lines",
            "explicit_horizontal_lines": closing,
            "snap_y_tolerance": _RULING,
        }
    )
    return found, OpenEnd(bottom, [(edge["x0"], edge["x1"]) for edge in level])


def _level_ruling(x0: float, x1: float, y: float) -> dict[str, Any]:
    """A ruling in the words of pdfplumber."""
    box = {"x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0}
    return {"object_type": "line_edge", "orientation": "h", **box}


def _chars(page: pypdfium2.PdfPage, ruled_page: pdfplumber.page.Page) -> list[Char]:
    text_page = page.get_textpage()
    matrix, left, top = _matrix(ruled_page), float(ruled_page.mediabox[0]), float(ruled_page.mediabox[1])
    bottom = float(ruled_page.height) + top
    found, high = [], 0
    for index in range(min(text_page.count_chars(), _MOST_CHARS)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a character outside the basic plane
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code, high = 0x10000 + ((high - 0xD800 & 0x3FF) << 10) + (code - 0xDC00), 0
        if code in (0, 0xFFFE, 0xFFFF) or chr(code) in "\r\n\t\u00ad" or raw.FPDFText_IsGenerated(text_page, index):
            continue
        x0, y0, x1, y1 = text_page.get_charbox(index, loose=True)
        (ax, ay), (bx, by) = _apply(matrix, x0, y0), _apply(matrix, x1, y1)
        box = (left + min(ax, bx), bottom - max(ay, by), left + max(ax, bx), bottom - min(ay, by))
        found.append(Char(" " if chr(code).isspace() else chr(code), *box))
    text_page.close()
    return found


def _matrix(page: pdfplumber.page.Page) -> Matrix:
    """User space -> upright page with the origin at its corner, as pdfminer turns rotated pages."""
    x0, y0, x1, y1 = (float(value) for value in page.page_obj.mediabox)
    match page.page_obj.rotate % 360:
        case 90:
            return (0, -1, 1, 0, -y0, x1)
        case 180:
            return (-1, 0, 0, -1, x1, y1)
        case 270:
            return (0, 1, -1, 0, y1, -x0)
        case _:
            return (1, 0, 0, 1, -x0, -y0)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
