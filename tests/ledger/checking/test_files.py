"""Kinds of files by content, and names made safe."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ledger.checking.files import LONGEST_NAME, PDF, FileKind, kind_of, safe_name


def packed(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr(name, "<x/>")
    return buffer.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"%PDF-1.4\n", ".pdf"),
        (b"\xef\xbb\xbf%PDF-1.4\n", ".pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), ".png"),
        (b"\xff\xd8\xff\xe0" + bytes(20), ".jpg"),
        (packed("word/document.xml"), ".docx"),
        (packed("xl/workbook.xml"), ".xlsx"),
        (packed("ppt/presentation.xml"), ".pptx"),
        (packed("OFD.xml"), ".ofd"),
        (OLE + "WordDocument\0".encode("utf-16-le"), ".doc"),
        (OLE + "Workbook\0".encode("utf-16-le"), ".xls"),
        ("会议纪要".encode(), ".txt"),
        ("会议纪要，参会十二人".encode("gb18030"), ".txt"),
    ],
)
def test_kinds(data, suffix):
    assert kind_of(ContentFile(data, name="anything.bin")).suffix == suffix


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("方案.pdf", "方案.pdf"),
        ("方案.PDF", "方案.pdf"),
        ("方案.docx", "方案.pdf"),  # the content is a pdf
        ("方案.exe", "方案.pdf"),
        ("方案", "方案.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\资料\\方案.pdf", "方案.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("一\n二\x00.pdf", "一二.pdf"),
        ('a<b>:"c"|?.pdf', "a_b_c_.pdf"),
        ("", "佐证材料.pdf"),
        ("...", "佐证材料.pdf"),
        ("2023.5.6 会议.pdf", "2023.5.6 会议.pdf"),
    ],
)
def test_names(given_name, safe):
    assert safe_name(given_name, PDF) == safe


@given(st.text(max_size=300), st.sampled_from([PDF, FileKind(".docx", "x"), FileKind(".txt", "x")]))
def test_any_name_becomes_safe_and_stays_so(name, kind):
    safe = safe_name(name, kind)
    assert 0 < len(safe) <= LONGEST_NAME
    assert safe.endswith(kind.suffix)
    assert not set(safe) & set('/\\\0\n\r<>:"|?*')
    assert safe_name(safe, kind) == safe
