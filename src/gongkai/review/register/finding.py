"""Looking something up in the register: the conditions of its list, all of them in the address."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import rights_of
from gongkai.foundation.input import numbers
from gongkai.foundation.registries import reviewables
from gongkai.review.models import CATEGORIES, Attribute, Finding, Release, State, Step, StepKind
from gongkai.review.selectors import register

WHOLE = {
    "taken": _("已办理"),
    "late": _("超过时限"),
    "waiting": _("正在等待"),
}


def _reached(request: Any) -> QuerySet[Release]:
    return register(rights_of(request.user)).order_by()


def _bodies(request: Any) -> QuerySet[Body]:
    return Body.objects.filter(pk__in=_reached(request).values("body_id"))


def _reviewing_bodies(request: Any) -> QuerySet[Body]:
    steps = Step.objects.filter(release__in=_reached(request)).order_by()
    return Body.objects.filter(pk__in=steps.values("reviewer_body_id"))


def _all(label: Any, choices: Any, **options: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, choices=choices, empty_label=_("全部"), **options)


class ReleaseFilter(WagtailFilterSet):
    number = django_filters.CharFilter(label=_("编号"), method="by_number")
    title = django_filters.CharFilter(label=_("信息名称"), lookup_expr="icontains")
    kind = _all(_("内容类型"), lambda: [(one.key, one.label) for one in reviewables])
    body = django_filters.ModelChoiceFilter(label=_("单位"), queryset=_bodies, empty_label=_("全部"))
    state = _all(_("状态"), State.choices)
    attribute = _all(_("公开属性"), Attribute.choices)
    urgent = _all(_("加急"), [("True", _("是")), ("False", _("否"))])
    category = _all(_("机器发现"), [(one.value, name) for one, name in CATEGORIES.items()], method="by_category")
    person = django_filters.CharFilter(label=_("审查人"), method="by_person")
    requested_at = django_filters.DateFromToRangeFilter(label=_("报送时间"), widget=DateRangePickerWidget)
    decided_at = django_filters.DateFromToRangeFilter(label=_("签发时间"), widget=DateRangePickerWidget)
    step = _all(_("审查环节"), StepKind.choices, method="later")
    reviewer = django_filters.ModelChoiceFilter(
        label=_("审查单位"), queryset=_reviewing_bodies, empty_label=_("全部"), method="later"
    )
    standing = _all(_("办理情况"), list(WHOLE.items()), method="later")
    days = _all(_("近几天"), [(str(one), str(one)) for one in (30, 90, 365)], method="later")

    class Meta:
        model = Release
        fields = ["number", "title", "kind", "body", "state", "attribute", "urgent", "requested_at", "decided_at"]

    def filter_queryset(self, queryset: QuerySet[Release]) -> QuerySet[Release]:
        """What is said of a step is said of one and the same step."""
        found = super().filter_queryset(queryset)
        said = {name: self.form.cleaned_data.get(name) for name in ("step", "reviewer", "standing", "days")}
        if not any(said.values()):
            return found
        steps = Step.objects.filter(release=OuterRef("pk"), opened_at__isnull=False)
        if said["step"]:
            steps = steps.filter(kind=said["step"])
        if said["reviewer"]:
            steps = steps.filter(reviewer_body=said["reviewer"])
        if said["days"] and said["standing"] != "waiting":
            steps = steps.filter(decided_at__date__gte=clock.today() - timedelta(days=int(said["days"])))
        if said["standing"] == "taken":
            steps = steps.filter(decided_at__isnull=False)
        if said["standing"] == "late":
            steps = steps.filter(decided_at__gt=F("due_at"))
        if said["standing"] == "waiting":
            steps = steps.filter(outcome="", release__state=State.WAITING)
        return found.filter(Exists(steps))

    def by_number(self, queryset: QuerySet[Release], name: str, value: str) -> QuerySet[Release]:
        """“12”, or 保审〔2026〕12号 as it is printed: what counts is the last number."""
        found = numbers(re.findall(r"\d+", value)[-1:])
        return queryset.filter(pk__in=found)

    def by_category(self, queryset: QuerySet[Release], name: str, value: str) -> QuerySet[Release]:
        return queryset.filter(Exists(Finding.objects.filter(release=OuterRef("pk"), category=value)))

    def by_person(self, queryset: QuerySet[Release], name: str, value: str) -> QuerySet[Release]:
        named = Q(decided_by__name__icontains=value) | Q(decided_by__username=value)
        return queryset.filter(Exists(Step.objects.filter(named, release=OuterRef("pk"))))

    def later(self, queryset: QuerySet[Release], name: str, value: Any) -> QuerySet[Release]:
        """Taken together with the others in `filter_queryset`."""
        return queryset
