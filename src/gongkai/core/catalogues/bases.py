"""公开依据: the documents that a row rests on, one by one."""

from __future__ import annotations

import re

from gongkai.core.notices.folding import fold

# 《…》 with the number or articles that follow it, until the next ground begins.
_TITLED = re.compile(
    r"《[^《》]*(?:《[^《》]*》[^《》]*)*》"
    r"(?:[（(][^（）()《》]*[）)]|[、，,]\s*(?=第|其中)|[^《；;。\n、，,])*?"
    r"(?=(?:以?及|和|与)?\s*(?:[《；;。\n]|[、，,](?!\s*(?:第|其中))|$))"
)
_KIND = re.compile(r"\s*【[^【】]{1,8}】\s*")  # 【法律】《就业促进法》【规章】…
_EDGES = " \t\n、，,；;。."
_LEADING = re.compile(r"^(?:\d{1,2}[.、．]|[（(]\d{1,2}[）)]|[①-⑳])\s*")


def read_basis(text: str) -> tuple[str, ...]:
    """The titles with their numbers and articles; without 《》, the parts between line ends and semicolons."""
    joined = re.sub(r"\s*\n\s*(?!\s*(?:《|\d{1,2}[.、．]|[（(]\d|[①-⑳]))", "", _KIND.sub("\n", text).strip())
    found: list[str] = []
    at = 0
    for match in _TITLED.finditer(joined):
        found += _untitled(joined[at : match.start()])
        found.append(match.group().strip(_EDGES))
        at = match.end()
    found += _untitled(joined[at:])
    return tuple(dict.fromkeys(found))


def _untitled(text: str) -> list[str]:
    parts = (_LEADING.sub("", part.strip(_EDGES)) for part in re.split(r"[；;。\n]|(?<=[^、，,；;。\n]{2})、", text))
    return [part for part in parts if len(fold(part)) > 1]
