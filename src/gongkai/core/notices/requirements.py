"""The numbered prose sections of a notice in front of its table (工作要求)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.core.notices import enumerators
from gongkai.core.notices.enumerators import Style
from gongkai.core.notices.folding import fold
from gongkai.core.notices.model import Requirement

# What closes the body of a notice: nothing after it belongs to the last section.
END = re.compile(
    r"^\s*附\s*件|^\s*（此件|^\s*抄送|^\s*（?联系(?:人|电话|方式)|^\s*20\d\d\s*年\s*\d+\s*月\s*\d+\s*日\s*$"
    r"|^[^。，]{2,30}(?:政府|办公室|办公厅|局|委|厅|委员会)\s*(?:20\d\d年.*)?$"
)
_HEADING_LONGEST = 40


def read_requirements(lines: Sequence[str]) -> tuple[Requirement, ...]:
    """Sections 一、二、… in order; a heading and its text may share a paragraph (一、加强领导。各单位要…)."""
    sections: list[tuple[int, str, list[str]]] = []
    for line in lines:
        found = enumerators.parse(line.strip())
        if found and found.style is Style.HAN and found.number > (sections[-1][0] if sections else 0):
            sections.append((found.number, *open_section(line.strip()[found.length :])))
        elif sections:
            if END.match(fold(line)):
                break
            sections[-1][2].append(line.strip())
    return tuple(Requirement(number, heading, "\n".join(text)) for number, heading, text in sections)


def open_section(line: str) -> tuple[str, list[str]]:
    """A section's heading, and what of its text stands in the same paragraph."""
    end = re.search(r"[。：]", fold(line))
    if end and end.start() <= _HEADING_LONGEST and line[end.end() :].strip():
        return line[: end.start()].strip(), [line[end.end() :].strip()]
    if end is None and (space := re.search(r"\s+", line.strip())):
        return line[: space.start()].strip(), [line[space.end() :].strip()]
    return line.strip().rstrip("。：:"), []
