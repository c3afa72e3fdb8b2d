"""The Catalogue: what reading a standard catalogue (公开事项标准目录) returns, with its keys as they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gongkai.core.catalogues.clauses import Limit


class Severity(StrEnum):
    """error: the row cannot be used as it stands; warning: look at it; info: how it was understood."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class NoCatalogue(Exception):
    """The document holds no catalogue: `str()` is one line in Chinese that says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What could not be read, or was read with a guess. where: sheet!cell, or the table's row in words."""

    where: str
    severity: Severity
    message: str
    excerpt: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {
            "where": self.where,
            "severity": self.severity.value,
            "message": self.message,
            "excerpt": self.excerpt,
        }


@dataclass(frozen=True, slots=True)
class Row:
    """公开事项: one line of a catalogue.

    field: name of its field (领域) as in fields.yaml, else as printed.
    first, second, third: 一级, 二级, 三级事项; the deepest one that is filled names the matter.
    basis: documents and articles one by one, as printed; channels: keys of words.yaml; others: channels as printed
    that the closed list has not.
    audience: all, specific; modes: proactive, on-request; levels: province, city, county, township, village.
    where: sheet!cell of the row's first own cell.
    """

    field: str
    number: str
    first: str
    second: str
    third: str
    content: str
    basis: tuple[str, ...]
    limit: Limit
    body: str
    channels: tuple[str, ...]
    others: tuple[str, ...]
    audience: tuple[str, ...]
    audience_text: str
    modes: tuple[str, ...]
    levels: tuple[str, ...]
    note: str
    where: str

    @property
    def matter(self) -> str:
        """What the row is called: its deepest 事项."""
        return self.third or self.second or self.first

    @property
    def needs_page(self) -> bool:
        """Whether the row owes a public page: 主动 + 全社会, or on the web site; never 依申请 or 特定群众 alone."""
        if self.audience == ("specific",) or self.modes == ("on-request",):
            return False
        return ("all" in self.audience and "proactive" in self.modes) or "website" in self.channels

    def to_dict(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "number": self.number,
            "first": self.first,
            "second": self.second,
            "third": self.third,
            "content": self.content,
            "basis": list(self.basis),
            "limit": self.limit.to_dict(),
            "body": self.body,
            "channels": list(self.channels),
            "others": list(self.others),
            "audience": list(self.audience),
            "audience_text": self.audience_text,
            "modes": list(self.modes),
            "levels": list(self.levels),
            "needs_page": self.needs_page,
            "note": self.note,
            "where": self.where,
        }


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A file's catalogues: one title, the rows of all its sheets, the notes under its tables."""

    title: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields in the order in which they appear."""
        return tuple(dict.fromkeys(row.field for row in self.rows))

    def to_dict(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "fields": list(self.fields),
            "rows": [row.to_dict() for row in self.rows],
            "notes": list(self.notes),
            "findings": [finding.to_dict() for finding in self.findings],
        }
