"""How alike two names are, by the pairs of characters they share: what suggests a place for a row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.core.notices.folding import fold, squeeze
from gongkai.foundation.registries import Place
from gongkai.standards.models import Row

ENOUGH = 0.45  # from here on a suggestion is worth a person's look; by judgement, on the example catalogues
SURE = 0.8  # from here on a name is as good as the same, and the suggestion is ticked already
MOST = 3  # suggestions for one row
_NOISE = re.compile(r"[^一-龥A-Za-z0-9]|信息公开|公开|信息|情况|事项|工作")


@dataclass(frozen=True, slots=True)
class Suggestion:
    place: Place
    score: float


@lru_cache(maxsize=20_000)
def bigrams(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of a name, without what every name of a column has."""
    kept = _NOISE.sub("", squeeze(fold(text)))
    return (
        Counter(kept[at : at + 2] for at in range(len(kept) - 1)) if len(kept) > 1 else Counter([kept] if kept else [])
    )


def alike(left: str, right: str) -> float:
    """0 to 1 (Dice): twice the pairs they share over all their pairs."""
    one, other = bigrams(left), bigrams(right)
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def contained(name: str, text: str) -> float:
    """0 to 1: how much of the name stands in the text."""
    one = bigrams(name)
    return (one & bigrams(text)).total() / one.total() if one else 0.0


def score(row: Row, place: Place) -> float:
    """How well a place suits a row: by the matter, by the field and 一级事项 above it, a little by its content."""
    matter = alike(row.matter, place.label)
    whole = alike(row.first + row.matter, place.trail + place.label)
    said = contained(place.label, row.content)
    return round(max(matter, 0.85 * whole) * 0.85 + 0.15 * said, 3)


def page_score(row: Row, place: Place) -> float:
    """How well a single page suits a row: by its title first, by what it says of the matter and of its elements."""
    titled = max(alike(row.matter, place.label), contained(row.matter, place.label))
    said = contained(row.matter, place.label + place.text)
    elements = contained(row.content, place.text)
    return round(0.6 * titled + 0.25 * said + 0.15 * elements, 3)


def question(row: Row) -> str:
    """What is looked for among single pages: the matter, without what every name has."""
    return _NOISE.sub("", squeeze(fold(row.matter))) or row.matter


def page_suggestions(rows: Iterable[Row], found: Mapping[str, Sequence[Place]]) -> dict[int, list[Suggestion]]:
    """Row -> the pages found for its question that suit it, best first."""
    suited = {}
    for row in rows:
        scored = [Suggestion(place, page_score(row, place)) for place in found.get(question(row), ())]
        best = sorted((one for one in scored if one.score >= ENOUGH), key=lambda one: (-one.score, one.place.key))
        if best:
            suited[row.pk] = best[:MOST]
    return suited


def suggestions(rows: Iterable[Row], places: Sequence[Place]) -> dict[int, list[Suggestion]]:
    """Row -> the places that suit it best, best first; none where nothing comes near."""
    near: dict[str, set[int]] = {}
    for at, place in enumerate(places):
        for pair in bigrams(place.trail + place.label):
            near.setdefault(pair, set()).add(at)
    found = {}
    for row in rows:
        # What shares no pair with the names of the matter cannot come near.
        candidates = set().union(*(near.get(pair, set()) for pair in bigrams(row.first + row.matter)))
        candidates |= set().union(*(near.get(pair, set()) for pair in bigrams(row.matter)))
        scored = [Suggestion(places[at], score(row, places[at])) for at in candidates]
        best = sorted((one for one in scored if one.score >= ENOUGH), key=lambda one: (-one.score, one.place.key))
        if best:
            found[row.pk] = best[:MOST]
    return found
