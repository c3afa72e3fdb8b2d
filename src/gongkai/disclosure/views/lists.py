"""公开信息 as a list: what the person's bodies have drafted and shown, the most pressing first; exported as seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

import django_filters
from django.db.models import Case, DateField, F, QuerySet, Value, When
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import Button, HeaderButton

from gongkai.bodies.models import Body
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.selectors import appearing, bodies_of, records_for, search, with_followed
from gongkai.disclosure.states import ALL, look_of
from gongkai.foundation import clock
from gongkai.foundation.access import Rights, rights_of
from gongkai.foundation.spreadsheets import SafeExport


def _bodies(request: Any) -> QuerySet[Body]:
    return bodies_of(records_for(rights_of(request.user)))


class RecordFilter(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("种类"), choices=lambda: [(one.key, one.name) for one in kinds().values()], empty_label=_("全部")
    )
    body = django_filters.ModelChoiceFilter(label=_("单位"), queryset=_bodies, empty_label=_("全部"))
    state = django_filters.ChoiceFilter(
        label=_("状态"), choices=[(look.key, look.word) for look in ALL], empty_label=_("全部"), method="by_state"
    )
    formed_on = django_filters.DateFromToRangeFilter(label=_("形成日期"), widget=DateRangePickerWidget)

    class Meta:
        model = RecordPage
        fields: list[str] = []

    def by_state(self, records: QuerySet[RecordPage], name: str, value: str) -> QuerySet[RecordPage]:
        look = next(look for look in ALL if look.key == value)
        return appearing(records, look, clock.today())


class StateColumn(Column):
    cell_template_name = "disclosure/tables/state.html"

    def get_value(self, instance: RecordPage) -> Any:
        return look_of(instance, clock.today())


class DueColumn(Column):
    cell_template_name = "disclosure/tables/due.html"


def _formed(record: RecordPage) -> str:
    return f"{record.formed_on:%Y-%m-%d}" if record.formed_on else ""


class FollowColumn(Column):
    """Buttons for what goes on from a public record: 更新, 解除, or the next stage."""

    cell_template_name = "disclosure/tables/follow.html"

    def get_value(self, instance: RecordPage) -> list[tuple[str, str]]:
        standing = instance.live and instance.kind in kinds() and not cast(Any, instance).is_followed
        rule = instance.declared.follows if standing else None
        if rule is None or instance.kind not in rule.kinds:
            return []
        ends = [(key, value) for key, values in rule.ends.items() for value in values]
        return ends or [("", str(_("起草后续")))]

    def get_cell_context_data(self, instance: RecordPage, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": get_token(context["request"])}


class RecordList(SafeExport, ReportView):
    """Late drafts first, then by the day on which they are due; what is public stands below."""

    model = RecordPage
    page_title = _("公开信息")
    header_icon = "doc-full"
    template_name = "disclosure/records.html"
    results_template_name = "disclosure/record_results.html"
    index_url_name = "disclosure_records"
    index_results_url_name = "disclosure_records_results"
    filterset_class = RecordFilter
    paginate_by = 30
    is_searchable = True
    list_export = ["index_number", "title", "kind_name", "body", "formed_on", "due_on", "first_published_at", "word"]
    export_headings = {
        "index_number": _("索引号"),
        "title": _("标题"),
        "kind_name": _("种类"),
        "body": _("单位"),
        "formed_on": _("形成日期"),
        "due_on": _("公开时限"),
        "first_published_at": _("公开时间"),
        "word": _("状态"),
    }

    @cached_property
    def rights(self) -> Rights:
        return rights_of(self.request.user)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn(
                "title",
                label=_("标题"),
                get_url=lambda record: reverse("wagtailadmin_pages:edit", args=[record.pk]),
                width="34%",
            ),
            Column("kind_name", label=_("种类")),
            Column("body", label=_("单位")),
            StateColumn("state", label=_("状态")),
            Column("formed_on", label=_("形成日期"), sort_key="formed_on", accessor=_formed),
            DueColumn("due_on", label=_("公开时限"), sort_key="due_on"),
            *([FollowColumn("follow", label=_("后续"))] if self.rights.may("disclosure.follow_up") else []),
        ]

    def scope(self) -> QuerySet[RecordPage]:
        return records_for(self.rights)

    def get_base_queryset(self) -> QuerySet[RecordPage]:
        return with_followed(self.scope())

    def search_queryset(self, queryset: QuerySet[RecordPage]) -> QuerySet[RecordPage]:
        return search(queryset, self.search_query or "")

    def order_queryset(self, queryset: QuerySet[RecordPage]) -> QuerySet[RecordPage]:
        if self.is_explicitly_ordered and self.ordering:
            return queryset.order_by(self.ordering, "pk")
        waiting = Case(When(first_published_at__isnull=True, due_on__isnull=False, then=Value(0)), default=Value(1))
        due = Case(When(first_published_at__isnull=True, then=F("due_on")), output_field=DateField())
        return queryset.order_by(waiting, due, "-published_on", "-pk")

    def decorate_paginated_queryset(self, object_list: Sequence[RecordPage]) -> Sequence[RecordPage]:
        today = clock.today()
        for record in object_list:
            row = cast(Any, record)
            row.kind_name = kinds()[record.kind].name if record.kind in kinds() else record.kind
            row.word = look_of(record, today).word
        return object_list

    @cached_property
    def header_buttons(self) -> list[Button]:
        if not self.rights.may("disclosure.begin"):
            return []
        return [
            HeaderButton(_("起草"), url=reverse("disclosure_new"), icon_name="plus"),
            HeaderButton(_("批量导入"), url=reverse("disclosure_import"), icon_name="upload"),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            *args, numbers=counts(self.scope(), clock.today()), may_begin=self.rights.may("disclosure.begin"), **kwargs
        )

    def get_filename(self) -> str:
        return str(self.page_title)


def counts(records: QuerySet[RecordPage], today: date) -> list[dict[str, Any]]:
    """Each state with its number and the list that it counts."""
    address = reverse("disclosure_records")
    return [
        {
            "look": look,
            "number": appearing(records, look, today).count(),
            "href": f"{address}?{urlencode({'state': look.key})}",
        }
        for look in ALL
    ]
