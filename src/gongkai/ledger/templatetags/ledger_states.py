"""How records of the ledger look: `{% state_of assignment %}`, `{% link_state_of evidence %}`, and all of `looks`."""

from __future__ import annotations

from django import template

from gongkai.foundation import clock
from gongkai.foundation.looks import Look
from gongkai.foundation.templatetags import looks
from gongkai.ledger.models import Assignment, Evidence
from gongkai.ledger.selectors import counting
from gongkai.ledger.states import ALL, BY_LINK_STATE, look_of_assignment

register = template.Library()
register.tags |= looks.register.tags
register.filters |= looks.register.filters


@register.inclusion_tag("looks/state.html")
def state_of(assignment: Assignment) -> dict[str, object]:
    return {"look": look_of_assignment(assignment, clock.today())}


@register.inclusion_tag("looks/state.html")
def link_state_of(evidence: Evidence) -> dict[str, object]:
    return {"look": BY_LINK_STATE[evidence.link_state]}


@register.filter
def appearance(counted: counting.Look) -> Look:
    """The word, icon and colour of what the selectors count."""
    return ALL[counted.value]
