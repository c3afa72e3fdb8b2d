"""The table of verbs: who may use which service function, on which body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from gongkai.foundation.access.roles import Audience, Role
from gongkai.foundation.registries import Label, Registry


@dataclass(frozen=True, slots=True)
class Verb:
    """One row of the table. `body` is the path from an argument to the body it concerns, such as `item.body_id`."""

    key: str
    label: Label
    roles: frozenset[Role | Audience]
    body: str | None
    system: bool
    function: Callable[..., Any] = field(compare=False)

    def body_id(self, arguments: Mapping[str, Any]) -> int | None:
        if self.body is None:
            return None
        name, _, path = self.body.partition(".")
        value = attrgetter(path)(arguments[name]) if path else arguments[name]
        return int(value) if value is not None else None


verbs: Registry[Verb] = Registry("verbs")
