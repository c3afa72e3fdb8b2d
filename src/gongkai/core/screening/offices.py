"""Whose telephone it is: those of offices are public (政府信息公开条例第二十条第二项: 办公地址、联系方式).

What the sentence names last before the number decides: a body or its service (县民政局, 监督电话), or somebody's home.
"""

from __future__ import annotations

import re
from collections import deque
from functools import cache

from gongkai.core.screening.labels import words

_REACH = 80  # code points of the sentence before the number
_LINES_ABOVE = 3  # of a form: the body in one line, its address and its telephone in the next ones
_LABEL_ONLY = re.compile(
    r"\s*|[\s\d.、（()）]{0,5}\w{0,4}(?:电\s?话|方式)(?:号码)?(?:[（(]\w{1,4}[）)])?[：:\s]{1,3}[\d\-－—、，,；;/ ]*"
)
_SENTENCE_END = re.compile(r"[。！？\n]")
_BEHIND = 40
_HOTLINE = r"(?<!\d)(?:12\d{3}|95\d{3}|1[12]0|119|122)(?!\d)"
_MAIL = r"@[\w.]*gov\.cn"


@cache
def _named() -> re.Pattern[str]:
    home, service, body = (_any_of(kind) for kind in ("home", "service", "body"))
    follows = "电话|热线|专线|号码|方式|地址|时间|邮箱|联系|固定|座机|办公|负责|承办|反映|由|为|是|请"
    goes_on = rf"(?={follows}|[（()）：:，,、；;。\s\d]|$)"
    return re.compile(
        rf"(?P<home>{home}|[\d一二三四五六七八九十][组室])|{service}(?:机构|机关|部门|单位|窗口|人员|方式)?{goes_on}"
        rf"|{service}\w{{0,6}}(?:拨打|致电|来电|联系)|(?<![住出入全干内外]){body}{goes_on}|{_HOTLINE}|{_MAIL}"
    )


@cache
def _named_behind() -> re.Pattern[str]:
    service, body = (_any_of(kind) for kind in ("service", "body"))
    within = rf"[^（()）\n]{{0,10}}(?:{service}|{body})[）)]|工作日|工作时间|上班时间|周一"
    return re.compile(rf"[ \u3000]?(?:[（(](?:{within})|咨询)|[^。\n]{{0,16}}{_MAIL}")


def _any_of(kind: str) -> str:
    return f"(?:{'|'.join(map(re.escape, words()[kind]))})"


def of_an_office(text: str, start: int, end: int) -> bool:
    """Whether the words around the telephone number say that it is one of an office."""
    last = deque(_named().finditer(text, _sentence(text, start), start), maxlen=1)
    if last:
        return last[0]["home"] is None
    return _named_behind().match(text, end, end + _BEHIND) is not None


def _sentence(text: str, start: int) -> int:
    """Where the sentence begins; a line of the number alone, or with 电话：, belongs to those above it."""
    low = max(0, start - _REACH)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, start)] or [low]
    first = ends[-1]
    if _LABEL_ONLY.fullmatch(text, first, start):
        breaks = [low, *(at for at in ends if text[at - 1] == "\n")]
        return breaks[max(0, len(breaks) - 1 - _LINES_ABOVE)]
    return first
