"""The prose family: numbered headings and paragraphs become items, their bodies in a bracket or a sentence behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.core.notices import numbering
from gongkai.core.notices.carry import fold_end, text_of
from gongkai.core.notices.deadlines import read_sentence
from gongkai.core.notices.enumerators import Style
from gongkai.core.notices.folding import fold
from gongkai.core.notices.model import Requirement, Role
from gongkai.core.notices.names import Lexicon
from gongkai.core.notices.outline import Node, mend, outline, unroll
from gongkai.core.notices.requirements import END, open_section
from gongkai.core.notices.rows import Naming, RawItem, RawPlan, Written
from gongkai.core.notices.trailing import Trailing, only_names, split_trailing

# Sections that frame a plan: when they name no bodies and others do, they are requirements.
_FRAMING = re.compile(r"要求|保障|指导思想|组织领导|总体|目标|原则|附则|督导|督促|考核|责任落实|监督")
_HEADING_LONGEST = 40  # characters of a sentence that heads its paragraph
_TASK_STYLES = (Style.HAN, Style.HAN_BRACKET, Style.ARTICLE)


@dataclass(frozen=True, slots=True)
class _Leaf:
    ancestors: tuple[Node, ...]
    node: Node
    trailing: Trailing


def read_lines(lines: Sequence[str], lexicon: Lexicon) -> Written | None:
    """The plan of numbered prose; None when nothing is numbered, or a lone heading promises nothing."""
    del lexicon  # brackets are told by what names look like
    body, foot = _without_foot(mend(lines))
    before, parts = outline(unroll(body))
    if not parts:
        return None
    read = [_leaves(part) for part in parts]
    chosen = max(range(len(parts)), key=lambda at: (sum(bool(leaf.trailing.bodies) for leaf in read[at]), at))
    framing = _framing(parts[chosen], read[chosen])
    leaves = [leaf for leaf in read[chosen] if (*leaf.ancestors, leaf.node)[0] not in framing]
    if not _promises(leaves):
        return None
    requirements = [_requirement(node) for part in parts[:chosen] for node in part] + [
        _requirement(node) for node in framing
    ]
    between = [line for part in parts[:chosen] for line in part[-1].flat()[-_FRAME_LINES:]]
    return Written(_plan(leaves), [*before, *between, *foot], tuple(requirements))


_FRAME_LINES = 6  # lines behind the last section of a letter: who signed, when, and the annex's title


def _without_foot(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines without those at the end that sign, date and distribute the paper."""
    end = len(lines)
    while end and _closes(lines[end - 1]):
        end -= 1
    return list(lines[:end]), list(lines[end:])


def _closes(line: str) -> bool:
    return not line.strip() or (END.match(fold(line)) is not None and len(line) < _HEADING_LONGEST)


def _leaves(part: Sequence[Node]) -> list[_Leaf]:
    for node in part:
        _gather(node)
    return [_Leaf(ancestors, leaf, split_trailing(_lines(leaf))) for node in part for ancestors, leaf in node.leaves()]


def _lines(leaf: Node) -> list[str]:
    """An item's paragraphs; a heading of its own becomes the task and is left out."""
    return leaf.lines[1:] if _headed(leaf) else leaf.lines


def _headed(leaf: Node) -> bool:
    """Whether the item's first paragraph is a heading over others."""
    heading = leaf.lines[0]
    says_more = any(line and not only_names(line) for line in leaf.lines[1:])
    return leaf.style in _TASK_STYLES and 0 < len(heading) <= _HEADING_LONGEST and says_more


def _gather(node: Node) -> None:
    """Make one item of points that share the bodies named once behind the last of them."""
    for child in node.children:
        _gather(child)
    if len(node.children) < 2 or any(child.children for child in node.children):
        return
    tails = [split_trailing(child.lines) for child in node.children]
    listed = all(fold(child.lines[-1].strip()[-1:]) == "；" for child in node.children[:-1])
    if not any(tail.bodies for tail in tails[:-1]) and tails[-1].bodies and (tails[-1].own_line or listed):
        node.lines += [line for child in node.children for line in (child.printed + child.lines[0], *child.lines[1:])]
        node.children.clear()


def _framing(part: Sequence[Node], leaves: Sequence[_Leaf]) -> list[Node]:
    """The sections without bodies that only frame a plan whose other sections name some."""
    named = [(*leaf.ancestors, leaf.node)[0] for leaf in leaves if leaf.trailing.bodies]
    if not named:
        return []
    return [
        node
        for node in part
        if node not in named and node.style is Style.HAN and (not node.children or _FRAMING.search(fold(node.lines[0])))
    ]


def _promises(leaves: Sequence[_Leaf]) -> bool:
    """Several items are a plan; a lone one must name a body or a time."""
    texts = "\n".join(leaf.trailing.text for leaf in leaves)
    return (
        len(leaves) > 1 or any(leaf.trailing.bodies for leaf in leaves) or bool(leaves and read_sentence(texts, None))
    )


def _requirement(node: Node) -> Requirement:
    heading, text = open_section(node.lines[0])
    return Requirement(node.number, heading, "\n".join(line for line in (*text, *node.flat()) if line))


def _plan(leaves: Sequence[_Leaf]) -> RawPlan:
    numbers, findings = numbering.settle([leaf.node.number for leaf in leaves])
    return RawPlan(tuple(_item(leaf, number) for leaf, number in zip(leaves, numbers, strict=True)), tuple(findings))


def _item(leaf: _Leaf, number: int) -> RawItem:
    group = leaf.ancestors[0] if leaf.ancestors else None
    task_node = leaf.ancestors[-1] if len(leaf.ancestors) > 1 else None
    task_number, task = (task_node.number, _name(task_node)) if task_node else _own_task(leaf)
    text = text_of(leaf.trailing.text or leaf.node.lines[0])
    namings = (Naming("", Role.RESPONSIBLE, leaf.trailing.bodies),) if leaf.trailing.bodies else ()
    group_number, group_name = (group.number, _name(group)) if group else (None, "")
    return RawItem(number, group_number, group_name, task_number, task, text, namings, leaf.trailing.deadline)


def _name(node: Node) -> str:
    return fold_end(node.lines[0].strip())


def _own_task(leaf: _Leaf) -> tuple[int | None, str]:
    """The heading that an item of chapter style carries itself: a paragraph of its own, or its first sentence."""
    if leaf.node.style not in _TASK_STYLES:
        return None, ""
    if _headed(leaf.node):
        return leaf.node.number, _name(leaf.node)
    heading, dot, rest = leaf.trailing.text.partition("。")
    if dot and rest.strip() and len(heading) <= _HEADING_LONGEST and "\n" not in heading:
        return leaf.node.number, split_trailing([heading]).text or heading.strip()
    return None, ""
