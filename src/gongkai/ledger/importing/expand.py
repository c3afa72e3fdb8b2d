"""Whom a row is given to: names and selectors become bodies, each once, with role and origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.bodies.models import Body
from gongkai.ledger.importing.entries import Entry
from gongkai.ledger.importing.register import Register
from gongkai.ledger.models import Origin, Role


@dataclass(frozen=True, slots=True)
class Given:
    """A body that gets a row's duties."""

    body: Body
    role: str
    origin: Origin
    by: str  # the name or selector as printed; empty for a body named by hand


@dataclass(frozen=True, slots=True)
class Expansion:
    """Everything a row's expressions mean. `unknown`: names of no registered body; `hollow`: selectors without one."""

    given: tuple[Given, ...]
    unknown: tuple[str, ...]
    hollow: tuple[str, ...]


def expand(entry: Entry, register: Register, names: Mapping[str, int | None]) -> Expansion:
    """The bodies of a row. `names`: what people said an unknown name means; None: no body, leave it out.

    A body that is named keeps its role when a selector (各乡镇人民政府) reaches it as well.
    """
    given: dict[int, Given] = {}
    unknown, hollow = [], []
    for name, role in entry.assignees:
        if name in names and names[name] is None:
            continue
        body = register.bodies.get(names.get(name) or 0) or register.find(name)
        # A list may name bodies that only the register knows as a set, such as 县级执法部门.
        bodies = [body] if body else register.resolve(name)
        _add(given, bodies, role, Origin.NAMED if body else Origin.SELECTOR, name)
        if not bodies:
            unknown.append(name)
    for selector in entry.selectors:
        bodies = register.resolve(selector)
        _add(given, bodies, Role.RESPONSIBLE, Origin.SELECTOR, selector)
        if not bodies:
            hollow.append(selector)
    added = [register.bodies[pk] for pk in entry.added if pk in register.bodies]
    _add(given, added, Role.RESPONSIBLE, Origin.ADDED, "")
    return Expansion(tuple(given.values()), tuple(dict.fromkeys(unknown)), tuple(hollow))


def _add(given: dict[int, Given], bodies: Iterable[Body], role: str, origin: Origin, by: str) -> None:
    for body in bodies:
        given.setdefault(body.pk, Given(body, role, origin, by))
