"""Builders of small real files, and the invariant that every reader keeps."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable

import pytest

from gongkai.core.documents import Document, Table, Visibility, read_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_ROOTS = {"document": "document", "styles": "styles", "numbering": "numbering", "header": "hdr", "footer": "ftr"}

Word = Callable[..., bytes]
Whole = Callable[[Document], Document]


def check_whole(document: Document) -> Document:
    """Every offset indexes the text it names, nothing overlaps, tables tile, the body comes before the rest."""
    claimed: list[tuple[int, int]] = []

    def claim(text: str, start: int) -> None:
        assert document.text[start : start + len(text)] == text
        claimed.append((start, start + len(text)))

    for block in document.blocks:
        if isinstance(block, Table):
            assert block.rows > 0
            assert block.columns > 0
            positions = [
                (row, column)
                for cell in block.cells
                for row in range(cell.row, cell.row + cell.row_span)
                for column in range(cell.column, cell.column + cell.column_span)
            ]
            assert len(positions) == len(set(positions)), "cells overlap"
            assert all(0 <= row < block.rows and 0 <= column < block.columns for row, column in positions)
            for cell in block.cells:
                claim(cell.text, cell.start)
                assert cell.place.row == cell.row + 1
                assert cell.place.column == cell.column + 1
        else:
            claim(block.text, block.start)
            assert block.end == block.start + len(block.text)
    body_ends = max((end for _, end in claimed), default=0)
    for part in document.parts:
        assert part.start >= body_ends
        assert part.text.strip()
        claim(part.text, part.start)
    claimed.sort()
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(claimed))
    assert all(0 <= span.start < span.end <= len(document.text) for span in document.spans)
    assert all(span.visibility is not Visibility.VISIBLE for span in document.spans)
    hidden = {part.start for part in document.parts if part.visibility is not Visibility.VISIBLE}
    assert hidden <= {span.start for span in document.spans}
    return document


@pytest.fixture(scope="session")
def whole() -> Whole:
    return check_whole


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def build_word(body: str, *, extra: dict[str, str | bytes] | None = None, **parts: str) -> bytes:
    """A docx with `body` inside w:body; `parts` (styles, numbering, header, comments …) get their root and relation."""
    relations = "".join(
        f'<Relationship Id="{name}" Type="{R}/{name.rstrip("0123456789")}" Target="{name}.xml"/>' for name in parts
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="d" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": "<Relationships "
        f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
    }
    for name, content in parts.items():
        root = _ROOTS.get(name.rstrip("0123456789"), name)
        members[f"word/{name}.xml"] = f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"
    return zipped(members | (extra or {}))


@pytest.fixture(scope="session")
def word() -> Word:
    return build_word


@pytest.fixture(scope="session")
def read_word(word: Word, whole: Whole) -> Callable[..., Document]:
    """Build, read and check in one go."""
    return lambda body, **parts: whole(read_bytes(word(body, **parts), "试.docx"))


@pytest.fixture(scope="session")
def make_zip() -> Callable[[dict[str, str | bytes]], bytes]:
    return zipped
