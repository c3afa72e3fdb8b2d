"""一级要求: the twenty checks, and what the findings of axe-core say about each of them.

A machine alone never says that a page meets level one, only that it found nothing against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


class Auto(StrEnum):
    """How much of a check a machine can do."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


class Result(StrEnum):
    """通过, 不通过, 不适用, 待人工判定."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    NOT_APPLICABLE = "n/a"
    REVIEW = "needs-review"


@dataclass(frozen=True, slots=True)
class Check:
    """One of the twenty; `criterion` is that of WCAG, `rules` those of axe-core that prove it."""

    id: str
    theme: str
    criterion: str
    auto: Auto
    rules: tuple[str, ...]


@cache
def checks() -> tuple[Check, ...]:
    """A01 to A20."""
    rows = yaml.safe_load(files(__package__).joinpath("level_one.yaml").read_text("utf-8"))["checks"]
    return tuple(Check(**row | {"auto": Auto(row["auto"]), "rules": tuple(row["rules"])}) for row in rows)


def rules() -> list[str]:
    """Every rule that is to be run, each once."""
    return sorted({rule for check in checks() for rule in check.rules})


def judge(response: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, Result]:
    """The result of each check on one page, from axe's response (violations, incomplete, passes)."""
    seen = {part: {rule["id"] for rule in response.get(part, ())} for part in ("violations", "incomplete", "passes")}
    return {check.id: _result(check, seen) for check in checks()}


def _result(check: Check, seen: Mapping[str, set[str]]) -> Result:
    rules = set(check.rules)
    if rules & seen["violations"]:
        return Result.FAIL
    if check.auto is not Auto.WHOLE or rules & seen["incomplete"]:
        return Result.REVIEW
    return Result.PASS if rules & seen["passes"] else Result.NOT_APPLICABLE
