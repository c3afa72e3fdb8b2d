"""A chart as a PNG, for documents that hold no SVG."""

from __future__ import annotations

import io
import re

import pypdfium2
from weasyprint import HTML

SCALE = 2  # of a printed page: about 150 dots an inch


def png(svg: str) -> bytes:
    """The same picture; its width and height are those of the `viewBox`. ValueError when there is none."""
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    if box is None:
        raise ValueError("the SVG has no viewBox from 0 0")
    size = f"@page {{ size: {box[1]}px {box[2]}px; margin: 0 }} body {{ margin: 0 }} svg {{ display: block }}"
    printed = HTML(string=f"<style>{size}</style>{svg}").write_pdf()
    document = pypdfium2.PdfDocument(printed)
    try:
        stream = io.BytesIO()
        document[0].render(scale=SCALE).to_pil().save(stream, "PNG")
        return stream.getvalue()
    finally:
        document.close()
