"""Numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from gongkai.core.screening.hits import Hit
from gongkai.core.screening.rules.model import Rule


class NumberRules:
    def __init__(self, rules: Iterable[Rule], whitelist: frozenset[str], on: date | None) -> None:
        self._rules = {rule.identifier: rule for rule in rules if rule.identifier}

    def judge(self, text: str) -> Iterator[Hit]:
        yield from ()
