"""Files as they come (docx, doc, pdf, xlsx, html, txt …) read into one `Document`."""

from gongkai.core.documents.model import (
    Block,
    Cell,
    Document,
    DocumentError,
    Paragraph,
    Part,
    Place,
    Span,
    Table,
    Visibility,
)
from gongkai.core.documents.places import describe
from gongkai.core.documents.reader import read, read_bytes

__all__ = [
    "Block",
    "Cell",
    "Document",
    "DocumentError",
    "Paragraph",
    "Part",
    "Place",
    "Span",
    "Table",
    "Visibility",
    "describe",
    "read",
    "read_bytes",
]
