"""A file at the door: marks anywhere in it, in any kind; what cannot be read says so."""

import io
import json
import zipfile

import pytest
from tests.papers import docx, pdf, xlsx

from gongkai.core.documents.whole import read_whole
from gongkai.core.documents.whole.budget import Budget
from gongkai.core.screening.door import Judged, judge_file

MARK = "机密★5年"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def packed(name: str, data: bytes, comment: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
        archive.comment = comment.encode()
    return out.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    """A paper with one part more, which no program asks for."""
    out = io.BytesIO(docx("正文"))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        f"通知\n{MARK}\n".encode(),
        f"通知\n{MARK}\n".encode("gb18030"),
        f"通知\n{MARK}\n".encode("utf-16"),
        b"<html><body><p>\xe6\x9c\xba<b>\xe5\xaf\x86</b>\xe2\x98\x855\xe5\xb9\xb4</p></body></html>",
        "姓名,备注\n张三,机密★5年\n".encode(),
        docx(MARK),
        docx("正文", hidden=MARK),
        docx("正文", hidden=MARK, padding=3 * 2**20),
        xlsx("正文", hidden=MARK),
        pdf(MARK),
        packed("附件.docx", docx("正文", hidden=MARK)),
        packed(f"{MARK}.txt", b"x"),
        OLE + f"关于工作\r{MARK}\r".encode("utf-16-le"),
        OLE + b"\0" + f"关于工作\r{MARK}\r".encode("utf-16-le"),
    ],
    ids=lambda data: data[:8].hex(),
)
def test_found_wherever_it_stands(data):
    assert judge_file(data, "材料").rule == "secret-mark"


@pytest.mark.parametrize(
    "data",
    [
        packed("a.txt", b"x", comment=MARK),
        packed("__MACOSX/a.txt", MARK.encode()),
        packed(f"{MARK}/", b""),
        packed("a.zip", packed("a.bin", b"\0\1\xff" + MARK.encode("utf-16-le"))),
        packed("a.bin", b"\0\1\xff" + MARK.encode("gb18030")),
        packed("a.txt", b"x") + MARK.encode(),
        with_part("word/media/a.txt", MARK.encode()),
        with_part("customXml/item9.xml", f'<a b="{MARK}"/>'.encode()),
        b"<html><head><style>p:after{content:'" + MARK.encode() + b"'}</style></head><body><p>x</p></body></html>",
    ],
    ids=lambda data: data[-12:].hex(),
)
def test_found_where_no_reader_looks(data):
    assert judge_file(data, "材料").rule == "secret-mark"


def test_a_level_of_which_only_is_spoken_is_no_mark_in_the_bytes_either():
    words = "正文\n" * 20 + "商业秘密\n秘密\n国家秘密的范围\n" * 500
    assert judge_file(packed("a.txt", words.encode()), "a.zip") == Judged()


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_records_as_programs_write_them(name):
    lines = [json.dumps({"title": "通知"}), json.dumps({"title": MARK})]
    assert judge_file("\n".join(lines).encode(), name).rule == "secret-mark"
    assert judge_file(packed(name, "\n".join(lines).encode()), "a.zip").rule == "secret-mark"


def test_the_name_counts():
    assert judge_file(b"x", f"{MARK}某件.txt").rule == "secret-mark"


def test_one_line_of_a_file_is_a_paper():
    assert judge_file("机密".encode(), "a.txt").rule == "secret-head"


@pytest.mark.parametrize(
    "data", [b"", b" \n", "国家秘密、商业秘密".encode(), docx("保守国家秘密法"), xlsx("正文"), pdf()]
)
def test_clean(data):
    assert judge_file(data, "保密审查表.docx") == Judged()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 cut off", "PDF 不完整或已损坏"),
        (docx("正文")[:-40], "文件不完整或已损坏"),
        (b"Rar!\x1a\x07\x00" + bytes(100), "RAR"),
        (OLE + "EncryptedPackage\0".encode("utf-16-le"), "已加密"),
        (bytes(range(256)) * 40, "二进制"),
    ],
)
def test_what_cannot_be_examined_says_why(data, said):
    judged = judge_file(data, "材料")
    assert judged.rule is None
    assert said in judged.unread


def test_old_office_files_are_examined_even_without_a_reader(monkeypatch):
    """Their text is UTF-16 as it stands."""
    monkeypatch.setattr("gongkai.core.documents.office._PROGRAMS", ())
    assert judge_file(OLE + "WordDocument\0关于工作的通知".encode("utf-16-le"), "通知.doc") == Judged()


def test_archives_in_archives_unfold_no_further_than_their_size_allows():
    layer = packed("a.txt", b"a" * (7 * 2**20))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(80):
            archive.writestr(f"{number}.zip", layer)
    data = out.getvalue()
    assert len(data) < 2**20
    budget = Budget.for_upload(len(data), 0)
    assert any("合计超过 64 MB" in line for line in read_whole(data, budget).not_examined)
    assert budget.size <= 64 * 2**20
