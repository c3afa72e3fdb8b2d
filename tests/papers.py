"""Files that are what they claim to be: nothing is kept that cannot be examined, so a stub of a PDF is not enough."""

from __future__ import annotations

import io
import zipfile

import pikepdf
from docx import Document as NewDocx
from openpyxl import Workbook


def pdf(title: str = "") -> bytes:
    """One blank page; with a title another content. The same each time."""
    out = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        if title:
            paper.docinfo["/Title"] = title
        paper.save(out, deterministic_id=True)
    return out.getvalue()


def docx(text: str, *, hidden: str = "", padding: int = 0) -> bytes:
    """A letter; `hidden` stands in hidden type, `padding` bytes of noise make it large."""
    out, letter = io.BytesIO(), NewDocx()
    letter.add_paragraph(text)
    if hidden:
        letter.add_paragraph().add_run(hidden).font.hidden = True
    letter.save(out)
    return _padded(out.getvalue(), padding)


def xlsx(text: str, *, hidden: str = "") -> bytes:
    """A table; `hidden` stands on a hidden sheet."""
    out, book = io.BytesIO(), Workbook()
    book.active["A1"] = text
    if hidden:
        sheet = book.create_sheet("附表")
        sheet["C7"] = hidden
        sheet.sheet_state = "hidden"
    book.save(out)
    return out.getvalue()


def _padded(package: bytes, size: int) -> bytes:
    if not size:
        return package
    out = io.BytesIO(package)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/theme/theme9.xml", bytes(size))
    return out.getvalue()


PDF = pdf()
