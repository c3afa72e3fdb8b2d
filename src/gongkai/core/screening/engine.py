"""The screener: one pass for all words, one for numbers, and a closer look only where either saw something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache

from gongkai.core.screening.findings import entry_findings, finding
from gongkai.core.screening.hits import Hit, settle
from gongkai.core.screening.lexicon import Lexicon, standard_lexicons
from gongkai.core.screening.model import Finding
from gongkai.core.screening.normalise import Clean, normalise
from gongkai.core.screening.numbers import NumberRules
from gongkai.core.screening.patterns import PatternRules
from gongkai.core.screening.rules import Rule, RuleError, load_rules
from gongkai.core.screening.version import digest
from gongkai.core.screening.words import Words


class Screener:
    """Judges texts by rules and lexicons. Making one costs tens of milliseconds, so make it once and keep it.

    on: the day on which lexicon entries must be valid and a holder's age is counted; None: every entry, no ages.
    whitelist: official telephone numbers, e-mail addresses and domains that may be published, in any spelling.
    version: digest of rules and lexicons; two screeners of one version find the same in the same text.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        lexicons: Iterable[Lexicon] = (),
        *,
        on: date | None = None,
        whitelist: Iterable[str] = (),
    ) -> None:
        self.rules = tuple(rules)
        self.lexicons = tuple(lexicons)
        self.on = on
        ids = [rule.id for rule in self.rules]
        if twice := next((rule for rule in ids if ids.count(rule) > 1), None):
            raise RuleError(f"规则 {twice} 重复，请改用别的 id")
        self._words = Words(self.rules, self.lexicons, on)
        official = frozenset(whitelist)
        self._patterns = PatternRules(self.rules, official)
        self._numbers = NumberRules(self.rules, official, on)

    @classmethod
    def standard(cls, *, on: date | None = None, whitelist: Iterable[str] = ()) -> Screener:
        """The rules and lexicons that come with the product."""
        return _standard(on, tuple(sorted(set(whitelist))))

    @property
    def version(self) -> str:
        return _version(self.rules, self.lexicons)

    def screen(self, text: str) -> list[Finding]:
        """What is suspicious in `text`, sorted by place; offsets are code points of `text`."""
        seen = self._words.find(text)
        if places := self._words.noise_in(seen):
            clean = normalise(text, places)
            return self._judge(clean.text, self._words.find(clean.text), clean)
        return self._judge(text, seen, None)

    def _judge(self, text: str, seen: Sequence[tuple[int, int, int]], clean: Clean | None) -> list[Finding]:
        hits: list[Hit] = []
        triggered, entries = self._words.sort_out(text, seen, hits)
        hits += self._numbers.judge(text)
        hits += self._patterns.judge(text, triggered)
        found = [finding(hit, text, clean) for hit in settle(hits)] if hits else []
        if entries:
            found += entry_findings(entries, text, clean)
        if len(found) > 1:
            found.sort(key=lambda one: (one.start, one.end, one.rule))
        return found


@lru_cache(maxsize=4)
def _standard(on: date | None, whitelist: tuple[str, ...]) -> Screener:
    return Screener(load_rules(), standard_lexicons(), on=on, whitelist=whitelist)


@cache
def _version(rules: tuple[Rule, ...], lexicons: tuple[Lexicon, ...]) -> str:
    return digest(rules, lexicons)
