"""Where checks are registered by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gongkai.foundation.registries import Registry

if TYPE_CHECKING:
    from gongkai.disclosure.models import RecordPage

Problem = tuple[str, str]
Function = Callable[["RecordPage", dict[str, Any]], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Check:
    """核对: the name by which declarations call it, and what it does."""

    key: str
    function: Function = field(compare=False)


checks: Registry[Check] = Registry("checks of kinds")


def check(key: str) -> Callable[[Function], Function]:
    """Register the function under this name."""

    def declare(function: Function) -> Function:
        checks.register(Check(key, function))
        return function

    return declare


def label(record: RecordPage, key: str) -> str:
    return record.declared.field(key).label


def number(record: RecordPage, key: str) -> Decimal | None:
    value = record.fields.get(key)
    return None if value is None else Decimal(value)


def day(record: RecordPage, key: str) -> date | None:
    """The day of a date or a moment; `formed_on` and `published_on` of the record itself."""
    if key in ("formed_on", "published_on"):
        return getattr(record, key)
    value = record.fields.get(key)
    return None if value is None else date.fromisoformat(value[:10])
