"""网页标签: which tags a page of a government site carries, and how the marks of a site are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


class Group(StrEnum):
    """网站标签, 栏目标签, 内容页标签."""

    SITE = "site"
    COLUMN = "column"
    CONTENT = "content"


class PageKind(StrEnum):
    """首页, 栏目页, 内容页."""

    HOME = "home"
    COLUMN = "column"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Tag:
    """A `<meta name=… content=…>`; one that is required stands on every page of its group and is never empty."""

    name: str
    label: str
    group: Group
    required: bool
    origin: str


@cache
def _table() -> dict[str, Any]:
    return dict(yaml.safe_load(files(__package__).joinpath("markup.yaml").read_text("utf-8")))


@cache
def tags() -> tuple[Tag, ...]:
    """All tags in the order of the annex."""
    return tuple(Tag(**row | {"group": Group(row["group"])}) for row in _table()["tags"])


def tags_of(kind: PageKind) -> tuple[Tag, ...]:
    """The tags that a page of this kind may carry."""
    groups = _table()["pages"][kind]["groups"]
    return tuple(tag for tag in tags() if tag.group in groups)


def missing(found: Mapping[str, str], kind: PageKind) -> list[str]:
    """The names of required tags that are absent or empty. Names are compared without regard to case."""
    filled = {name.casefold() for name, value in found.items() if value.strip()}
    return [tag.name for tag in tags_of(kind) if tag.required and tag.name.casefold() not in filled]


def fits(mark: str, text: str) -> bool:
    """Whether `text` is written as `mark` (code, icp, police, moment) demands; unknown marks raise KeyError."""
    return re.fullmatch(_table()["patterns"][mark]["pattern"], text) is not None
