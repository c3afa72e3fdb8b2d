"""Things that are harmless apart and not together: a name, an aid, an amount in one sentence or row."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.core.screening.persons import find_person
from gongkai.core.screening.rules.model import Rule

Span = tuple[int, int]
Matcher = Callable[[str, int, int], "Span | None"]

_SUM = re.compile(r"\d[\d,，.]{0,20}\s{0,3}(?:万元|元|块)")
_CELL = re.compile(r"[\t ](\d{2,6}(?:\.\d{1,2})?)(?=[\t \n]|$)")
_GROUP = re.compile(
    r"(?:[\u4e00-\u9fff]{1,12}(?:[镇乡]|街道))?[\u4e00-\u9fff]{1,6}(?:村|社区)第?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:村民小)?[组社队]"
)
# Of a primary school, whose pupils are younger, or spoken of as a child; not who teaches there.
_GRADE = re.compile(
    r"(?<![高初中])[一二三四五六](?:年级|[（(]\d{1,2}[)）]班)(?![^。\n]{0,12}(?:老师|教师|主任|组长))"
    r"|(?<![和与各位的对为给请多名众让带教些])小朋友(?!们)"
)
_LINE = 200  # code points
_WORKS = re.compile(r"位于|地点|坐落|工程|项目|建设|经营|施工|实施|地块|用地|养殖|种植|走访|检查|[。；;\n]")
# 不满十四周岁: 个人信息保护法第二十八条. 十四 itself is outside.
_CHILD = re.compile(
    r"(?<!\d)(?:1[0-3]|\d)\s?(?:周)?岁|(?<![一二三四五六七八九])(?:十[一二三]?|[一二两三四五六七八九])(?:周)?岁"
)


def _amount(text: str, start: int, end: int) -> Span | None:
    """A sum of money, or a bare number in a row."""
    if (text.find("元", start, end) >= 0 or text.find("块", start, end) >= 0) and (
        match := _SUM.search(text, start, end)
    ):
        return match.span()
    match = _CELL.search(text, start, end)
    return match.span(1) if match else None


def _child_age(text: str, start: int, end: int) -> Span | None:
    match = _CHILD.search(text, start, end) or _GRADE.search(text, start, end)
    return match.span() if match else None


def _person_or_below(text: str, start: int, end: int) -> Span | None:
    """A name in the sentence, or the first of several on the line below a heading (学生名单)."""
    if (person := find_person(text, start, end)) or text[end : end + 1] != "\n":
        return person
    last = text.find("\n", end + 1, end + 1 + _LINE)
    last = min(len(text), end + 1 + _LINE) if last < 0 else last
    first = find_person(text, end + 1, last)
    return first if first and find_person(text, first[1], last) else None


def _home_behind_name(text: str, start: int, end: int) -> Span | None:
    """A group of a village behind a name: where the person lives, unless works or land are spoken of between them."""
    place = _GROUP.search(text, start, end)
    if place is None:
        return None
    person = find_person(text, start, place.start() + 1)
    return place.span() if person and not _WORKS.search(text, person[1], place.start()) else None


MATCHERS: dict[str, Matcher] = {
    "amount": _amount,
    "person": find_person,
    "person-or-below": _person_or_below,
    "child-age": _child_age,
    "home-behind-name": _home_behind_name,
}


def stretch_together(rule: Rule, text: str, start: int, end: int, place: Span) -> Span | None:
    """The stretch over the trigger at `place` and all that must stand with it; None when one is missing.

    start, end: the sentence or row.
    """
    first, last = place
    for name in rule.together:
        span = MATCHERS[name](text, start, end)
        if span is None:
            return None
        first, last = min(first, span[0]), max(last, span[1])
    return first, last
