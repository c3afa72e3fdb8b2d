"""One declared rule: what it looks for, when it keeps quiet, what it says, and on what ground."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.core.screening.model import Category, Severity


class RuleError(ValueError):
    """A file of rules that cannot be used: one line in Chinese that names file, line and what to do."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its YAML declares it.

    words: literal words that are themselves the suspicion.
    spaced: the words are also found letter-spaced (内 部 资 料).
    triggers, pattern, reach: the pattern is tried around each trigger, at most `reach` code points to both sides and
        never beyond the line unless `lines`; without triggers the pattern is tried on the whole text.
    group: the group of the pattern that is the suspicious stretch (0: the whole match).
    identifier: name of a check of `identifiers`, for numbers; the number must pass it.
    together: names of matchers of `together`, all of which must speak in the sentence or row of a trigger.
    context, within: one of these words must stand within so many code points before the stretch, or in its heading.
    allowed: a hit inside one of these longer strings is right.
    unless_before, unless_after: a hit is right when the text just before (after) it matches.
    positions: "mark" — the hit must stand like a mark: alone on its line, in brackets, or after a blank.
    mask: how the stretch may be shown and replaced, a form of `masks`; "" shows it as it is, "none" shows nothing.
    rank: which of two rules of one severity wins on the same stretch: the higher.
    basis: the article or standard; origin: "verified", "recalled" or "own" (our own rule).
    """

    id: str
    category: Category
    severity: Severity
    message: str
    suggestion: str
    basis: str
    origin: str
    words: tuple[str, ...] = ()
    spaced: bool = False
    triggers: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    reach: int = 40
    group: int = 0
    head: int = 0
    identifier: str = ""
    together: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    within: int = 20
    allowed: tuple[str, ...] = ()
    unless_before: re.Pattern[str] | None = None
    unless_after: re.Pattern[str] | None = None
    position: str = ""
    mask: str = ""
    rank: int = 0
    line: int = field(default=0, compare=False)
