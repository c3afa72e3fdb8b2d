"""States and days in templates: `{% state look %}`, `{% state_of assignment %}`, `{{ due|days_left }}`."""

from __future__ import annotations

from datetime import date

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from gongkai.core.workdays import CalendarError, national
from gongkai.foundation import clock
from gongkai.ledger.models import Assignment, Evidence
from gongkai.ledger.selectors import counting
from gongkai.ledger.states import ALL, BY_LINK_STATE, Look, look_of_assignment

register = template.Library()


@register.inclusion_tag("ledger/state.html", name="state")
def state(look: Look) -> dict[str, object]:
    return {"look": look}


@register.inclusion_tag("ledger/state.html")
def state_of(assignment: Assignment) -> dict[str, object]:
    return {"look": look_of_assignment(assignment, clock.today())}


@register.inclusion_tag("ledger/state.html")
def link_state_of(evidence: Evidence) -> dict[str, object]:
    return {"look": BY_LINK_STATE[evidence.link_state]}


@register.filter
def appearance(counted: counting.Look) -> Look:
    """The word, icon and colour of what the selectors count."""
    return ALL[counted.value]


@register.simple_tag
def icon_of(look: Look) -> SafeString:
    """The icon alone, for places where the word stands beside it already."""
    return render_to_string(f"ledger/icons/{look.icon}.svg")


@register.filter
def days_left(due: date | None) -> str:
    """“还剩 3 个工作日”, “今天到期”, “已逾期 2 天”; nothing when there is no due day."""
    if due is None:
        return ""
    today = clock.today()
    if due < today:
        late = (today - due).days
        return ngettext("已逾期 %d 天", "已逾期 %d 天", late) % late
    if due == today:
        return gettext("今天到期")
    try:
        left = national().workdays_between(today, due)
    except CalendarError:  # no rule of working days reaches that far
        return ngettext("还剩 %d 天", "还剩 %d 天", (due - today).days) % (due - today).days
    return ngettext("还剩 %d 个工作日", "还剩 %d 个工作日", left) % left
