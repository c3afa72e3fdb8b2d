"""Pictures that come along with a text: each holds a place in its HTML until whoever takes the text over decides."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from gongkai.core.pasting.model import Carried

MOST = 50  # pictures of one text that are taken over
_PLACE = re.compile(r'<img src="carried:(\d+)"/>')
_INLINE = re.compile(r"data:image/[a-z0-9.+-]+;base64,", re.IGNORECASE)
# What word processors and cameras write where a description should stand.
_NO_DESCRIPTION = re.compile(
    r".*描述已自动生成.*|.*automatically generated.*|(?:图片|图像|image|picture|img|图)?[\s_-]*[\d._-]*"
    r"|.*\.(?:jpe?g|png|gif|bmp|webp|tiff?)",
    re.IGNORECASE | re.DOTALL,
)


def place_of(number: int) -> str:
    return f'<img src="carried:{number}"/>'


def placed(html: str) -> list[int]:
    """The pictures that hold a place; others stand where none is shown, such as in a table."""
    return [int(found) for found in _PLACE.findall(html)]


def settled(html: str, pictures: Mapping[int, str]) -> str:
    """The text with what each picture became in its place; nothing where it became nothing."""
    return _PLACE.sub(lambda found: pictures.get(int(found[1]), ""), html)


def description(text: str | None) -> str:
    """Alternative text as somebody wrote it; "" for what programs put there."""
    line = " ".join((text or "").split())
    return "" if _NO_DESCRIPTION.fullmatch(line) else line


def of_element(node: LexborNode, *, addresses: bool) -> Carried | None:
    """The picture of an <img> whose content is there, or may be found at its address."""
    source, told = (node.attributes.get("src") or "").strip(), node.attributes
    alt = description(told.get("alt")) or description(told.get("title"))
    inline = _INLINE.match(source)
    if inline is not None:
        try:
            return Carried(data=base64.b64decode(source[inline.end() :], validate=True), alt=alt)
        except (binascii.Error, ValueError):
            return None
    return Carried(address=source, alt=alt) if source and addresses else None
