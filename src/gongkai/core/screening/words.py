"""One automaton for all words: lexicons, words of rules, triggers of patterns, and the noise that hides them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from daachorse import CharwiseDoubleArrayAhoCorasick

from gongkai.core.screening.contexts import Allowed, stands_as_mark
from gongkai.core.screening.hits import Hit
from gongkai.core.screening.lexicon import Entry, Lexicon
from gongkai.core.screening.normalise import noise
from gongkai.core.screening.rules.model import Rule

# What may stand between the characters of a letter-spaced word.
_SPACES = ("", " ", "  ", "   ", "\u3000", "\u3000\u3000", "\xa0", "\t", "·", "-", "\n")
_NEVER = "\ue000\ue001\ue000"  # private use: an automaton needs one word at least


@dataclass(frozen=True, slots=True)
class EntryUse:
    """A word of a lexicon."""

    rule: str
    entry: Entry
    allowed: Allowed | None


@dataclass(frozen=True, slots=True)
class WordUse:
    """A word that is itself a rule's suspicion."""

    rule: Rule
    allowed: Allowed | None


@dataclass(frozen=True, slots=True)
class TriggerUse:
    """A word around which a rule (its id) looks closer."""

    rule: str


Use = EntryUse | WordUse | TriggerUse
Triggered = dict[str, list[tuple[int, int]]]


class Words:
    """`uses[i]` is what the i-th word of the automaton is for."""

    def __init__(self, rules: Iterable[Rule], lexicons: Iterable[Lexicon], on: date | None) -> None:
        # Noise comes first, so that a number tells whether a text must be normalised.
        table: defaultdict[str, list[Use]] = defaultdict(list, {character: [] for character in noise()})
        self._noise = len(table)
        for lexicon in lexicons:
            for entry in lexicon.entries:
                if entry.valid(on):
                    allowed = Allowed(entry.word, entry.contexts) if entry.contexts else None
                    table[entry.word].append(EntryUse(lexicon.rule, entry, allowed))
        for rule in rules:
            for word in rule.words:
                allowed = Allowed(word, rule.allowed) if rule.allowed else None
                for spelling in _spellings(word) if rule.spaced else (word,):
                    table[spelling].append(WordUse(rule, allowed))
            for trigger in rule.triggers:
                for spelling in _spellings(trigger) if rule.spaced else (trigger,):
                    table[spelling].append(TriggerUse(rule.id))
        table.setdefault(_NEVER, [])
        self.uses: list[tuple[Use, ...]] = [tuple(uses) for uses in table.values()]
        self.find = CharwiseDoubleArrayAhoCorasick(list(table)).find_overlapping

    def noise_in(self, seen: Iterable[tuple[int, int, int]]) -> list[int]:
        """Where characters stand that call for normalisation."""
        noise = self._noise
        return [start for start, _, index in seen if index < noise]

    def sort_out(
        self, text: str, seen: Sequence[tuple[int, int, int]], hits: list[Hit]
    ) -> tuple[Triggered, list[tuple[int, int, str, Entry]]]:
        """Append the hits of rules by words; the places where patterns must be tried, and the lexicons' words."""
        triggered: Triggered = defaultdict(list)
        entries: list[tuple[int, int, str, Entry]] = []
        uses = self.uses
        for start, end, index in seen:
            for use in uses[index]:
                if type(use) is TriggerUse:
                    triggered[use.rule].append((start, end))
                elif type(use) is EntryUse:
                    if use.allowed is None or not use.allowed.holds(text, start):
                        entries.append((start, end, use.rule, use.entry))
                elif isinstance(use, WordUse) and _suspicious(use, text, start, end):
                    hits.append(Hit(use.rule, start, end))
        return triggered, entries


def _suspicious(use: WordUse, text: str, start: int, end: int) -> bool:
    if use.allowed is not None and use.allowed.holds(text, start):
        return False
    return use.rule.position != "mark" or stands_as_mark(text, start, end)


def _spellings(word: str) -> Iterable[str]:
    """The word as it is, and with the same space between every two characters."""
    return (space.join(word) for space in _SPACES)
