"""Last year's ledger as a draft of the next: standing duties go on, those with a day of their own are left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongkai.ledger.importing.decisions import empty
from gongkai.ledger.models import Item, ItemKind, Origin, Plan

YEAR = "{}年"


def rolled_over(plan: Plan) -> tuple[dict[str, Any], dict[str, Any]]:
    """A reading for the year after `plan`, and the decisions that keep its splits and the bodies named by hand."""
    items = list(
        plan.items.filter(removed=False)
        .select_related("group", "task")
        .prefetch_related("targets", "obligations", "assignments__body")
    )
    decisions = empty()
    decisions["items"] = {item.key: edit for item in items if (edit := _edit(item, plan.year))}
    reading = {
        "title": plan.title.replace(str(plan.year), str(plan.year + 1)),
        "document_number": None,
        "issuer": plan.issuer or None,
        "year": plan.year + 1,
        "requirements": [],
        "items": [_item(item) for item in items],
        "findings": list(_findings(items, plan.year)),
    }
    return reading, decisions


def _edit(item: Item, year: int) -> dict[str, Any]:
    edit: dict[str, Any] = {}
    duties = [duty.text for duty in item.obligations.all() if not duty.removed]
    if len(duties) > 1:
        edit["parts"] = duties
    live = [each for each in item.assignments.all() if not each.withdrawn]
    if added := sorted({each.body_id for each in live if each.origin == Origin.ADDED}):
        edit["added"] = added
    if not _stands(item, year):
        edit["dropped"] = True
    return edit


def _stands(item: Item, year: int) -> bool:
    """A duty of every year: it recurs, runs through the year, or has no day at all."""
    return bool(item.recurrence) or item.due is None or item.due >= date(year, 12, 31)


def _item(item: Item) -> dict[str, Any]:
    named = {
        each.body.name: each.role
        for each in item.assignments.all()
        if each.origin == Origin.NAMED and not each.withdrawn
    }
    return {
        "key": item.key,
        "kind": ItemKind(item.kind).value,
        "number": item.number,
        "group_number": item.group.number if item.group else None,
        "group": item.group.name if item.group else "",
        "task_number": item.task.number if item.task else None,
        "task": item.task.name if item.task else "",
        "text": item.text,
        "assignees": [{"name": name, "role": role} for name, role in named.items()],
        "selectors": list(item.selectors),
        "open_ended": item.open_ended,
        "assignees_text": item.assignees_text,
        "deadline": {
            "text": item.deadline_text,
            "due": _next_year(item.due).isoformat() if item.due else None,
            "recurrence": item.recurrence or None,
        },
        "targets": [
            {
                "text": target.text,
                "operator": target.operator,
                "value": float(target.value),
                "unit": target.unit,
                "subject": target.subject,
            }
            for target in item.targets.all()
        ],
    }


def _next_year(day: date) -> date:
    return date(day.year + 1, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def _findings(items: Iterable[Item], year: int) -> Iterable[dict[str, str]]:
    """Texts that name the old year: the person says whether the new one is meant."""
    printed = YEAR.format(year)
    for item in items:
        if printed in item.text:
            yield {
                "code": "year-in-text",
                "severity": "warning",
                "where": f"item {item.number or item.key}, text",
                "excerpt": printed,
                "message": _("原文写有“%(year)s”，请核对新年度是否仍然适用") % {"year": printed},
                "suggestion": YEAR.format(year + 1),
            }
