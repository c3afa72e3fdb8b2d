"""Numbers, addresses and marks that stand where no reader looks are found by their form, in every kind of file."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from gongkai.core.documents import read_bytes
from gongkai.core.documents.whole.remains import hung_on, telling

IDENTITY, MOBILE = "11010519491231002X", "13812345678"


def remains(data):
    return {part.text for part in read_bytes(data, "甲", whole=True).parts if part.place.part == "remains"}


def with_member(data, name, content):
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a") as packed:
        packed.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        f'<w:p><w:bookmarkStart w:id="1" w:name="_{IDENTITY}"/><w:r><w:t>甲</w:t></w:r></w:p>',
        f'<w:tbl><w:tblPr><w:tblCaption w:val="{IDENTITY}"/></w:tblPr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>',
        f'<w:p><w:smartTag w:element="x"><w:smartTagPr><w:attr w:name="号" w:val="{IDENTITY}"/></w:smartTagPr></w:smartTag></w:p>',
        f"<w:p><w:r><w:t>甲</w:t></w:r></w:p><!-- {IDENTITY} -->",
        f"<w:p><w:r><w:t>甲</w:t></w:r></w:p><?note {IDENTITY}?>",
    ],
    ids=["bookmark", "caption of a table", "smart tag", "comment of the XML", "processing instruction"],
)
def test_attributes_and_asides_of_word(word, body):
    assert remains(word(body)) == {IDENTITY}


@pytest.mark.parametrize("name", ["word/styles.xml", "word/printerSettings/a.bin", "word/unknown.data"])
@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
def test_members_that_hold_no_text_by_their_kind(word, name, code):
    data = with_member(word("<w:p><w:r><w:t>甲</w:t></w:r></w:p>"), name, f"<x>{MOBILE}</x>".encode(code))
    if name.endswith("xml") and code != "utf-8":
        pytest.skip("no XML")
    assert remains(data) == {MOBILE}


def test_what_the_readers_told_is_not_told_again(word):
    assert remains(word(f'<w:p><w:bookmarkStart w:name="a{MOBILE}"/><w:r><w:t>{MOBILE}</w:t></w:r></w:p>')) == set()


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def test_pictures():
    plain, told = io.BytesIO(), PngImagePlugin.PngInfo()
    told.add(b"prVt", IDENTITY.encode())
    Image.new("RGB", (9, 9)).save(plain, "png", pnginfo=told)
    assert remains(plain.getvalue()) == {IDENTITY}
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a title="{MOBILE}"/></x:xmpmeta>'.encode()
    photograph = io.BytesIO()
    Image.new("RGB", (9, 9)).save(photograph, "jpeg", xmp=xmp)
    assert remains(photograph.getvalue()) == {MOBILE}


@pytest.mark.parametrize(
    "markup",
    [
        "<style>p::after{{content:'{}'}}</style>",
        "<p id='n{}'>甲</p>",
        "<p onclick=\"f('{}')\">甲</p>",
        "<template>{}</template>",
    ],
)
def test_web_pages(markup):
    assert remains(f"<!DOCTYPE html><html><body><p>乙</p>{markup.format(IDENTITY)}</body></html>".encode()) == {
        IDENTITY
    }


def pdf(change):
    file = pikepdf.new()
    file.add_blank_page(page_size=(300, 300))
    change(file)
    out = io.BytesIO()
    file.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


@pytest.mark.parametrize(
    "hide",
    [
        lambda file: file.Root.__setattr__(
            "PageLabels", pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(P=f"号{IDENTITY}")])
        ),
        lambda file: file.Root.__setattr__("Dests", pikepdf.Dictionary({f"/{IDENTITY}": [1]})),
        lambda file: file.pages[0].obj.__setattr__("PieceInfo", pikepdf.Dictionary(A=pikepdf.Dictionary(B=IDENTITY))),
        lambda file: file.Root.__setattr__("Extra", file.make_stream(f"({IDENTITY}) Tj".encode())),
    ],
    ids=["label of a page", "name of a place", "private data", "form that no page draws"],
)
def test_objects_of_a_pdf(hide):
    assert remains(pdf(hide)) == {IDENTITY}


def test_what_is_hung_on_behind_the_end_is_read_as_a_file(word):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲.txt", f"号码 {IDENTITY}")
    for data in (pdf(lambda _: None), _png(), word("<w:p><w:r><w:t>甲</w:t></w:r></w:p>")):
        document = read_bytes(
            data + b"\n" + packed.getvalue() if not data.startswith(b"PK") else data + b"\n" + MOBILE.encode(),
            "甲",
            whole=True,
        )
        assert (MOBILE if data.startswith(b"PK") else IDENTITY) in document.text
        named = read_bytes(data + b"\n\x07\x00\x01\x02\xff\xfe\x00", "甲", whole=True).not_examined
        assert any(line.startswith("文件末尾附加的数据：") for line in named)


def _png():
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "png")
    return out.getvalue()


def test_ends():
    assert hung_on(_png()) == b"" and hung_on(b"%PDF-1.7 x %%EOF\n") == b"\n" and hung_on(b"text") == b""


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("0.12345678901234567", []),
        ("a3f13812345678bc", []),
        ("\xe303333333333\xa3 13333333333 ", []),
        ("(D:20260101120000+08'00')", []),
        ("<00120034005600780090>", []),
        ("电话13812345678。", [MOBILE]),
        ('"mailto:zhang.san@example.com"', ["zhang.san@example.com"]),
        ("机密★10年", ["机密★10年"]),
    ],
)
def test_the_form(said, found):
    assert list(telling(said.encode())) == found
    if "★" in said:
        assert list(telling(said.encode("gb18030"))) == found and list(telling(said.encode("utf-16-le"))) == found
