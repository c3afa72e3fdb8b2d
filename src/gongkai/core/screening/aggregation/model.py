"""What the check of lists reports: files, their lists, columns, smallest groups, and findings. Excerpts are masked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gongkai.core.documents import Document
from gongkai.core.screening.model import Finding


@dataclass(frozen=True, slots=True)
class Source:
    """A file to look at. judged: to be published; otherwise published earlier, and only compared with.

    about: what is said of the file where it is published (the page's title); published_on: since when, where known.
    """

    name: str
    document: Document
    judged: bool = True
    about: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """A column and what it was taken for; `kind` and `role` are "" when it was not recognised and so not judged."""

    heading: str
    kind: str
    label: str
    role: str
    masked: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class GroupReport:
    """A smallest group: its masked values by column, and the first rows it stands in."""

    size: int
    values: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What to do with which column, what k that reaches; exact: nothing cheaper reaches it."""

    steps: tuple[tuple[str, str], ...]
    k: int
    cost: int
    exact: bool


@dataclass(frozen=True, slots=True)
class ListReport:
    """One list. named: it shows names in full; k is None when no column tells people apart."""

    where: str
    rows: int
    columns: tuple[ColumnReport, ...]
    themes: tuple[str, ...]
    lawful: str
    named: bool
    k: int | None
    exposed: int
    smallest: tuple[GroupReport, ...]
    repair: RepairReport | None


@dataclass(slots=True)
class FileReport:
    """One judged file."""

    name: str
    kind: str
    lists: list[ListReport] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    not_examined: tuple[str, ...] = ()
