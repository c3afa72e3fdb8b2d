"""What every family of notice is read into first: items as printed, before names, deadlines and targets are read."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.core.notices.model import Finding, Requirement, Role


@dataclass(frozen=True, slots=True)
class Naming:
    """One text that names bodies: the heading of its column or its label, the role that gives, the text."""

    label: str
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class RawItem:
    """An item as printed. `deadline` is None where the notice has no place for one.

    `blank` names the parts whose cells were empty and were read as the row above.
    """

    number: int | None
    group_number: int | None
    group: str
    task_number: int | None
    task: str
    text: str
    namings: tuple[Naming, ...] = ()
    deadline: str | None = None
    blank: tuple[str, ...] = ()
    goal: str = ""


@dataclass(frozen=True, slots=True)
class RawPlan:
    """Items as printed, and what was found on the way. `body_columns`: how many columns named bodies (0 in prose)."""

    items: tuple[RawItem, ...]
    findings: tuple[Finding, ...] = ()
    body_columns: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """A plan found in running lines: the lines in front of it, and the prose sections that are not items."""

    plan: RawPlan
    before: list[str]
    requirements: tuple[Requirement, ...] = ()
