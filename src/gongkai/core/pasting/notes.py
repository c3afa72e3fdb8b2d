"""What was left out of a pasted text, in words: nothing disappears without being said."""

from __future__ import annotations

from collections import Counter

_WORDS = {
    "picture": "图片、图形 {} 处没有带入，需要公开的请在正文里用“图片”插入",
    "deleted": "已删除的修订 {} 处没有带入",
    "comment": "批注 {} 处没有带入",
    "hidden": "隐藏文字 {} 处没有带入",
    "link": "表格中的链接 {} 处只保留了文字",
    "nested": "套在表格里的表格 {} 个已并入所在单元格",
}


def notes_of(left_out: Counter[str]) -> tuple[str, ...]:
    return tuple(words.format(left_out[what]) for what, words in _WORDS.items() if left_out[what] > 0)
