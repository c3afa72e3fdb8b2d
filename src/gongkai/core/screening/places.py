"""Offsets -> words for where they are: 第2页第3段, 表1第4行第2列, 工作表“名单”B4, 批注, 页眉 …"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.core.documents import Document, Place
    from gongkai.core.documents.model import Visibility

# Parts as the readers name them; one that is not here is shown by its own name.
_PARTS = {
    "header": "页眉",
    "footer": "页脚",
    "comment": "批注",
    "footnote": "脚注",
    "endnote": "尾注",
    "textbox": "文本框",
    "properties": "文档属性",
    "property": "文档属性",
    "annotation": "注释",
    "attachment": "附件",
    "embedded": "嵌入对象",
    "metadata": "元数据",
    "watermark": "水印",
    "image": "图片",
    "exif": "图片信息",
}
_VISIBILITY = {"deleted": "修订中删除的内容", "hidden": "隐藏内容", "inserted": "修订中插入的内容"}


class Places:
    """The places of one document, sorted by where they begin."""

    def __init__(self, document: Document) -> None:
        entries = [(paragraph.start, in_words(paragraph.place)) for paragraph in document.paragraphs()]
        entries += [(cell.start, in_words(cell.place)) for table in document.tables() for cell in table.cells]
        entries += [(part.start, in_words(part.place, part.visibility)) for part in document.parts]
        entries.sort(key=lambda entry: entry[0])
        self._starts = [start for start, _ in entries]
        self._words = [words for _, words in entries]

    def of(self, offset: int) -> str:
        """Where the offset is, in words; "" before everything."""
        index = bisect_right(self._starts, offset) - 1
        return self._words[index] if index >= 0 else ""


def in_words(place: Place, visibility: Visibility | None = None) -> str:
    """A place as a person would say it."""
    words = []
    if visibility is not None and (said := _VISIBILITY.get(visibility.value)) and place.part in ("body", "text"):
        words.append(said)
    elif place.part != "body":
        words.append(_PARTS.get(place.part, place.part))
        if visibility is not None and visibility.value == "deleted":
            words.append(_VISIBILITY["deleted"])
    if place.page:
        words.append(f"第{place.page}页")
    if place.sheet:
        words.append(f"工作表“{place.sheet}”")
    if place.cell:
        words.append(place.cell)
    elif place.table:
        words.append(f"表{place.table}第{place.row}行第{place.column}列" if place.row else f"表{place.table}")
    elif place.paragraph:
        words.append(f"第{place.paragraph}段")
    return " ".join(words)
