"""A finding about one row of a list, and how its columns are called."""

from __future__ import annotations

from gongkai.core.screening.aggregation.lists import Column, PeopleList
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


def label(column: Column) -> str:
    name = column.heading or (column.kind.label if column.kind else "")
    return f"{name}（隐藏）" if column.hidden else name
