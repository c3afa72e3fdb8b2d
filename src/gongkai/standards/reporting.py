"""The reconciliation as data: totals, coverage by body and field, every gap with the rule it breaks."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.standards.models import GAPS, Check, Fault, Row, State, Stray
from gongkai.standards.selectors import Totals

# The definition of 两张皮 calls them so; the body that is the wrong one has no letter there.
RULES = {State.EMPTY: "C1", State.DEAD: "C2", State.STALE: "C3", State.WRONG: "body"}
NO_ROW = "C4"


def report(body: Body | None = None) -> dict[str, Any]:
    """As of the newest reconciliation; of one body alone when it is given."""
    rows = Row.objects.owed().select_related("catalogue__body", "owner", "check_result").prefetch_related("faults")
    strays = Stray.objects.select_related("body", "catalogue")
    if body is not None:
        rows, strays = rows.filter(catalogue__body=body), strays.filter(catalogue__body=body)
    coverage: dict[tuple[str, str], dict[str, Any]] = {}
    totals, findings = Totals(), []
    for row in rows.order_by("catalogue__body__order", "catalogue__body_id", "catalogue_id", "position").iterator(2000):
        one = _of(row)
        totals.take(one)
        line = coverage.setdefault((row.catalogue.body.code, row.catalogue.field_key), _line(row))
        for name, value in (("rows", 1), ("due", one.due), ("covered", one.covered), ("gaps", one.gaps)):
            line[name] += value
        findings += [_finding(row, fault) for fault in row.faults.all()]
    found = [_stray(stray) for stray in strays]
    broken = totals.of(State.EMPTY, State.DEAD) + len(found)
    return {
        "as_of": clock.now().isoformat(),
        "rows": totals.rows,
        "due": totals.due,
        "covered": totals.covered,
        "rate": round(totals.rate, 4) if totals.rate is not None else None,
        "apart": broken,
        "gaps": _by_rule(findings) | {NO_ROW: len(found)},
        "states": {state.value: totals.of(state) for state in State},
        "coverage": list(coverage.values()),
        "findings": findings + found,
    }


def _of(row: Row) -> Totals:
    check: Check | None = getattr(row, "check_result", None)
    state = check.state if check is not None else State.UNSEEN.value
    return Totals(1, int(row.needs_page and not row.exempt), {state: 1})


def _line(row: Row) -> dict[str, Any]:
    body = row.catalogue.body
    named = {"body": body.code, "body_name": body.name, "field": row.catalogue.field_key}
    return named | {"field_name": row.catalogue.field_name, "rows": 0, "due": 0, "covered": 0, "gaps": 0}


def _by_rule(findings: list[dict[str, Any]]) -> dict[str, int]:
    """How many rows break each rule; a row may break several."""
    counted = Counter(one["rule"] for one in findings)
    return {RULES[state]: counted[RULES[state]] for state in GAPS}


def _finding(row: Row, fault: Fault) -> dict[str, Any]:
    newest_on = row.check_result.newest_on
    return {
        "rule": RULES[State(fault.state)],
        "state": fault.state,
        "body": row.catalogue.body.code,
        "responsible": (row.owner or row.catalogue.body).code,
        "field": row.catalogue.field_key,
        "row": row.pk,
        "first": row.first,
        "matter": row.matter,
        "limit": row.limit.get("text", ""),
        "message": fault.words,
        "address": fault.address,
        "newest_on": newest_on.isoformat() if newest_on else None,
    }


def _stray(stray: Stray) -> dict[str, Any]:
    return {
        "rule": NO_ROW,
        "state": "stray",
        "body": stray.catalogue.body.code,
        "responsible": stray.body.code,
        "field": stray.catalogue.field_key,
        "row": None,
        "first": "",
        "matter": stray.title,
        "limit": "",
        "message": _("专栏内容不属于任何目录事项"),
        "address": stray.address,
        "newest_on": stray.published_on.isoformat() if stray.published_on else None,
    }


def table(found: dict[str, Any]) -> str:
    """The same for people."""
    rate = "—" if found["rate"] is None else f"{found['rate']:.1%}"
    words = {"rows": found["rows"], "due": found["due"], "covered": found["covered"], "rate": rate}
    lines = [_("事项 %(rows)d 项，须在网上公开 %(due)d 项，相符 %(covered)d 项（%(rate)s）") % words]
    lines += [f"{one['rule']}\t{one['body']}\t{one['matter']}\t{one['message']}" for one in found["findings"]]
    return "\n".join(lines)
