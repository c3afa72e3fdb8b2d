"""What a column may hold, as declared in columns.yaml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any
from unicodedata import normalize

import yaml


class Role(StrEnum):
    """How a column points at a person."""

    DIRECT = "direct"  # 直接标识
    QUASI = "quasi"  # 准标识
    SENSITIVE = "sensitive"  # 敏感内容
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Step:
    """One coarser form of a column and what the public loses by it."""

    to: str
    cost: int


@dataclass(frozen=True, slots=True)
class Beyond:
    """Which values under which headings tell more of a named person than a posting needs."""

    value: re.Pattern[str]
    heading: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of column; the fields are explained in columns.yaml."""

    key: str
    label: str
    role: Role
    theme: str = ""
    person: bool = False
    excerpt: str = "mask"
    content: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    digits: int = 0
    rebuilt: int = 0
    common: int = 0
    ladder: tuple[Step, ...] = ()
    beyond: Beyond | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """What counts as the same person in two lists."""

    id: str
    label: str
    full: bool | None
    agree: tuple[str, ...]
    digits: tuple[tuple[str, int], ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lawful:
    """A list in which the law has the name shown, and which further details of the person (keys of kinds)."""

    title: re.Pattern[str]
    basis: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All of columns.yaml."""

    kinds: dict[str, Kind]
    headings: dict[str, str]
    endings: dict[str, str]
    counts: frozenset[str]
    masks: frozenset[str]
    surnames: frozenset[str]
    themes: dict[str, tuple[str, ...]]
    lawful: tuple[Lawful, ...]
    never_lawful: frozenset[str]
    owners: tuple[str, ...]
    joins: tuple[Join, ...]


def data(name: str) -> dict[str, Any]:
    """A YAML file of this package."""
    text = files(__package__).joinpath(name).read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 (a safe loader)
    return found


@cache
def rules() -> Rules:
    raw = data("columns.yaml")
    return Rules(
        kinds={row["key"]: _kind(row) for row in raw["kinds"]},
        headings={spelling(word): row["key"] for row in raw["kinds"] for word in row["headings"]},
        endings=raw["endings"],
        counts=frozenset(raw["counts"]),
        masks=frozenset(raw["masks"]),
        surnames=frozenset(raw["surnames"]),
        themes={name: tuple(words) for name, words in raw["themes"].items()},
        lawful=tuple(map(_lawful, raw["lawful_names"])),
        never_lawful=frozenset(raw["never_lawful"]),
        owners=tuple(raw["owners"]),
        joins=tuple(map(_join, raw["joins"])),
    )


def _kind(row: dict[str, Any]) -> Kind:
    fragment = row.get("fragment", {})
    return Kind(
        key=row["key"],
        label=row["label"],
        role=Role(row["role"]),
        theme=row.get("theme", ""),
        person=row.get("person", False),
        excerpt=row.get("excerpt", "mask"),
        content=re.compile(row["content"]) if "content" in row else None,
        unless=re.compile(row["unless"]) if "unless" in row else None,
        digits=fragment.get("digits", 0),
        rebuilt=fragment.get("rebuilt", 0),
        common=fragment.get("common", 0),
        ladder=tuple(Step(step["to"], step["cost"]) for step in row.get("ladder", ())),
        beyond=_beyond(row["beyond"]) if "beyond" in row else None,
    )


def _join(row: dict[str, Any]) -> Join:
    agree, unless = (tuple(row.get(key, ())) for key in ("agree", "unless"))
    return Join(row["id"], row["label"], row.get("full"), agree, tuple(row.get("digits", {}).items()), unless)


def _lawful(row: dict[str, Any]) -> Lawful:
    return Lawful(re.compile(row["title"]), row["basis"], tuple(row.get("details", ())))


def _beyond(row: dict[str, str]) -> Beyond:
    return Beyond(re.compile(row["value"]), re.compile(row.get("heading", "")))


def numbers() -> list[Kind]:
    """The kinds that are numbers of a person, which masks hide in part."""
    return [kind for kind in rules().kinds.values() if kind.rebuilt]


def squeeze(text: str) -> str:
    """Full-width forms folded, white space gone."""
    return "".join(normalize("NFKC", text).split())


def spelling(heading: str) -> str:
    return squeeze(heading).strip(":*").replace("(", "（").replace(")", "）")


def kind_of_heading(heading: str) -> Kind | None:
    """The kind that a heading names, with or without what stands in brackets behind it, or by its ending."""
    key = spelling(heading)
    bare = re.sub(r"（[^（）]*）$", "", key)
    found = rules().headings.get(key) or rules().headings.get(bare) or _by_ending(bare)
    return rules().kinds[found] if found else None


def _by_ending(heading: str) -> str | None:
    return next((kind for ending, kind in rules().endings.items() if heading.endswith(ending)), None)


def owner(heading: str) -> str:
    """Whose the column is, "" for whom the row is about."""
    return next((word for word in rules().owners if word in heading), "")


_ENOUGH = 0.8  # of the values must look alike


def kind_of_content(values: Sequence[str]) -> Kind | None:
    """The kind that the values themselves show, for a column whose heading says nothing."""
    filled = [squeeze(value) for value in values if value.strip()]
    if len(filled) < 3:
        return None
    for kind in rules().kinds.values():
        if kind.content is not None and _share(filled, kind.content) >= _ENOUGH:
            return kind
    if sum(map(looks_like_name, filled)) >= _ENOUGH * len(filled) and 2 * len(set(filled)) > len(filled):
        return rules().kinds["name"]
    return None


def _share(values: Sequence[str], pattern: re.Pattern[str]) -> float:
    return sum(pattern.fullmatch(value) is not None for value in values) / len(values)


def looks_like_name(value: str) -> bool:
    """Two to four characters that begin with a frequent surname; the given name may be masked."""
    return (
        2 <= len(value) <= 4
        and value[0] in rules().surnames
        and all("一" <= each <= "鿿" or each in rules().masks for each in value)
    )


def is_masked(value: str) -> bool:
    return any(each in rules().masks for each in value)
