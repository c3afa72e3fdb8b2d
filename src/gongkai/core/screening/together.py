"""Things that are harmless apart and not together: a name, an aid, an amount in one sentence or row."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.core.screening.persons import people
from gongkai.core.screening.rules.model import Rule

Span = tuple[int, int]
Matcher = Callable[[str, int, int], "Span | None"]

_SUM = re.compile(r"\d[\d,，.]{0,20}\s{0,3}(?:万元|元|块)")
_CELL = re.compile(r"[\t |｜](\d{2,6}(?:\.\d{1,2})?)(?=[\t \n|｜]|$)")
_GROUP = re.compile(
    r"(?:[\u4e00-\u9fff]{1,12}(?:[镇乡]|街道))?[\u4e00-\u9fff]{1,6}(?:村|社区)第?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:村民小)?[组社队]"
)
# Of a primary school, whose pupils are younger, or spoken of as a child; not who teaches there.
_GRADE = re.compile(
    r"(?<![高初中])[一二三四五六](?:年级|[（(]\d{1,2}[)）]班)(?![^。\n]{0,12}(?:老师|教师|主任|组长))"
    r"|幼儿园?[小中大]班"
    r"|(?<![和与各位的对为给请多名众让带教些])小朋友(?!们)"
)
_CHILD_WORD = re.compile(
    r"幼儿|[男女](?:童|孩|婴)|小学生|少年|新生|婚生[子女]|之[子女]|少先队员|儿童|患儿|弃婴|双胞胎|收养人|被监护人|孤儿|小学组[一二三特]等奖|等奖[（(]小学组[）)]|小学组[：:][一二三特]等奖|午餐学生|寄宿学生|小学|(?<![高初])[小中大][一二三四]?班"
    r"|(?<!\d)(?:1[0-3]|\d)周?岁的?|(?<![高初中])[一二三四五六](?:年级|[（(]\d{1,2}[)）]班)(?:[（(]\d{1,2}[)）]班)?(?:学生|同学)?"
)
_CHILD_LIST = re.compile(
    r"(?:学生|幼儿|儿童|新生|入园|[小中大]班)(?!.{0,8}(?:教师|老师|职工|招聘|聘用))[^\n。，]{0,8}(?:名[单册]|录取结果)"
)
_AID_LIST = re.compile(
    r"(?:低保|特困|救助|受助|补助|补贴|慰问|保障)(?:供养)?(?:对象|户|人员|学生|家庭|资金|金)?(?:发放)?(?:公示)?(?:名单|如下|公示)"
    r"|(?:救助|保障|低保|受助)(?:对象|人员|学生)[：:有]|(?:新增|取消|退出|停发)(?:低保|特困)(?:户|人员)?[：:]|公示[：:]"
)
_AID_DECIDED = re.compile(
    r"(?:纳入|享受|取消|退出|停发|申请|符合)了?(?:农村|城市|城乡)?(?:低保|最低生活保障|特困|临时救助|五保)"
)
_NEAR = 8  # code points between a name and what was decided: 一家三口继续
_LINE = 200  # code points
_WORKS = re.compile(r"位于|地点|坐落|工程|项目|建设|经营|施工|实施|地块|用地|养殖|种植|走访|检查|[。；;\n]")
# 不满十四周岁: 个人信息保护法第二十八条. 十四 itself is outside.
_CHILD = re.compile(
    r"(?<!\d)(?:1[0-3]|\d)\s?(?:周)?岁|(?<![一二三四五六七八九])(?:十[一二三]?|[一二两三四五六七八九])(?:周)?岁"
)


def _amount(text: str, start: int, end: int) -> Span | None:
    """From the first to the last sum of money, or bare number in a row."""
    found = None
    if text.find("元", start, end) >= 0 or text.find("块", start, end) >= 0:
        found = _SUM.search(text, start, end)
    found = found or _CELL.search(text, start, end)
    if found is None:
        return None
    *_, last = found.re.finditer(text, found.start(), end)
    return found.start(found.re.groups), last.end(found.re.groups)


def _child_age(text: str, start: int, end: int) -> Span | None:
    match = _CHILD.search(text, start, end) or _GRADE.search(text, start, end)
    return match.span() if match else None


def _people(text: str, start: int, end: int) -> Span | None:
    """From the first to the last name in the stretch."""
    names = people(text, start, end)
    return (names[0][0], max(last for _, last in names)) if names else None


def _people_or_below(text: str, start: int, end: int) -> Span | None:
    """Names in the sentence, or several on each line below a heading (学生名单)."""
    named = _people(text, start, end)
    if named:
        return named
    while text[end : end + 1] == "\n":
        first, last = end + 1, text.find("\n", end + 1, end + 1 + _LINE)
        end = min(len(text), first + _LINE) if last < 0 else last
        if len(names := people(text, first, end)) < 2:
            break
        named = (named[0] if named else names[0][0], max(after for _, after in names))
    return named


def _child_called(text: str, start: int, end: int) -> Span | None:
    """A word for a child right before a name, and the names that follow."""
    if listed := _CHILD_LIST.search(text, start, end):
        return _people_or_below(text, listed.end(), end)
    for match in _CHILD_WORD.finditer(text, start, end):
        named = _people(text, match.start(), end)
        if named and not text[match.end() : named[0]].strip("：: \u3000\t为有"):
            return match.start(), named[1]
    return None


def _aid_status(text: str, start: int, end: int) -> Span | None:
    """A list of who gets aid, or what was decided on somebody's."""
    if listed := _AID_LIST.search(text, start, end):
        return _people_or_below(text, listed.end(), end)
    names = people(text, start, end)
    for match in _AID_DECIDED.finditer(text, start, end):
        for first, last in names:
            if 0 <= match.start() - last <= _NEAR:
                return first, match.end()
    return None


def _home_behind_name(text: str, start: int, end: int) -> Span | None:
    """A group of a village behind a name: where the person lives, unless works or land are spoken of between them."""
    place = _GROUP.search(text, start, end)
    if place is None:
        return None
    names = people(text, start, place.start() + 1)
    return place.span() if names and not _WORKS.search(text, names[0][1], place.start()) else None


MATCHERS: dict[str, Matcher] = {
    "amount": _amount,
    "person": _people,
    "person-or-below": _people_or_below,
    "child-called": _child_called,
    "aid-status": _aid_status,
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
