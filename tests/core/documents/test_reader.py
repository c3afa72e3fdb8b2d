"""The door: kinds by content, limits, and one clear line for everything that cannot be read."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc

import pytest

from gongkai.core.documents import DocumentError, read, read_bytes

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def stream(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("甲\n乙".encode(), "txt"),
        ("<!DOCTYPE html><p>甲</p>".encode(), "html"),
        ("\n<table><tr><td>甲".encode("gb18030"), "html"),
        ("|甲|乙|\n|-|-|\n|1|2|".encode(), "markdown"),
        ("甲,乙,丙\n1,2,3\n4,5,6".encode(), "csv"),
        ("<通知>甲</通知>".encode(), "txt"),
    ],
)
def test_text_kinds_are_told_by_content(content, kind):
    for name in ("a.docx", "a.csv", "a.pdf", ""):
        assert read_bytes(content, name).kind == kind


def test_a_docx_called_txt_is_a_docx(tmp_path, word):
    path = tmp_path / "通知.txt"
    path.write_bytes(word("<w:p><w:r><w:t>甲</w:t></w:r></w:p>"))
    assert read(path).kind == "docx"
    assert read(str(path)).kind == "docx"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "是空文件"),
        (b" \r\n\0", "是空文件"),
        (OLE + stream("EncryptedPackage"), "文件已加密"),
        (OLE + stream("PowerPoint Document"), "另存为 Word"),
        (b"PK\x03\x04 cut off", "文件不完整或已损坏"),
        (b"%PDF-1.7 cut off", "PDF 不完整或已损坏"),
        (bytes(range(256)) * 40, "不是可识别的文档或文字"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, "不是可识别的文档或文字"),
    ],
)
def test_what_cannot_be_read_gets_one_line(content, says):
    with pytest.raises(DocumentError) as caught:
        read_bytes(content, "文件\n甲.docx")
    message = str(caught.value)
    assert message.startswith("文件 甲.docx：")
    assert says in message
    assert "\n" not in message
    assert "请" in message


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"甲.txt": "甲"}, "是压缩包，不是文档"),
        ({"OFD.xml": "<ofd/>"}, "OFD"),
        (
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"},
            "OpenDocument 表格",
        ),
        ({"ppt/presentation.xml": "<p/>"}, "演示文稿"),
        ({"[Content_Types].xml": "<Types/>"}, "缺少正文"),
        ({"word/document.xml": "<w:document"}, "文件不完整或已损坏"),
    ],
)
def test_archives_that_are_no_documents(make_zip, members, says):
    with pytest.raises(DocumentError, match=says):
        read_bytes(make_zip(members), "a.docx")


def test_every_truncation_of_a_docx_is_refused(word):
    whole = word("<w:p><w:r><w:t>甲</w:t></w:r></w:p>")
    for end in range(4, len(whole) - 1, 97):
        with pytest.raises(DocumentError):
            read_bytes(whole[:end], "断.docx")


def test_files_that_cannot_be_opened(tmp_path):
    with pytest.raises(DocumentError, match="文件不存在"):
        read(tmp_path / "无.docx")
    with pytest.raises(DocumentError, match="是文件夹"):
        read(tmp_path)
    with pytest.raises(DocumentError, match="无法打开"):
        read("a\0b")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_read_permission(tmp_path):
    path = tmp_path / "锁.txt"
    path.write_text("甲")
    path.chmod(0)
    with pytest.raises(DocumentError, match="没有读取权限"):
        read(path)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "大.docx"
    with path.open("wb") as file:
        file.truncate(300 * 2**20)
    tracemalloc.start()
    with pytest.raises(DocumentError, match=r"300\.0 MB，超过上限 100 MB"):
        read(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20
    with pytest.raises(DocumentError, match="超过上限"):
        read_bytes(b"x" * 100, limit=99)


def test_importing_the_package_loads_no_reader():
    code = (
        "import sys, gongkai.core.documents;"
        "print([m for m in ('lxml', 'openpyxl', 'python_calamine', 'pdfplumber', 'pypdfium2', 'selectolax', 'docx')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_long_docx_is_read_to_its_end(word):
    paragraph = "<w:p><w:r><w:t>各单位要认真对照任务分解表，建立工作台账。</w:t></w:r></w:p>"
    assert len(read_bytes(word(paragraph * 20_000)).blocks) == 20_000
