"""The sample tables as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Sample:
    """样表: its name, what it is also called, the documents that must have it, its rules (kind -> arguments).

    facts: the labels beside which the main figures stand, by their name in the declarations.
    """

    name: str
    also: tuple[str, ...]
    required: tuple[str, ...]
    rules: tuple[Mapping[str, Any], ...]
    facts: Mapping[str, str]

    def is_called(self, words: Sequence[str]) -> bool:
        """Whether one of `words` (the name of a sheet, the title above a table) names this table."""
        return any(name in said.replace(" ", "") for said in words for name in (self.name, *self.also))


@cache
def samples() -> tuple[Sample, ...]:
    rows = yaml.safe_load(Path(__file__).with_name("samples.yaml").read_text("utf-8"))
    return tuple(
        Sample(row["name"], tuple(row["also"]), tuple(row["required"]), tuple(row["rules"]), row.get("facts", {}))
        for row in rows
    )
