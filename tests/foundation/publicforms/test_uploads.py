"""Files are what they contain, and are kept under names of our own."""

import io
import unicodedata
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.papers import PDF

from gongkai.foundation.files import private_storage
from gongkai.foundation.publicforms.uploads import UploadRule, clean_name, discard, keep, kind_of, take

JPG = b"\xff\xd8\xff\xe0" + b"0" * 50
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50


def made(make) -> bytes:
    stream = io.BytesIO()
    make().save(stream)
    return stream.getvalue()


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (JPG, "jpg"),
        (PNG, "png"),
        (PDF, "pdf"),
        (made(Document), "docx"),
        (made(Workbook), "xlsx"),
        ("关于补正的说明".encode(), "txt"),
        ("关于补正的说明".encode("gb18030"), "txt"),
        (b"<html><script>alert(1)</script></html>", "html"),
        (b"MZ\x90\x00\x03" + bytes(60), None),
        (b"\x7fELF\x02\x01\x01\x00", None),
        (b"PK\x03\x04 broken", None),
    ],
)
def test_kinds_by_content(data, kind):
    assert kind_of(data) == kind


def test_the_content_decides_not_the_name():
    (taken,) = take([upload("证明.exe", PDF)], UploadRule())
    assert (taken.kind, taken.name) == ("pdf", "证明.pdf")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("证明.pdf", b"MZ\x90\x00\x03" + bytes(60)),
        ("说明.txt", b"<!DOCTYPE html><html><body onload=x></body></html>"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    ],
)
def test_what_is_not_taken_is_named(name, data):
    rule = UploadRule(kinds=("pdf", "docx"))
    with pytest.raises(ValidationError) as caught:
        take([upload(name, data)], rule)
    assert caught.value.messages == [f"{name}：不是可接收的文件类型，可上传：pdf、docx"]


def test_size_count_and_empty_files():
    rule = UploadRule(size=1024 * 1024, count=2)
    with pytest.raises(ValidationError, match="最多上传 2 个附件"):
        take([upload(f"{n}.pdf", PDF) for n in range(3)], rule)
    with pytest.raises(ValidationError) as caught:
        take([upload("大.pdf", PDF + bytes(1024 * 1024)), upload("空.pdf", b"")], rule)
    assert caught.value.messages == ["大.pdf：文件超过 1 MB", "空.pdf：文件是空的"]


def test_a_large_file_is_not_even_read():
    class Unread(SimpleUploadedFile):
        def read(self, *args):
            raise AssertionError("read")

    with pytest.raises(ValidationError):
        take([Unread("大.pdf", bytes(2000))], UploadRule(size=1000))


def test_kept_under_a_random_name():
    first, second = (keep(take([upload("../../证明.pdf", PDF)], UploadRule())[0]) for _ in range(2))
    assert first.path != second.path
    assert "证明" not in first.path
    assert first.path.endswith(".pdf")
    assert (first.name, first.kind, first.size) == ("证明.pdf", "pdf", len(PDF))
    with private_storage().open(first.path) as file:
        assert file.read() == PDF
    assert not Path(private_storage().path(first.path)).stat().st_mode & 0o077
    discard(first)
    assert not private_storage().exists(first.path)


@pytest.mark.parametrize(
    ("name", "kind", "clean"),
    [
        ("申请表.docx", "docx", "申请表.docx"),
        ("C:\\Users\\张三\\申请表.doc", "docx", "申请表.docx"),
        ("../../etc/passwd", "txt", "passwd.txt"),
        ("a\x00b\r\nc.pdf", "pdf", "abc.pdf"),
        ("fdp.\u202eexe.pdf", "pdf", "fdp.exe.pdf"),
        ('a"b<c>d.pdf', "pdf", "a_b_c_d.pdf"),
        ("....", "pdf", "附件.pdf"),
        ("", "pdf", "附件.pdf"),
        ("没有后缀", "pdf", "没有后缀.pdf"),
        ("关于2026.3.1的说明", "txt", "关于2026.3.1的说明.txt"),
        ("长" * 300 + ".pdf", "pdf", "长" * 80 + ".pdf"),
    ],
)
def test_names(name, kind, clean):
    assert clean_name(name, kind) == clean


@given(st.text(), st.sampled_from(["", "pdf"]))
def test_any_name_becomes_harmless(name, kind):
    clean = clean_name(name, kind)
    assert 0 < len(clean) <= 84
    assert not set(clean) & set('\\/:*?"<>|')
    assert not any(unicodedata.category(sign).startswith("C") for sign in clean)
    assert not clean.startswith(".")
