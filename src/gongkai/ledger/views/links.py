"""Numbers lead to what they count: the addresses of lists, and the bar of states with a link for each part."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from gongkai.ledger.selectors import Filters, Look, Totals
from gongkai.ledger.states import ALL

ORDER = (Look.ACCEPTED, Look.SUBMITTED, Look.IN_PROGRESS, Look.TO_ACCEPT, Look.RETURNED, Look.AT_RISK, Look.OVERDUE)


def tasks_link(plan_id: int, filters: Filters) -> str:
    """The list of the plan's assignments that pass the filters."""
    query = filters.to_query()
    return f"{reverse('ledger_tasks')}?plan={plan_id}{'&' if query else ''}{query}"


def looking(filters: Filters, look: Look) -> Filters:
    """The filters narrowed to what appears as `look`; being late or at risk goes before the state."""
    if look is Look.OVERDUE:
        return filters.but(overdue=True)
    if look is Look.AT_RISK:
        return filters.but(at_risk=True)
    if look is Look.ACCEPTED:
        return filters.but(state=(look.value,), overdue=None)
    near = None if look is Look.SUBMITTED else False
    return filters.but(state=(look.value,), overdue=False, at_risk=near)


def parts_of(totals: Totals, plan_id: int, filters: Filters) -> list[dict[str, Any]]:
    """A bar of states: each with its number, share of the whole in percent and list, in the order of the work."""
    return [
        {
            "look": ALL[look.value],
            "number": totals.of(look),
            "percent": f"{100 * totals.of(look) / totals.total:.2f}",
            "href": tasks_link(plan_id, looking(filters, look)),
        }
        for look in ORDER
        if totals.of(look)
    ]


def counted(totals: Totals, plan_id: int, filters: Filters) -> dict[str, Any]:
    """What a line of a table says of its assignments, each number with its list; nought has none.

    Asking for what the conditions leave out would lift them.
    """
    return {
        "totals": totals,
        "parts": parts_of(totals, plan_id, filters),
        "all": tasks_link(plan_id, filters),
        "closed": tasks_link(plan_id, looking(filters, Look.ACCEPTED)) if totals.accepted else "",
        "late": tasks_link(plan_id, looking(filters, Look.OVERDUE)) if totals.overdue else "",
    }
