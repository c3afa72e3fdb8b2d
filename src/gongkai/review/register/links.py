"""One entry as a row of plain values, its canonical text, and the digest that the next one holds."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from gongkai.foundation.spreadsheets import printable
from gongkai.review.digests import sm3

START = "0" * 64  # what the first entry holds as the digest of the one before it


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it stands in the database."""

    number: int
    release: int | None
    what: str
    actor: int | None
    at: datetime
    facts: Any
    previous: str
    digest: str = ""

    def sealed(self) -> Link:
        return replace(self, digest=self.computed())

    def computed(self, number: int | None = None) -> str:
        """The digest that the row must have, as it is or as if it bore another number."""
        row = {
            "number": self.number if number is None else number,
            "release": self.release,
            "what": self.what,
            "actor": self.actor,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "facts": self.facts,
            "previous": self.previous,
        }
        return sm3(json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def plain(value: Any) -> Any:
    """Facts as every database gives them back: texts, whole numbers, yes and no, lists and tables of these.

    TypeError for anything else: a value that comes back otherwise than it went in would break the chain.
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            return printable(str(value))
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case dict():
            return {printable(str(key)): plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} cannot stand in the register")
