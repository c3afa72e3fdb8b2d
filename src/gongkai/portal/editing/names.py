"""Plain names for files: what a reader makes of “新建 Microsoft Word 文档(3)-终稿” is nothing."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ENDING = re.compile(r"\.[A-Za-z0-9]{2,4}$")
# What office work leaves at the ends of a name: versions, copies, dates of saving, numbers of the attachment.
_LEFT_BY_WORK = re.compile(
    r"(?:[-_ ]*(?:副本|复件|终稿|定稿|最终版?|修改稿?|改|新|扫描件?|盖章版?|(?:final|copy|v\d+)))+\d*$"
    r"|[-_ ]*[(（]\d{1,2}[)）]$|[-_ ]+\d{8,14}$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^附件\s*[0-9一二三四五六七八九十]*\s*[-_.、：: ]*")
_SAYS_NOTHING = re.compile(
    r"(?:附件\s*[0-9一二三四五六七八九十]*|新建.*|未命名.*|无标题.*|文档\d*|工作簿\d*|表格?\d*|sheet\d*|book\d*|img[-_]?\d*|scan\w*|微信图片.*|mmexport\d*|qq图片.*"
    r"|[0-9a-f]{8,}|[\W\d_]*)",
    re.IGNORECASE,
)


def plain_name(name: str) -> str:
    """`name` without ending and what work left on it; "" when nothing is left that tells a reader anything."""
    text = _ENDING.sub("", unquote(name).strip())
    before = None
    while before != text:
        before, text = text, _LEFT_BY_WORK.sub("", text).strip(" -_·")
    text = _NUMBER.sub("", text).replace("_", " ").strip() or text
    return "" if _SAYS_NOTHING.fullmatch(text) else text
