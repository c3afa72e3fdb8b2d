"""Imports as those who began them, and others of the body, look at them."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from gongkai.disclosure.models import ImportedRow, ImportPhase, ImportRun, RowOutcome
from gongkai.foundation.access import Rights, Role


def imports_for(rights: Rights) -> QuerySet[ImportRun]:
    """Newest first."""
    bodies = rights.bodies(Role.CLERK, Role.OFFICE)
    runs = ImportRun.objects.select_related("body", "column", "started_by")
    return runs if bodies is None else runs.filter(body__in=bodies)


def outcomes(run: ImportRun) -> list[tuple[RowOutcome, int]]:
    """How many rows came to what, only what there is."""
    counted = dict(run.rows.order_by().values_list("outcome").annotate(count=Count("pk")))
    return [(one, counted[one]) for one in RowOutcome if one in counted]


def rows_with(run: ImportRun, outcome: str) -> QuerySet[ImportedRow]:
    """The rows, wrong ones first; `outcome` narrows them."""
    rows = run.rows.select_related("record").order_by("outcome", "number")
    return rows.filter(outcome=outcome) if outcome in RowOutcome.values else rows


def is_moving(run: ImportRun) -> bool:
    return run.phase in (ImportPhase.CHECKING, ImportPhase.WRITING)
