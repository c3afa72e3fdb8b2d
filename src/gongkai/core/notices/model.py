"""The Plan: what reading a notice (印发任务分解的通知) returns, with its keys in the order of the contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What a body does for an item."""

    LEAD = "lead"  # 牵头
    RESPONSIBLE = "responsible"  # 责任单位, no distinction made
    SUPPORT = "support"  # 配合、协同、参与
    SUPERVISE = "supervise"  # 指导、督促


class Recurrence(StrEnum):
    """How often an item falls due."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"
    CONTINUOUS = "continuous"  # 持续推进、长期坚持、常态化; not 全年


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class NoPlan(Exception):
    """The document holds no plan: `str()` is one line in Chinese that says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A numbered prose section of the notice before its table (工作要求)."""

    number: int
    heading: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        return {"number": self.number, "heading": self.heading, "text": self.text}


@dataclass(frozen=True, slots=True)
class Assignee:
    """A body named by an item, verbatim, and its role."""

    name: str
    role: Role

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "role": self.role.value}


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` is the last day on which the item is in time; None where the notice sets none."""

    text: str = ""
    due: date | None = None
    recurrence: Recurrence | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "due": self.due.isoformat() if self.due else None,
            "recurrence": self.recurrence.value if self.recurrence else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Deadline:
        due, recurrence = data["due"], data["recurrence"]
        return cls(
            data["text"], date.fromisoformat(due) if due else None, Recurrence(recurrence) if recurrence else None
        )


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity that the text itself promises; `operator` is one of >=, <=, =, >, <."""

    text: str
    operator: str
    value: int | float
    unit: str
    subject: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "operator": self.operator,
            "value": self.value,
            "unit": self.unit,
            "subject": self.subject,
        }


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the plan (条目): what is to be done, by whom, until when."""

    number: int
    group_number: int | None
    group: str
    task_number: int | None
    task: str
    text: str
    assignees: tuple[Assignee, ...] = ()
    selectors: tuple[str, ...] = ()
    open_ended: bool = False
    assignees_text: str = ""
    deadline: Deadline = Deadline()
    targets: tuple[Target, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "group_number": self.group_number,
            "group": self.group,
            "task_number": self.task_number,
            "task": self.task,
            "text": self.text,
            "assignees": [assignee.to_dict() for assignee in self.assignees],
            "selectors": list(self.selectors),
            "open_ended": self.open_ended,
            "assignees_text": self.assignees_text,
            "deadline": self.deadline.to_dict(),
            "targets": [target.to_dict() for target in self.targets],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Item:
        return cls(
            number=data["number"],
            group_number=data["group_number"],
            group=data["group"],
            task_number=data["task_number"],
            task=data["task"],
            text=data["text"],
            assignees=tuple(Assignee(each["name"], Role(each["role"])) for each in data["assignees"]),
            selectors=tuple(data["selectors"]),
            open_ended=data["open_ended"],
            assignees_text=data["assignees_text"],
            deadline=Deadline.from_dict(data["deadline"]),
            targets=tuple(Target(**each) for each in data["targets"]),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """Something repaired or doubtful. `where` is the item and its part, such as ``item 40, responsible bodies``."""

    code: str
    severity: Severity
    where: str
    excerpt: str
    message: str
    suggestion: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity.value,
            "where": self.where,
            "excerpt": self.excerpt,
            "message": self.message,
            "suggestion": self.suggestion,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Finding:
        return cls(**{**data, "severity": Severity(data["severity"])})


@dataclass(frozen=True, slots=True)
class Plan:
    """A notice read: its frame, its requirements, its items, and what was found on the way."""

    title: str
    document_number: str | None
    issuer: str | None
    year: int | None
    requirements: tuple[Requirement, ...]
    items: tuple[Item, ...]
    findings: tuple[Finding, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "document_number": self.document_number,
            "issuer": self.issuer,
            "year": self.year,
            "requirements": [requirement.to_dict() for requirement in self.requirements],
            "items": [item.to_dict() for item in self.items],
            "findings": [finding.to_dict() for finding in self.findings],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Plan:
        return cls(
            title=data["title"],
            document_number=data["document_number"],
            issuer=data["issuer"],
            year=data["year"],
            requirements=tuple(Requirement(**each) for each in data["requirements"]),
            items=tuple(Item.from_dict(each) for each in data["items"]),
            findings=tuple(Finding.from_dict(each) for each in data["findings"]),
        )

    def without_findings(self) -> Plan:
        return replace(self, findings=())

    def names(self) -> Iterator[str]:
        """Every body that an item names, once, in the order of the notice."""
        return iter(dict.fromkeys(assignee.name for item in self.items for assignee in item.assignees))
