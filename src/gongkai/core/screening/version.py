"""The version of a set of rules and lexicons: what was screened with another version may have to be screened again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from gongkai.core.screening.lexicon import Entry, Lexicon
from gongkai.core.screening.rules.model import Rule

# Raised when the code judges the same rules differently.
ENGINE = 2
_NOT_JUDGING = {"line", "basis", "origin"}


def digest(rules: Iterable[Rule], lexicons: Iterable[Lexicon]) -> str:
    """Sixteen hexadecimal digits over everything that decides what is found and how it is put."""
    said = {
        "engine": ENGINE,
        "rules": [_plain(rule) for rule in rules],
        "lexicons": [[lexicon.name, [_plain(entry) for entry in lexicon.entries]] for lexicon in lexicons],
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(thing: Rule | Entry) -> dict[str, object]:
    return {field.name: _value(getattr(thing, field.name)) for field in fields(thing) if field.name not in _NOT_JUDGING}


def _value(value: object) -> object:
    if isinstance(value, re.Pattern):
        return value.pattern
    if isinstance(value, date):
        return value.isoformat()
    return value
