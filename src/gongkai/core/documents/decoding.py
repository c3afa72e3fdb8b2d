"""Bytes of text -> str: byte-order marks, declared charsets, UTF-8, GB18030, UTF-16 without a mark."""

from __future__ import annotations

import codecs
import re

from gongkai.core.documents.model import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_GB = {"gb2312", "gbk", "gb18030", "gb_2312-80", "cp936", "x-gbk"}
# Control characters that no text has; \x1a ends files from DOS.
_BINARY = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]")
# What Chinese text in UTF-16 consists of, nearly.
_PLAUSIBLE = re.compile(r"[\t\n\r -~\u2010-\u203f\u3000-\u3020\u4e00-\u9fff\uff00-\uff5e]")


def decode(data: bytes, *, html: bool = False) -> str:
    """Text of `data` with line ends as ``\\n``; DocumentError when it is no text."""
    text = _marked(data) or (_declared(data) if html else None) or _sniffed(data)
    if text is None or len(_BINARY.findall(text)) > len(text) // 1000:
        raise DocumentError("内容不是可识别的文档或文字（像是二进制数据），请确认文件是否正确")
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")


def _marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return None


def _declared(data: bytes) -> str | None:
    """By the page's own declaration, unless the bytes contradict it."""
    found = _CHARSET.search(data[:4096])
    if not found:
        return None
    name = found.group(1).decode("ascii").lower()
    encoding = "gb18030" if name in _GB else name
    if encoding == "gb18030" and _strict(data, "utf-8"):
        return None  # GB text is hardly ever valid UTF-8, while wrong declarations are common
    try:
        return data.decode(encoding)
    except LookupError:
        return None
    except UnicodeDecodeError:
        sniffed = _strict(data, "utf-8") or _strict(data, "gb18030")
        return sniffed or data.decode(encoding, "replace")


def _sniffed(data: bytes) -> str | None:
    if b"\0" in data[:4096]:
        readings = filter(None, (_strict(data, "utf-16-le"), _strict(data, "utf-16-be")))
        return next((text for text in readings if len(_PLAUSIBLE.findall(text)) > 0.8 * len(text)), None)
    return _strict(data, "utf-8") or _strict(data, "gb18030") or _nearly(data)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _nearly(data: bytes) -> str | None:
    """A text with a few damaged bytes is still text: at most one in a hundred is replaced."""
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= len(text) // 100:
            return text
    return None
