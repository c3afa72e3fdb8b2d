"""Suspected typing slips: set phrases with one character missing or wrong, and names that nearly are others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import yaml

from gongkai.core.notices.folding import fold

_SHORTEST = 5  # characters of a name: shorter ones have too many honest neighbours
_NUMERALS = "一二三四五六七八九十0123456789东西南北上下"


# 实现服务业 holds 现服务业, which is no slip of 现代服务业.
_WITHIN = "实发表体呈再出展"


@cache
def _phrases() -> dict[str, list[str]]:
    text = files(__package__).joinpath("phrases.yaml").read_text("utf-8")
    data: dict[str, list[str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return data


@cache
def _variants() -> dict[str, str]:
    """Every phrase with a character missing -> the phrase meant."""
    right = [phrase for phrases in _phrases().values() for phrase in phrases]
    found = {}
    for phrase in _phrases()["missing"]:
        for at in range(2, len(phrase) - 1):
            variant = phrase[:at] + phrase[at + 1 :]
            if not any(variant in other for other in right):
                found[variant] = phrase
    return found


@cache
def _altered() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of phrases with a character wrong."""
    right = "|".join(_phrases()["right"])
    return tuple(
        (re.compile(rf"(?<![{_WITHIN}])(?!{right}){phrase[:at]}[^{phrase[at]}\W]{phrase[at + 1 :]}"), phrase)
        for phrase in _phrases()["altered"]
        for at in range(1, len(phrase) - 1)
    )


def slips(text: str) -> Iterator[tuple[str, str]]:
    """What looks wrong in a text, and what was probably meant."""
    folded = fold(text)
    seen: set[int] = set()
    for variant, phrase in _variants().items():
        at = folded.find(variant)
        if at >= 0:
            seen.add(at)
            yield text[at : at + len(variant)], phrase
    for pattern, phrase in _altered():
        if (match := pattern.search(folded)) and match.start() not in seen:
            seen.add(match.start())
            yield text[match.start() : match.end()], phrase


def doubled(name: str) -> str | None:
    """A name whose last character is typed twice (国有企企), without the second; None when it is not."""
    return name[:-1] if len(name) > 2 and name[-1] == name[-2] else None


def near_misses(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names that occur once and differ in one character from a name that the notice repeats."""
    counts = Counter(names)
    common = [name for name, count in counts.items() if count >= 3]
    for name, count in counts.items():
        if count == 1 and len(name) >= _SHORTEST:
            meant = next((other for other in common if _one_apart(name, other)), None)
            if meant:
                yield name, meant


def _one_apart(name: str, other: str) -> bool:
    """One character missing or added inside, or (in long names) one wrong."""
    if len(name) == len(other):
        wrong = [(a, b) for a, b in zip(name, other, strict=True) if a != b]
        return (
            len(wrong) == 1
            and len(name) > _SHORTEST + 1
            and not any(a in _NUMERALS for a in wrong[0])
            and name[0] == other[0]
        )
    short, long = sorted((name, other), key=len)
    return len(long) - len(short) == 1 and any(short == long[:at] + long[at + 1 :] for at in range(1, len(long) - 1))
