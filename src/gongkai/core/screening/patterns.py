"""Rules by pattern: tried only around their triggers, each stretch of text once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.core.screening.contexts import quiet, stands_as_mark
from gongkai.core.screening.hits import Hit
from gongkai.core.screening.identifiers import IDENTIFIERS
from gongkai.core.screening.rules.model import Rule
from gongkai.core.screening.sentences import sentences_of
from gongkai.core.screening.together import stretch_together

_HEAD = 2000  # code points: lines of a heading are short


class PatternRules:
    """All rules with a pattern or with things that must stand together."""

    def __init__(self, rules: Iterable[Rule], whitelist: Iterable[str] = ()) -> None:
        rules = [rule for rule in rules if rule.pattern or rule.together]
        self._triggered = {rule.id: rule for rule in rules if rule.triggers}
        self._always = [rule for rule in rules if not rule.triggers]
        self._official = {entry.lower().lstrip("@") for entry in whitelist}

    def judge(self, text: str, triggered: dict[str, list[tuple[int, int]]]) -> Iterator[Hit]:
        """What the patterns find around the triggers that were seen."""
        for rule in self._always:
            yield from self._tried(rule, text, 0, _head(text, rule.head) if rule.head else len(text))
        for name, places in triggered.items():
            rule = self._triggered[name]
            if rule.head:
                if places[0][1] > _HEAD:
                    continue
                end = _head(text, rule.head)
                places = [place for place in places if place[1] <= end]
            if rule.together:
                for start, end, place in sentences_of(text, places):
                    stretch = stretch_together(rule, text, start, end, place)
                    if stretch and not quiet(rule, text, *stretch):
                        yield Hit(rule, *stretch)
            else:
                for start, end in _windows(places, rule.reach, len(text)):
                    yield from self._tried(rule, text, start, end)

    def _tried(self, rule: Rule, text: str, start: int, end: int) -> Iterator[Hit]:
        assert rule.pattern is not None  # noqa: S101
        for match in rule.pattern.finditer(text, start, end):
            first, last = match.span(rule.group)
            if first == last or quiet(rule, text, first, last):
                continue
            if rule.position == "mark" and not stands_as_mark(text, first, last):
                continue
            if rule.identifier and not IDENTIFIERS[rule.identifier](text[first:last]):
                continue
            if rule.identifier and self._is_official(text[first:last]):
                continue
            yield Hit(rule, first, last)

    def _is_official(self, written: str) -> bool:
        """On the whitelist as a whole, or an address of a domain on it."""
        return bool(self._official) and not self._official.isdisjoint(
            (written.lower(), written.lower().rpartition("@")[2])
        )


def _windows(places: list[tuple[int, int]], reach: int, length: int) -> Iterator[tuple[int, int]]:
    """The stretches around the triggers; those that touch are one, so that nothing is looked at twice."""
    low = high = -1
    for start, end in places:
        first, last = max(0, start - reach), min(length, end + reach)
        if first <= high:
            high = max(high, last)
            continue
        if high > 0:
            yield low, high
        low, high = first, last
    if high > 0:
        yield low, high


def _head(text: str, lines: int) -> int:
    """Where the first so many lines end."""
    at = -1
    for _ in range(lines):
        at = text.find("\n", at + 1, _HEAD)
        if at < 0:
            return min(len(text), _HEAD)
    return at
