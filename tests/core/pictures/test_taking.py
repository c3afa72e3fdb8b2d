"""What is kept of a picture is its pixels, and of what is no picture nothing."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo
from tests.drawings import drawing, moving, photograph

from gongkai.core.documents import read_bytes
from gongkai.core.pictures import NARROW, WIDEST, PictureError, narrowed, take


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_where_and_by_whom_it_was_taken_is_gone():
    brought = photograph()
    assert "北纬" in read_bytes(brought, "a.jpg", whole=True).text
    kept = take(brought)
    said = read_bytes(kept.data, "a.jpg", whole=True)
    assert "北纬" not in said.text and "张三" not in said.text
    assert not shown(kept.data).getexif() and (kept.kind, kept.ending) == ("JPEG", "jpg")


def test_it_stands_as_the_camera_was_held():
    kept = take(photograph(400, 300, turned=6))
    assert (kept.width, kept.height) == (300, 400) == shown(kept.data).size


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_hung_on_behind_goes(kind):
    kept = take(drawing(kind=kind) + drawing(seed=3) + b"PK\x03\x04secret")
    assert b"secret" not in kept.data and kept.kind == kind


def test_a_second_picture_behind_the_first_goes():
    first, second = shown(drawing()), shown(drawing(seed=9))
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second])
    kept = take(out.getvalue())
    assert shown(kept.data).format == "JPEG" and len(kept.data) < len(out.getvalue())


def test_words_in_a_png_go():
    told = Image.new("RGB", (50, 50))
    out = io.BytesIO()
    words = PngInfo()
    words.add_text("Comment", "内部资料")
    told.save(out, "PNG", pnginfo=words)
    assert "内部资料".encode() not in take(out.getvalue()).data


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("P", "GIF"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP"), ("CMYK", "JPEG"), ("L", "JPEG")],
)
def test_every_way_of_storing_pixels_is_kept_and_narrowed(mode, kind):
    out = io.BytesIO()
    Image.linear_gradient("L").resize((2400, 300)).convert("RGB").convert(mode).save(out, kind)
    kept = take(out.getvalue())
    assert shown(kept.data).size == (WIDEST, 240)
    copy = narrowed(kept, NARROW[0])
    assert copy is None or shown(copy.data).size == (640, 80)


def test_what_is_clear_stays_clear():
    out = io.BytesIO()
    Image.new("RGBA", (60, 60), (255, 0, 0, 0)).save(out, "PNG")
    assert shown(take(out.getvalue()).data).getpixel((1, 1))[3] == 0


def test_nothing_is_drawn_larger_than_it_is():
    kept = take(drawing(700, 100))
    assert (kept.width, kept.height) == (700, 100)
    assert narrowed(kept, 1280) is None and narrowed(kept, 700) is None
    assert narrowed(take(drawing(1400, 800)), 640).width == 640


def test_a_copy_that_saves_nothing_is_not_made():
    out = io.BytesIO()
    Image.new("RGB", (650, 2), "white").save(out, "PNG")
    kept = take(out.getvalue())
    copy = narrowed(kept, 640)
    assert copy is None or len(copy.data) < len(kept.data)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_moves_is_refused(kind):
    with pytest.raises(PictureError, match="动图"):
        take(moving(kind))


@pytest.mark.parametrize(
    "data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", drawing(kind="BMP"), drawing(kind="TIFF")]
)
def test_other_kinds_are_refused(data):
    with pytest.raises(PictureError, match="JPEG"):
        take(data)


def test_what_is_cut_off_is_refused(monkeypatch):
    """Also where another library has told Pillow to fill up what is missing."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(PictureError, match="损坏"):
        take(drawing()[:3000])


def bomb(width: int, height: int) -> bytes:
    """A few bytes that call themselves a huge picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    out = [b"\x89PNG\r\n\x1a\n"]
    for name, data in chunks:
        out.append(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)))
    return b"".join(out)


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (25_001, 1000)])
def test_what_would_fill_the_memory_is_refused_before_it_is_decoded(width, height):
    with pytest.raises(PictureError, match=r"像素过多|JPEG"):
        take(bomb(width, height))
