"""Pictures: where and by whom they were taken, what is written about them, and the text in them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any, cast

from PIL import ExifTags, Image, ImageFile, ImageOps, ImageSequence, IptcImagePlugin

from gongkai.core.documents.builder import Builder, plain
from gongkai.core.documents.model import Document, DocumentError, Place, Visibility
from gongkai.core.documents.whole import recognition
from gongkai.core.documents.whole.budget import Budget
from gongkai.core.documents.whole.markup import texts_of_xml

FORMATS = ("JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP", "JPEG2000")
_MOST_PIXELS = 100_000_000
_MOST_FRAMES = 20
_TOO_SMALL = 12  # pixels: no character has fewer
_TOO_LARGE = "图中文字（图片过大，未识别）"
_BROKEN = "图片已损坏或格式不受支持，未能读取"
# Tags in which people write ([EXIF] 2.32, 4.6.4 and Microsoft's XP tags).
_WRITTEN = {
    ExifTags.Base.ImageDescription: "",
    ExifTags.Base.Artist: "",
    ExifTags.Base.Copyright: "",
    ExifTags.Base.UserComment: "",
    ExifTags.Base.XPTitle: "utf-16-le",
    ExifTags.Base.XPComment: "utf-16-le",
    ExifTags.Base.XPAuthor: "utf-16-le",
    ExifTags.Base.XPKeywords: "utf-16-le",
    ExifTags.Base.XPSubject: "utf-16-le",
    ExifTags.Base.CameraOwnerName: "",
}
_CODES = {b"ASCII\0\0\0": "ascii", b"UNICODE\0": "utf-16-le", b"JIS\0\0\0\0\0": "shift_jis", b"\0" * 8: "utf-8"}
_TECHNICAL = {"exif", "icc_profile", "xmp", "photoshop", "jfif_version", "XML:com.adobe.xmp", "Software", "date:create"}


def is_picture(data: bytes) -> bool:
    """By the first bytes."""
    return (
        data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP  "))
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
        or (data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"))
        or (data.startswith(b"BM") and len(data) > 26 and data[14:18] in (b"\x28\0\0\0", b"\x0c\0\0\0", b"\x7c\0\0\0"))
    )


def read(data: bytes, budget: Budget) -> Document:
    """The picture as a document of kind image; DocumentError when it cannot be opened."""
    builder = Builder()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = _open(data)
        except Exception as error:  # Pillow lets through what its decoders raise
            raise DocumentError(_BROKEN) from error
        with image:
            for part, text in _told(image):
                builder.part(text, Place(part=part), Visibility.HIDDEN)
            _recognise(image, builder, budget)
    return builder.build("image")


def _open(data: bytes) -> Image.Image:
    if data[4:8] == b"ftyp":
        import pillow_heif

        pillow_heif.register_heif_opener()
        return Image.open(io.BytesIO(data), formats=("HEIF", "AVIF"))
    return Image.open(io.BytesIO(data), formats=FORMATS)


def _told(image: Image.Image) -> Iterator[tuple[str, str]]:
    """Part and text of what the file says about the picture."""
    try:
        exif = image.getexif()
        yield from (("picture", text) for text in _written(exif))
        position = _position(exif.get_ifd(ExifTags.IFD.GPSInfo))
        if position:
            yield "position", position
    except Exception:
        yield "picture", "（拍摄信息已损坏，未能读取）"
    yield from (("picture", text) for text in _chunks(image))


def _written(exif: Image.Exif) -> Iterator[str]:
    tags = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    for tag, encoding in _WRITTEN.items():
        text = _text(tags.get(tag), encoding)
        if text:
            yield text


def _text(value: Any, encoding: str = "") -> str:
    if isinstance(value, tuple):
        value = bytes(one for one in value if isinstance(one, int) and 0 <= one < 256)
    if isinstance(value, bytes):
        if not encoding and value[:8] in _CODES:
            encoding, value = _CODES[value[:8]], value[8:]
        return str(value.decode(encoding or "utf-8", "replace")).strip("\0 \r\n")
    if not isinstance(value, str):
        return ""
    try:  # Pillow takes the bytes for Latin-1, while Chinese programs write UTF-8 or GBK
        raw = value.encode("latin-1")
    except UnicodeEncodeError:
        return value.strip("\0 ")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).strip("\0 ")
        except UnicodeDecodeError:
            continue
    return value.strip("\0 ")


def _position(gps: dict[int, Any]) -> str:
    """Latitude and longitude in words, "" when the picture has none."""
    if ExifTags.GPS.GPSLatitude not in gps or ExifTags.GPS.GPSLongitude not in gps:
        return ""
    south = str(gps.get(ExifTags.GPS.GPSLatitudeRef, "N")).startswith("S")
    west = str(gps.get(ExifTags.GPS.GPSLongitudeRef, "E")).startswith("W")
    latitude, longitude = _degrees(gps[ExifTags.GPS.GPSLatitude]), _degrees(gps[ExifTags.GPS.GPSLongitude])
    return f"{'南纬' if south else '北纬'}{latitude:.6f}度，{'西经' if west else '东经'}{longitude:.6f}度"


def _degrees(value: Any) -> float:
    parts = value if isinstance(value, tuple) else (value,)
    return sum((float(part) / 60.0**place for place, part in enumerate(parts[:3])), 0.0)


def _chunks(image: Image.Image) -> Iterator[str]:
    """Text chunks of PNG, comments of JPEG and GIF, XMP, IPTC, Photoshop's notes."""
    for key, value in image.info.items():
        if key in _TECHNICAL or not isinstance(value, str | bytes):
            continue
        text = value if isinstance(value, str) else _text(value)
        if text.isprintable() or "\n" in text:
            yield text
    for key in ("xmp", "XML:com.adobe.xmp"):
        value = image.info.get(key)
        if value:
            yield from texts_of_xml(value.encode() if isinstance(value, str) else bytes(value))
    try:
        notes = IptcImagePlugin.getiptcinfo(cast(ImageFile.ImageFile, image)) or {}
    except Exception:
        return
    for values in notes.values():
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, bytes) and len(value) > 4:
                yield _text(value)


def _recognise(image: Image.Image, builder: Builder, budget: Budget) -> None:
    """Lines of text as paragraphs; a note when there is anything that could not be looked at."""
    if min(image.size) < _TOO_SMALL:
        return
    why = recognition.missing()
    if why:
        builder.not_examined(f"图中文字（{why}）")
        return
    if image.size[0] * image.size[1] > _MOST_PIXELS:
        builder.not_examined(_TOO_LARGE)
        return
    number = 0
    for index, frame in enumerate(ImageSequence.Iterator(image)):
        if index == _MOST_FRAMES:
            builder.not_examined(f"图中第{_MOST_FRAMES + 1}帧以后的文字（帧数过多）")
            return
        try:
            text = recognition.recognise(ImageOps.exif_transpose(frame)) if budget.may_recognise() else None
        except Exception:
            text = None
        if text is None:
            builder.not_examined("图中文字（识别失败或图片过多）")
            return
        for line in filter(str.strip, text.split("\n")):
            number += 1
            builder.paragraph(plain(line.strip()), Place(paragraph=number))
