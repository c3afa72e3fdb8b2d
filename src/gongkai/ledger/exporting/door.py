"""Choosing the writer."""

from __future__ import annotations

from gongkai.foundation import clock
from gongkai.ledger.exporting.layout import layout
from gongkai.ledger.models import Plan
from gongkai.ledger.models.assignment import AssignmentQuerySet


def export_plan(plan: Plan, assignments: AssignmentQuerySet, kind: str) -> bytes:
    """The items that `assignments` (as filtered on the screen) belong to, and how these assignments stand today.

    kind: `docx` or `xlsx`; the workbook has a second sheet with one line for each assignment.
    """
    today = clock.today()
    sheet = layout(plan, assignments, today)
    if kind == "docx":
        from gongkai.ledger.exporting import docx

        return docx.write(sheet)
    if kind == "xlsx":
        from gongkai.ledger.exporting import xlsx

        return xlsx.write(sheet, assignments, today)
    raise ValueError(f"no such kind of export: {kind}")
