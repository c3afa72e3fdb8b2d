"""Rows and strays as lists, with conditions in the URL, exported as seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import Button, HeaderButton

from gongkai.bodies.models import Body
from gongkai.foundation.access import rights_of
from gongkai.foundation.paging import KeysFirst
from gongkai.foundation.spreadsheets import SafeExport
from gongkai.standards.models import GAPS, Row, RowQuerySet, State, Stray
from gongkai.standards.selectors import bodies_owing, fields_owing, rows_for, strays_for
from gongkai.standards.states import look_of

YES_NO = [("yes", _("是")), ("no", _("否"))]


def _bodies(request: Any) -> QuerySet[Body]:
    return bodies_owing(rights_of(request.user))


class RowFilter(WagtailFilterSet):
    body = django_filters.ModelChoiceFilter(
        label=_("单位"), field_name="catalogue__body", queryset=_bodies, empty_label=_("全部")
    )
    field = django_filters.ChoiceFilter(label=_("领域"), field_name="catalogue__field_key", empty_label=_("全部"))
    state = django_filters.ChoiceFilter(
        label=_("核对结果"), choices=State.choices, empty_label=_("全部"), method="by_state"
    )
    gap = django_filters.ChoiceFilter(label=_("有问题"), choices=YES_NO, empty_label=_("全部"), method="by_gap")
    due = django_filters.ChoiceFilter(label=_("须在网上公开"), choices=YES_NO, empty_label=_("全部"), method="by_due")

    class Meta:
        model = Row
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["field"].extra["choices"] = fields_owing(rights_of(self.request.user))

    def by_state(self, rows: RowQuerySet, name: str, value: str) -> RowQuerySet:
        """A problem is found with every row that has it, whatever else is wrong there."""
        return rows.filter(faults__state=value) if value in GAPS else rows.filter(check_result__state=value)

    def by_gap(self, rows: RowQuerySet, name: str, value: str) -> RowQuerySet:
        wanted = {"check_result__state__in": GAPS}
        return rows.filter(**wanted) if value == "yes" else rows.exclude(**wanted)

    def by_due(self, rows: RowQuerySet, name: str, value: str) -> RowQuerySet:
        wanted = {"needs_page": True, "exempt": False}
        return rows.filter(**wanted) if value == "yes" else rows.exclude(**wanted)


class StateColumn(Column):
    cell_template_name = "standards/tables/state.html"

    def get_value(self, instance: Row) -> Any:
        return look_of(instance)


class _List(SafeExport, ReportView):
    header_icon = "table"
    paginate_by = 30
    paginator_class = KeysFirst
    is_searchable = True
    search_backend_name = None
    template_name = "standards/list.html"
    results_template_name = "standards/list_results.html"
    nothing: Any = ""
    # Wagtail writes moments in UTC; the county reads its own time.
    custom_value_preprocess = {
        **ReportView.custom_value_preprocess,
        datetime: {"xlsx": timezone.make_naive, "csv": lambda moment: f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"},
    }

    @cached_property
    def header_buttons(self) -> list[Button]:
        return [HeaderButton(_("覆盖看板"), url=reverse("standards_board"), icon_name="table")]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, nothing=self.nothing, **kwargs)

    def get_filename(self) -> str:
        return str(self.page_title)


class RowList(_List):
    """目录事项: all that a person reaches, what is wrong first."""

    model = Row
    page_title = _("目录事项")
    index_url_name = "standards_rows"
    index_results_url_name = "standards_rows_results"
    filterset_class = RowFilter
    search_fields = ["first", "second", "third", "content", "body_text"]
    nothing = _("这里将列出标准目录里的事项。导入目录后，系统每天核对每项内容是否已经公开、是否按时更新。")
    list_export = [
        "body_name",
        "field_name",
        "first",
        "second",
        "third",
        "content",
        "limit_words",
        "body_text",
        "state_word",
        "check_words",
        "newest_on",
        "address",
        "looked_at",
        "exempt_reason",
    ]
    export_headings = {
        "body_name": _("单位"),
        "field_name": _("领域"),
        "limit_words": _("公开时限"),
        "state_word": _("核对结果"),
        "check_words": _("说明"),
        "newest_on": _("最新日期"),
        "address": _("网址"),
        "looked_at": _("核对时间"),
        **{field.name: field.verbose_name for field in Row._meta.concrete_fields},
    }

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn(
                "matter",
                label=_("事项"),
                get_url=lambda row: reverse("standards_row", args=[row.pk]),
                width="26%",
            ),
            Column("field_name", label=_("领域")),
            Column("body_name", label=_("单位")),
            StateColumn("state", label=_("核对结果")),
            Column("check_words", label=_("说明"), width="26%"),
            DateOrDash("newest_on", label=_("最新日期")),
            PlaceColumn("address", label=_("公开位置")),
        ]

    def get_base_queryset(self) -> QuerySet[Row]:
        return rows_for(rights_of(self.request.user)).prefetch_related("faults")

    def order_queryset(self, queryset: QuerySet[Row]) -> QuerySet[Row]:
        return queryset.order_by("catalogue__body__order", "catalogue__body_id", "catalogue_id", "position")

    def decorate_paginated_queryset(self, object_list: Sequence[Row]) -> Sequence[Row]:
        for row in object_list:
            shown, check = cast(Any, row), getattr(row, "check_result", None)
            shown.body_name, shown.field_name = row.catalogue.body.name, row.catalogue.field_name
            shown.limit_words, shown.state_word = row.limit.get("text", ""), str(look_of(row).word)
            for name in ("newest_on", "address", "looked_at"):
                setattr(shown, name, getattr(check, name) if check is not None else None)
            faults = [f"{one.get_state_display()}：{one.words}" for one in row.faults.all()]
            shown.check_words = "；".join(faults) or (check.words if check is not None else "")
        return object_list


class PlaceColumn(Column):
    cell_template_name = "standards/tables/place.html"


class DateOrDash(Column):
    def get_value(self, instance: Any) -> Any:
        day = super().get_value(instance)
        return f"{day:%Y-%m-%d}" if day else "—"


class StrayFilter(WagtailFilterSet):
    body = django_filters.ModelChoiceFilter(
        label=_("目录单位"), field_name="catalogue__body", queryset=_bodies, empty_label=_("全部")
    )

    class Meta:
        model = Stray
        fields: list[str] = []


class StrayList(_List):
    """目录外内容 (C4): what stands in a column of catalogues and belongs to none of their rows."""

    model = Stray
    page_title = _("目录外内容")
    index_url_name = "standards_strays"
    index_results_url_name = "standards_strays_results"
    filterset_class = StrayFilter
    search_fields = ["title"]
    nothing = _("专栏里的内容都属于目录事项。不属于任何事项的内容，核对后会列在这里。")
    list_export = ["body", "title", "published_on", "address", "found_at"]
    export_headings = {field.name: field.verbose_name for field in Stray._meta.concrete_fields}

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn("title", label=_("标题"), get_url=lambda one: one.address or None, width="46%"),
            Column("body", label=_("单位")),
            DateOrDash("published_on", label=_("发布日期")),
            DateColumn("found_at", label=_("发现时间")),
        ]

    def get_base_queryset(self) -> QuerySet[Stray]:
        return strays_for(rights_of(self.request.user))
