"""States and days in templates: `{% state look %}`, `{% icon_of look %}`, `{{ due|days_left }}`."""

from __future__ import annotations

from datetime import date
from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from gongkai.core.workdays import CalendarError, national
from gongkai.foundation import clock
from gongkai.foundation.looks import Look

register = template.Library()


@register.inclusion_tag("looks/state.html", name="state")
def state(look: Look) -> dict[str, object]:
    return {"look": look}


@register.simple_tag
def icon_of(look: Look) -> SafeString:
    """The icon alone, for places where the word stands beside it already."""
    return _drawn(look.icon)


@cache  # a board draws hundreds of the same few
def _drawn(icon: str) -> SafeString:
    return render_to_string(f"looks/icons/{icon}.svg")


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
