"""The fields of an article, and which of a source's own fields stands for each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Field:
    """字段. names: what sources call it, folded, best first."""

    key: str
    label: str
    names: tuple[str, ...]
    required: bool = False


@cache
def _load() -> tuple[Field, ...]:
    rows = yaml.safe_load(files(__package__).joinpath("fields.yaml").read_text("utf-8"))
    return tuple(Field(row["key"], row["label"], tuple(row["names"]), row.get("required", False)) for row in rows)


FIELDS = _load()


def guess(names: Iterable[str]) -> dict[str, str]:
    """Key of a field -> the name it has in the source, as far as it is known; each name is taken once."""
    there = {_fold(name): name for name in reversed(list(names))}
    found = {}
    for field in FIELDS:
        name = next((there.pop(one) for one in field.names if one in there), None)
        if name is not None:
            found[field.key] = name
    return found


def _fold(name: str) -> str:
    return re.sub(r"[\s_\ufeff-]", "", name).lower()
