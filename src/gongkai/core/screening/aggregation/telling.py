"""A finding about one row of a list."""

from __future__ import annotations

from gongkai.core.screening.aggregation.lists import PeopleList
from gongkai.core.screening.model import Category, Finding, Severity


def row_finding(
    listed: PeopleList, row: int, rule: str, severity: Severity, shown: str, message: str, suggestion: str
) -> Finding:
    """`shown` is masked already."""
    return Finding(
        rule,
        Category.AGGREGATION,
        severity,
        listed.starts[row],
        listed.ends[row],
        shown,
        message,
        suggestion,
        where=f"{listed.where}第{listed.numbers[row]}行",
    )
