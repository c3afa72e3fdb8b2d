"""Notices that break work down into tasks (任务分解表, 重点任务分工): a `Document` read into a `Plan`, and back."""

from gongkai.core.notices.model import (
    Assignee,
    Deadline,
    Finding,
    Item,
    NoPlan,
    Plan,
    Recurrence,
    Requirement,
    Role,
    Severity,
    Target,
)
from gongkai.core.notices.names import Body, Lexicon, RegisterError
from gongkai.core.notices.reader import read_plan

__all__ = [
    "Assignee",
    "Body",
    "Deadline",
    "Finding",
    "Item",
    "Lexicon",
    "NoPlan",
    "Plan",
    "Recurrence",
    "RegisterError",
    "Requirement",
    "Role",
    "Severity",
    "Target",
    "read_plan",
]
