"""XML of which only the text matters: everything that it says, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.core.documents.archive import parse_xml
from gongkai.core.documents.model import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element


def local(element: _Element) -> str:
    """The name without its namespace; "" for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def texts(root: _Element) -> Iterator[str]:
    """The text of every element that has some of its own, and of comments."""
    for element in root.iter():
        text = str(element.text or "").strip()
        if text:
            yield text
        tail = str(element.tail or "").strip()
        if tail and element is not root:
            yield tail


def texts_of_xml(data: bytes) -> list[str]:
    """The same for bytes; those that are no well-formed XML say nothing."""
    try:
        return list(texts(parse_xml(data.strip(b"\0 \r\n\t"))))
    except (DocumentError, ValueError):
        return []
