"""Things that are harmless apart and not together: a name, an aid, an amount in one sentence or row."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

import yaml

from gongkai.core.screening.persons import people
from gongkai.core.screening.rules.model import Rule

Span = tuple[int, int]
Matcher = Callable[[str, int, int], "Span | None"]

_NEAR = 8  # code points between a name and what was decided: 一家三口继续
_LINE = 200  # code points


@cache
def _form(name: str) -> re.Pattern[str]:
    """What `together.yaml` declares under the name."""
    return re.compile("|".join(_declared()[name]))


@cache
def _declared() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(files(__package__).joinpath("together.yaml").read_text("utf-8"))
    return found


def _amount(text: str, start: int, end: int) -> Span | None:
    """From the first to the last sum of money, or bare number in a row."""
    found = None
    if text.find("元", start, end) >= 0 or text.find("块", start, end) >= 0:
        found = _form("sum").search(text, start, end)
    found = found or _form("cell").search(text, start, end)
    if found is None:
        return None
    *_, last = found.re.finditer(text, found.start(), end)
    return found.start(found.re.groups), last.end(found.re.groups)


def _child_age(text: str, start: int, end: int) -> Span | None:
    match = _form("age").search(text, start, end) or _form("grade").search(text, start, end)
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
    if listed := _form("children-listed").search(text, start, end):
        return _people_or_below(text, listed.end(), end)
    for match in _form("child").finditer(text, start, end):
        named = _people(text, match.start(), end)
        if named and not text[match.end() : named[0]].strip("：: \u3000\t为有"):
            return match.start(), named[1]
    return None


def _aid_status(text: str, start: int, end: int) -> Span | None:
    """A list of who gets aid, or what was decided on somebody's."""
    if listed := _form("aid-listed").search(text, start, end):
        return _people_or_below(text, listed.end(), end)
    names = people(text, start, end)
    for match in _form("aid-decided").finditer(text, start, end):
        for first, last in names:
            if 0 <= match.start() - last <= _NEAR:
                return first, match.end()
    return None


def _home_behind_name(text: str, start: int, end: int) -> Span | None:
    """A group of a village behind a name: where the person lives, unless works or land are spoken of between them."""
    place = _form("group").search(text, start, end)
    if place is None:
        return None
    names = people(text, start, place.start() + 1)
    return place.span() if names and not _form("works").search(text, names[0][1], place.start()) else None


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
