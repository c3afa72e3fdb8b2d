"""The rules that are in force for a county on a day, and the version they have."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from gongkai.bodies.models import Body
from gongkai.core.screening import Lexicon, Screener, load_rules, parse_lexicon
from gongkai.core.screening.lexicon import standard_lexicons
from gongkai.review.models import WordList


def county_of(body_id: int) -> int:
    """The county that the body belongs to."""
    return Body.objects.filter(pk=body_id).values_list("county_id", flat=True).get() or body_id


def screener_of(county_id: int | None, on: date) -> Screener:
    """The product's own rules and, of a county, its word lists of that day. The same lists give the same screener."""
    if not county_id:
        return Screener.standard(on=on)
    lists = WordList.objects.filter(county=county_id).active(on)
    named = tuple(lists.order_by("name", "version").values_list("pk", "digest"))
    return _with_lists(on, named) if named else Screener.standard(on=on)


@lru_cache(maxsize=4)
def version_of(rules: Screener) -> str:
    """Changes when rules or lists do, and on days when words of them come into force or go out of it."""
    entries = [entry for lexicon in rules.lexicons for entry in lexicon.entries] if rules.on else []
    begun = sum(entry.valid_from is not None and entry.valid_from <= rules.on for entry in entries if rules.on)
    ended = sum(entry.valid_to is not None and entry.valid_to < rules.on for entry in entries if rules.on)
    return f"{rules.version}.{begun}.{ended}"


@lru_cache(maxsize=4)
def _with_lists(on: date, lists: tuple[tuple[int, str], ...]) -> Screener:
    """`lists`: number and digest of each; building it for 100,000 words takes a second, so it is kept."""
    rows = WordList.objects.in_bulk([number for number, _digest in lists])
    own = [_lexicon(rows[number]) for number, _digest in lists]
    return Screener(load_rules(), (*standard_lexicons(), *own), on=on)


def _lexicon(row: WordList) -> Lexicon:
    return Lexicon(row.name, parse_lexicon(row.content, row.name).entries)
