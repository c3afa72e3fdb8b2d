"""Real recognition: a number in a picture is found like one that was typed. Skipped where tesseract is not installed."""

from __future__ import annotations

import io
import shutil
import subprocess

import pytest
from PIL import Image, ImageDraw, ImageFont

from gongkai.core.documents import read_bytes
from gongkai.core.documents.whole import recognition
from gongkai.core.screening import Screener, screen_document

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(recognition.missing()), reason=recognition.missing()),
]

IDENTITY, MOBILE = "11010519491231002X", "13812345678"


def chinese_font() -> str:
    listed = shutil.which("fc-list") and subprocess.run(
        ["fc-list", ":lang=zh", "file"], capture_output=True, text=True, check=True
    ).stdout.split(":")
    if not listed or not listed[0].strip():
        pytest.skip("no Chinese font is installed")
    return listed[0].strip()


def scanned(form: str, size: int = 28, turned: float = 0) -> bytes:
    """A page as a scanner makes it: two lines of a list, not quite straight."""
    page = Image.new("RGB", (1100, 320), "white")
    font = ImageFont.truetype(chinese_font(), size)
    for line, text in enumerate((f"姓名：张三　身份证号：{IDENTITY}", f"联系电话：{MOBILE}")):
        ImageDraw.Draw(page).text((40, 40 + 100 * line), text, fill="black", font=font)
    out = io.BytesIO()
    page.rotate(turned, fillcolor="white", resample=Image.Resampling.BICUBIC).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "size", "turned"), [("png", 18, 0), ("jpeg", 28, 0), ("png", 28, 0.7), ("pdf", 28, 0)]
)
def test_a_number_in_a_picture_is_found(form, size, turned):
    document = read_bytes(scanned(form, size, turned), f"扫描件.{form}", whole=True)
    found = {document.text[one.start : one.end] for one in screen_document(Screener.standard(), document).findings}
    assert {IDENTITY, MOBILE} <= found
    assert not any("文字" in what for what in document.not_examined)


@pytest.mark.parametrize(("mark", "turned"), [("机密★10年", 0), ("绝密★3个月", 0), ("秘密★5年", 90)])
def test_the_star_of_a_mark_and_a_page_on_its_side(mark, turned):
    page = Image.new("RGB", (1000, 500), "white")
    for line, text in enumerate((mark, "青山县人民政府办公室文件", "关于做好年度工作的通知")):
        font = ImageFont.truetype(chinese_font(), 36)
        ImageDraw.Draw(page).text((60, 40 + 150 * line), text, fill="black", font=font)
    out = io.BytesIO()
    page.rotate(turned, expand=True).save(out, "png")
    document = read_bytes(out.getvalue(), "扫描件.png", whole=True)
    found = screen_document(Screener.standard(), document).findings
    assert mark in {document.text[one.start : one.end] for one in found}
