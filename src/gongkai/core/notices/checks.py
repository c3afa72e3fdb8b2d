"""What is doubtful in a plan as a whole: it is told, never mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gongkai.core.notices import places, typos
from gongkai.core.notices.folding import depths, fold
from gongkai.core.notices.model import Finding, Item, Requirement, Severity
from gongkai.core.notices.names import Lexicon

_COUNTED = re.compile(r"等(?P<count>\d{1,3})(?P<unit>个|项|类|方面|大|种|家|条)")
_JOINTS_COMPARED = 3  # as many uses of a separator make a habit


def check(items: Sequence[Item], joints: Mapping[int, str], lexicon: Lexicon) -> Iterator[Finding]:
    """Findings about items: counts, habits broken, slips, names unknown, bodies missing."""
    yield from _mixed_separators(items, joints)
    for item in items:
        yield from _count_mismatch(item)
        yield from _slips(places.item(item.number, places.TEXT), item.text)
        if not item.assignees and not item.selectors:
            message = "没有写明责任单位，请指定"
            yield Finding("no-body", Severity.WARNING, places.item(item.number, places.BODIES), "", message)
        if lexicon.bodies:
            yield from _unknown(item, lexicon)
    yield from _headings(items)
    yield from _names(items)


def check_requirements(requirements: Sequence[Requirement]) -> Iterator[Finding]:
    """Slips in the prose sections."""
    for each in requirements:
        yield from _slips(f"requirement {each.number}, {places.TEXT}", f"{each.heading}\n{each.text}")


def check_frame(title: str, year: int | None) -> Iterator[Finding]:
    """A plan without a title or a year can be read, but its relative deadlines have no date."""
    if not title:
        yield Finding("no-title", Severity.INFO, "title", "", "没有找到文件标题，请补填")
    if year is None:
        message = "没有找到年份，未写年份的时限无法换算成日期，请补填年份"
        yield Finding("no-year", Severity.WARNING, "plan", "", message)


def _mixed_separators(items: Sequence[Item], joints: Mapping[int, str]) -> Iterator[Finding]:
    """The separator between named bodies and selectors, where it is not the one that the notice is used to."""
    usual, often = Counter(joints.values()).most_common(1)[0] if joints else ("", 0)
    if often < _JOINTS_COMPARED or 2 * often <= len(joints):
        return
    for item in items:
        used = joints.get(item.number, usual)
        if used != usual and item.selectors:
            at = item.assignees_text.find(item.selectors[0])
            excerpt = item.assignees_text[max(at - 6, 0) : at + len(item.selectors[0])]
            put = f"{excerpt[: -len(item.selectors[0])].rstrip('，；、,; ')}{usual}{item.selectors[0]}"
            message = f"此处分隔符与全文习惯（“{usual}”）不一致，读法不受影响"
            yield Finding(
                "mixed-separator", Severity.INFO, places.item(item.number, places.BODIES), excerpt, message, put
            )


def _count_mismatch(item: Item) -> Iterator[Finding]:
    folded = fold(item.text)
    depth = depths(folded)
    for match in _COUNTED.finditer(folded):
        end = match.start()
        start = max(folded.rfind(mark, 0, end) for mark in "，。；：") + 1
        listed = 1 + sum(folded[at] == "、" and depth[at] == depth[start] for at in range(start, end))
        if listed < 2:
            continue
        named = int(match["count"])
        if named != listed:
            excerpt = item.text[match.start("count") : match.end("unit")]
            message = f"写明{named}{match['unit']}，只列出{listed}{match['unit']}，其余请在台账中补齐"
            if named < listed:
                message = f"写明{named}{match['unit']}，却列出{listed}{match['unit']}，请核对"
            yield Finding("count-mismatch", Severity.WARNING, places.item(item.number, places.TEXT), excerpt, message)


def _slips(where: str, text: str) -> Iterator[Finding]:
    for excerpt, meant in typos.slips(text):
        message = f"疑似“{meant}”之误，原文已照录"
        yield Finding("suspected-typo", Severity.WARNING, where, excerpt, message, meant)


def _headings(items: Sequence[Item]) -> Iterator[Finding]:
    """Slips in groups and tasks, each told once, at its first item."""
    for part, pick in ((places.GROUP, lambda item: item.group), (places.TASK, lambda item: item.task)):
        first: dict[str, int] = {}
        for item in items:
            first.setdefault(pick(item), item.number)
        for text, number in first.items():
            yield from _slips(places.item(number, part), text)


def _names(items: Sequence[Item]) -> Iterator[Finding]:
    used = [(item, name) for item in items for name in (*(each.name for each in item.assignees), *item.selectors)]
    near = dict(typos.near_misses(name for _, name in used))
    for item, name in used:
        meant = near.get(name) or typos.doubled(name)
        if meant:
            message = f"疑似“{meant}”之误，原文已照录" if name in near else "末字重复，疑似有误，原文已照录"
            suggestion = meant if name in near else ""
            where = places.item(item.number, places.BODIES)
            yield Finding("suspected-typo", Severity.WARNING, where, name, message, suggestion)


def _unknown(item: Item, lexicon: Lexicon) -> Iterator[Finding]:
    """Names that the register lacks, and names that have been given up."""
    where = places.item(item.number, places.BODIES)
    for assignee in item.assignees:
        # 省工信厅、财政厅: the first name's level holds for those after it
        found = lexicon.resolve(assignee.name) or lexicon.resolve(item.assignees[0].name[:1] + assignee.name)
        if found is None:
            message = "机构名册中没有这个单位，请核对或登记"
            yield Finding("unknown-body", Severity.WARNING, where, assignee.name, message)
        elif found[1]:
            message = f"这是“{found[0].name}”的原名称"
            yield Finding("former-name", Severity.INFO, where, assignee.name, message, found[0].name)
