"""txt, csv, markdown: the text itself with its stretches masked, written as UTF-8."""

from __future__ import annotations

from gongkai.core.documents import Document
from gongkai.core.documents.decoding import decode
from gongkai.core.redaction.canvas import Canvas, Segment
from gongkai.core.redaction.edits import Edit, pieces

_BOM = "\ufeff"


def clean(data: bytes) -> tuple[bytes, list[str]]:
    """Nothing is hidden in a text; only its encoding changes. A table keeps the mark by which Excel knows UTF-8."""
    text = decode(data, html=True).lstrip(_BOM)
    marked = not data.isascii()
    return ((_BOM if marked else "") + text).encode("utf-8", "replace"), []


def apply(data: bytes, document: Document, edits: list[Edit]) -> tuple[bytes, list[str]]:
    """The text with the edits made; the same bytes when none could be placed."""
    text = data.decode("utf-8")
    made: list[str] = [text]
    canvas = Canvas([Segment(text, lambda new: made.__setitem__(0, new))])
    return (made[0].encode() if canvas.apply(pieces(document), edits, document.text) else data), []
