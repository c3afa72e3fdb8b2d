"""Text cut for the index: Chinese in pairs of characters, all else in words.

Pairs find every word of two characters and more wherever it stands, without a dictionary: a longer word is a run of
pairs that overlap, looked for as a phrase. The last character of a run stands alone as well, so that every single
character begins some token and is found by prefix.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
HAN_RUN = re.compile(f"[{HAN}]+")


def normal(text: str) -> str:
    """One form for full and half width, upper and lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


def tokens(text: str) -> list[str]:
    """The tokens of a text, in its order: 重点项目 2026 → 重点 点项 项目 目 2026."""
    return [token for run in RUN.findall(normal(text)) for token in _cut(run)]


def _cut(run: str) -> list[str]:
    return [*map("".join, pairwise(run)), run[-1]] if HAN_RUN.fullmatch(run) else [run]


@dataclass(frozen=True, slots=True)
class Term:
    """One stretch that is looked for: tokens that follow each other, the last perhaps only the beginning of one."""

    tokens: tuple[str, ...]
    prefix: bool


NOTHING = Term(("〇〇〇",), prefix=False)  # no text has it: Chinese is cut in pairs


def term(text: str, prefix: bool = False) -> Term | None:
    """`text` as a phrase; None when nothing in it can be looked for. `prefix`: its last word may go on."""
    found = tokens(text)
    if not found:
        return None
    ends_in_han = HAN_RUN.fullmatch(found[-1]) is not None
    if ends_in_han and len(found) > 1 and len(found[-2]) == 2 and found[-2].endswith(found[-1]):
        return Term(tuple(found[:-1]), prefix=False)  # the run may go on in the text, so nothing is said of its end
    return Term(tuple(found), prefix=prefix or ends_in_han)


def terms(query: str) -> list[str]:
    """The stretches of a query: what stands in quotation marks as one, all else at its spaces."""
    parts = re.findall(r'["“](.+?)["”]|(\S+)', query)
    return [text for quoted, plain in parts if (text := quoted or plain) and tokens(text)]
