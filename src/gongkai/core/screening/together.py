"""Things that are harmless apart and not together: a name, an aid, an amount in one sentence or row."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.core.screening.rules.model import Rule

Matcher = Callable[[str, int, int], "tuple[int, int] | None"]
_AMOUNT = re.compile(r"\d[\d,，.]*\s*(?:万元|元|块)")


def _amount(text: str, start: int, end: int) -> tuple[int, int] | None:
    match = _AMOUNT.search(text, start, end)
    return match.span() if match else None


def _person(text: str, start: int, end: int) -> tuple[int, int] | None:
    from gongkai.core.screening.persons import find_person

    return find_person(text, start, end)


MATCHERS: dict[str, Matcher] = {"amount": _amount, "person": _person}


def stretch_together(rule: Rule, text: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch from the first to the last of what must stand together, None when something is missing."""
    spans = []
    for name in rule.together:
        span = MATCHERS[name](text, start, end)
        if span is None:
            return None
        spans.append(span)
    for trigger in rule.triggers:
        at = text.find(trigger, start, end)
        if at >= 0:
            spans.append((at, at + len(trigger)))
            break
    return min(span[0] for span in spans), max(span[1] for span in spans)
