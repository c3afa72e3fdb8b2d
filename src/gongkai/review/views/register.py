"""The screen “发布审查登记”: everything that was put forward, who decided, and whether it is public now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from gongkai.bodies.models import Body
from gongkai.foundation.access import rights_of
from gongkai.foundation.registries import reviewables
from gongkai.foundation.spreadsheets import SafeExport
from gongkai.review.models import Release, State
from gongkai.review.selectors import label_of, register, standings


def _bodies(request: Any) -> QuerySet[Body]:
    return Body.objects.filter(pk__in=register(rights_of(request.user)).order_by().values("body_id"))


class ReleaseFilter(WagtailFilterSet):
    title = django_filters.CharFilter(label=_("标题"), lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(
        label=_("内容类型"), choices=lambda: [(one.key, one.label) for one in reviewables], empty_label=_("全部")
    )
    body = django_filters.ModelChoiceFilter(label=_("单位"), queryset=_bodies, empty_label=_("全部"))
    state = django_filters.ChoiceFilter(label=_("状态"), choices=State.choices, empty_label=_("全部"))
    requested_at = django_filters.DateFromToRangeFilter(label=_("报送时间"), widget=DateRangePickerWidget)

    class Meta:
        model = Release
        fields = ["title", "kind", "body", "state", "requested_at"]


class RegisterView(SafeExport, ReportView):
    model = Release
    page_title = _("发布审查登记")
    header_icon = "clipboard-list"
    index_url_name = "review_register"
    index_results_url_name = "review_register_results"
    filterset_class = ReleaseFilter
    default_ordering = ("-id",)
    columns = [
        TitleColumn("title", label=_("标题"), get_url=lambda release: reverse("review_release", args=[release.pk])),
        Column("label", label=_("内容类型")),
        Column("body", label=_("单位")),
        Column("standing", label=_("公开现状")),
        Column("requested_by", label=_("报送人")),
        DateColumn("requested_at", label=_("报送时间"), sort_key="requested_at"),
        Column("decided_by", label=_("签发人")),
        DateColumn("decided_at", label=_("签发时间"), sort_key="decided_at"),
    ]
    list_export = [
        "title",
        "label",
        "body",
        "get_state_display",
        "standing",
        "requested_by",
        "requested_at",
        "decided_by",
        "decided_at",
        "note",
        "closed_by",
        "closed_at",
        "closed_reason",
        "digest",
    ]
    export_headings = {
        "label": _("内容类型"),
        "standing": _("公开现状"),
        "get_state_display": _("状态"),
        **{field.name: field.verbose_name for field in Release._meta.concrete_fields},
    }

    def get_base_queryset(self) -> QuerySet[Release]:
        return register(rights_of(self.request.user))

    def decorate_paginated_queryset(self, object_list: Sequence[Release]) -> Sequence[Release]:
        words = standings(object_list)
        for release in object_list:
            row = cast(Any, release)
            row.standing, row.label = words[release.pk], label_of(release)
        return object_list

    def get_filename(self) -> str:
        return str(self.page_title)
