"""The outline of numbered prose: paragraphs under 一、 （一） 1. （1）, as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.core.notices import enumerators
from gongkai.core.notices.enumerators import Style
from gongkai.core.notices.folding import depths, fold

_RANK = {style: at for at, style in enumerate(Style)}
_INLINE = re.compile(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、](?!\d)")
_NO_ENUMERATOR_AFTER = "统同唯专单之第逐归万划十百于进"  # 统一、规范: 一 belongs to the word before it
_LONG = 300  # characters: a line that may hold a whole notice
_ENUMERATOR = 16  # characters that an enumerator takes at most
_JUMP = 3


@dataclass(slots=True, eq=False)
class Node:
    """A numbered paragraph, the paragraphs under it and the numbered ones below; two of the same words are two."""

    style: Style
    number: int
    lines: list[str]  # its own paragraph without the enumerator, then those that follow
    printed: str  # the enumerator as printed
    children: list[Node] = field(default_factory=list)

    def leaves(self) -> Iterator[tuple[tuple[Node, ...], Node]]:
        """Every node without children below, itself included, with its ancestors."""
        if not self.children:
            yield (), self
        for child in self.children:
            for ancestors, leaf in child.leaves():
                yield (self, *ancestors), leaf

    def flat(self) -> list[str]:
        """All paragraphs below the heading, enumerators kept."""
        lines = list(self.lines[1:])
        for child in self.children:
            lines += [child.printed + child.lines[0], *child.flat()]
        return lines


def outline(lines: Sequence[str]) -> tuple[list[str], list[list[Node]]]:
    """The lines in front of the first number, and the parts: the first level starting again opens a new one."""
    before: list[str] = []
    parts: list[list[Node]] = []
    path: list[Node] = []
    counted: dict[Style, int] = {}
    for line in lines:
        found = enumerators.parse(line.strip())
        if found is None or _leaps(found.style, found.number, path, counted):
            (path[-1].lines if path else before).append(line.strip())
            continue
        text = line.strip()
        node = Node(found.style, found.number, [text[found.length :].strip()], text[: found.length].strip())
        while path and _RANK[path[-1].style] >= _RANK[node.style]:
            path.pop()
        if path:
            path[-1].children.append(node)
        elif (
            parts
            and _RANK[parts[-1][0].style] <= _RANK[node.style]
            and not (node.number == 1 and parts[-1][0].style is node.style)
        ):
            parts[-1].append(node)
        else:
            parts.append([node])
        path.append(node)
        counted[node.style] = node.number
    return before, parts


def _leaps(style: Style, number: int, path: Sequence[Node], counted: Mapping[Style, int]) -> bool:
    """Whether a number cannot follow those before it: it is text that happens to begin with a figure.

    It counts on from the one before it in its section, or from the last of its style where sections count through.
    """
    last = next((node.number for node in path if node.style is style), 0)
    through = counted.get(style, 0)
    return number > last + _JUMP and not through < number <= through + _JUMP


def unroll(lines: Sequence[str]) -> list[str]:
    """Lines of which one may hold a whole notice, cut before each number that goes on counting."""
    result = []
    for line in lines:
        cuts = _cuts(line) if len(line) > _LONG else []
        bounds = [0, *cuts, len(line)]
        result += [part for start, end in pairwise(bounds) if (part := line[start:end].strip())]
    return result


def _cuts(line: str) -> list[int]:
    folded = fold(line)
    depth = depths(folded)
    last: dict[Style, int] = {}
    cuts: list[int] = []
    for match in _INLINE.finditer(folded):
        found = enumerators.parse(line[match.start() : match.start() + _ENUMERATOR])
        at = match.start()
        if found is None or depth[at] - (folded[at] == "（") > 0 or not _may_begin(folded, at, found.number):
            continue
        if found.number in (1, last.get(found.style, 0) + 1):
            last = {style: number for style, number in last.items() if _RANK[style] < _RANK[found.style]}
            last[found.style] = found.number
            cuts.append(at)
    chapters = [at for at in cuts if folded[at] not in "0123456789"]
    return cuts if len(chapters) > 1 else []


def _may_begin(folded: str, at: int, number: int) -> bool:
    before = folded[at - 1 : at]
    if not before or before.isspace() or before in "。；：！？）〕”":
        return True
    return number == 1 and not before.isdigit() and before not in _NO_ENUMERATOR_AFTER and before not in "、，"


def mend(lines: Sequence[str]) -> list[str]:
    """Lines of which one is broken inside a bracket, joined with the one that closes it."""
    result: list[str] = []
    for line in lines:
        if result and _unclosed(result[-1]) and not _unclosed(result[-1] + line) and len(line) < _LONG:
            result[-1] += line.strip()
        else:
            result.append(line)
    return result


def _unclosed(line: str) -> bool:
    folded = fold(line)
    return sum(map(folded.count, "（〔")) > sum(map(folded.count, "）〕"))
