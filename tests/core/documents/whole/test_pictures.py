"""Pictures read whole: position, what is written about them, text recognised or named as not examined."""

from __future__ import annotations

import io
import os
import zlib

import pytest
from PIL import Image, PngImagePlugin

from gongkai.core.documents import DocumentError, describe, read_bytes
from gongkai.core.documents.whole import recognition


def photograph(form: str = "jpeg", **more) -> bytes:
    """A picture with position, photographer and remark, as a telephone and a Chinese program write them."""
    exif = Image.Exif()
    exif[0x013B] = "张三".encode()
    exif[0x9C9C] = "入户核查现场\0".encode("utf-16-le")
    exif[0x8825] = {1: "N", 2: (30.0, 15.0, 36.0), 3: "E", 4: (105.0, 1.0, 12.5)}
    out = io.BytesIO()
    Image.new("RGB", (120, 60), "white").save(out, form, exif=exif, **more)
    return out.getvalue()


def told(document):
    return {(part.place.part, part.text) for part in document.parts}


@pytest.mark.parametrize("form", ["jpeg", "png", "webp"])
def test_position_and_people_in_every_format(form, whole):
    document = whole(read_bytes(photograph(form), "照片", whole=True))
    assert document.kind == "image"
    assert told(document) >= {
        ("position", "北纬30.260000度，东经105.020139度"),
        ("picture", "张三"),
        ("picture", "入户核查现场"),
    }


def test_heic(whole):
    heif = pytest.importorskip("pillow_heif")
    heif.register_heif_opener()
    assert ("picture", "张三") in told(whole(read_bytes(photograph("heif"), "照片.heic", whole=True)))


def test_comments_of_jpeg_gif_and_png(whole):
    assert ("picture", "内部") in told(read_bytes(photograph(comment="内部".encode()), whole=True))
    out = io.BytesIO()
    Image.new("L", (30, 30)).save(out, "gif", comment="内部".encode())
    assert ("picture", "内部") in told(whole(read_bytes(out.getvalue(), whole=True)))
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("Comment", "身份证 110101")
    out = io.BytesIO()
    Image.new("L", (30, 30)).save(out, "png", pnginfo=notes)
    assert ("picture", "身份证 110101") in told(whole(read_bytes(out.getvalue(), whole=True)))


def test_without_tesseract_the_text_is_named_as_not_examined(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    document = read_bytes(photograph(), whole=True)
    assert document.not_examined == ("图中文字（未安装文字识别程序 tesseract）",)


@pytest.fixture
def tesseract(tmp_path, monkeypatch):
    """A program that answers as tesseract does."""

    def installed(text: str, languages: str = "chi_sim\neng", status: int = 0) -> None:
        program = tmp_path / "tesseract"
        answer = f'if [ "$1" = --list-langs ]; then printf "{languages}\\n"; exit; fi\ncat > {tmp_path}/seen.png\n'
        program.write_text(f"#!/bin/sh\n{answer}printf '{text}'\nexit {status}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        recognition._languages.cache_clear()

    yield installed
    recognition._languages.cache_clear()


def test_text_recognised_is_body_and_spaces_nobody_wrote_are_gone(tesseract, whole, tmp_path):
    tesseract("身 份 证 号\\n\\n110101 x")
    document = whole(read_bytes(photograph(), whole=True))
    assert [each.text for each in document.paragraphs()] == ["身份证号", "110101 x"]
    assert document.not_examined == ()
    assert (tmp_path / "seen.png").read_bytes().startswith(b"\x89PNG")


def test_tesseract_without_chinese_or_failing_is_said(tesseract):
    tesseract("", languages="eng")
    assert "缺少中文数据" in read_bytes(photograph(), whole=True).not_examined[0]


def test_tesseract_failing_is_said(tesseract):
    tesseract("甲", status=1)
    document = read_bytes(photograph(), whole=True)
    assert not document.blocks
    assert document.not_examined == ("图中文字（识别失败或图片过多）",)


def test_a_picture_that_unfolds_into_too_much_is_not_decoded(tesseract):
    """200,000 × 200,000 points in a hundred bytes: PNG declares its size, nothing is unpacked."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + checksum

    size = (200_000).to_bytes(4, "big") * 2
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size + b"\x08\0\0\0\0") + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    tesseract("甲")
    with pytest.raises(DocumentError, match="损坏"):
        read_bytes(bomb, whole=True)


def test_a_damaged_picture_is_one_clear_line():
    with pytest.raises(DocumentError, match=r"^坏\.jpg：图片已损坏"):
        read_bytes(photograph()[:40], "坏.jpg", whole=True)


def test_places_in_words():
    document = read_bytes(photograph(), whole=True)
    assert {describe(part.place, part.visibility) for part in document.parts} == {"图片信息", "拍摄位置"}
