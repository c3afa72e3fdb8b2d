"""The conditions of the lists; they live in the URL, so that every number can link to what it counts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import rights_of
from gongkai.foundation.looks import OVERDUE, Look
from gongkai.foundation.registries import Severity
from gongkai.rectification.models import OWED, Case, CaseQuerySet, State
from gongkai.rectification.selectors import cases_for, sources_of

YES_NO = [("yes", _("是")), ("no", _("否"))]


def _bodies(request: Any) -> QuerySet[Body]:
    return Body.objects.filter(pk__in=cases_for(rights_of(request.user)).order_by().values("body_id"))


class CaseFilter(WagtailFilterSet):
    source = django_filters.ChoiceFilter(label=_("来源"), empty_label=_("全部"))
    body = django_filters.ModelChoiceFilter(label=_("责任单位"), queryset=_bodies, empty_label=_("全部"))
    state = django_filters.ChoiceFilter(label=_("状态"), choices=State.choices, empty_label=_("全部"))
    open = django_filters.ChoiceFilter(label=_("未办结"), choices=YES_NO, empty_label=_("全部"), method="by_open")
    overdue = django_filters.ChoiceFilter(label=_("已逾期"), choices=YES_NO, empty_label=_("全部"), method="by_overdue")
    again = django_filters.ChoiceFilter(
        label=_("重复发生"), choices=YES_NO, empty_label=_("全部"), method="by_recurrence"
    )
    severity = django_filters.ChoiceFilter(label=_("程度"), choices=Severity.choices, empty_label=_("全部"))
    found_at = django_filters.DateFromToRangeFilter(label=_("发现时间"), widget=DateRangePickerWidget)

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["source"].extra["choices"] = sources_of(cases_for(rights_of(self.request.user)))

    def by_open(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return cases.unclosed() if value == "yes" else cases.filter(state=State.CLOSED)

    def by_overdue(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        late = {"state__in": OWED, "due__lt": clock.today()}
        return cases.filter(**late) if value == "yes" else cases.exclude(**late)

    def by_recurrence(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return cases.filter(times__gt=1) if value == "yes" else cases.filter(times=1)


def asking(look: Look) -> dict[str, str]:
    """The conditions under which exactly the cases that appear like this are listed."""
    if look is OVERDUE:
        return {"overdue": "yes"}
    state = State.CLOSED if look.key == "accepted" else look.key
    return {"state": str(state), **({"overdue": "no"} if state in OWED else {})}


def address(conditions: dict[str, Any], name: str = "rectification_cases") -> str:
    """The list under these conditions."""
    return f"{reverse(name)}?{urlencode(conditions)}"
