"""The screen “保密审查登记”: what was put forward, who decided, whether it is public, and the state of the chain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button

from gongkai.foundation import clock
from gongkai.foundation.access import Rights, rights_of
from gongkai.foundation.spreadsheets import SafeExport
from gongkai.review.models import Release, Verification
from gongkai.review.register.finding import ReleaseFilter
from gongkai.review.register.sheets import COLUMNS, number_of, sheets_of
from gongkai.review.selectors import label_of, register, standings
from gongkai.review.services.verifying import STANDS


class Moment(Column):
    """A moment in figures: in a register “five months ago” is no date."""

    def get_value(self, instance: Any) -> str:
        at = super().get_value(instance)
        return date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else ""


class RegisterView(SafeExport, ReportView):
    model = Release
    template_name = "review/register.html"
    page_title = _("保密审查登记")
    header_icon = "clipboard-list"
    index_url_name = "review_register"
    index_results_url_name = "review_register_results"
    filterset_class = ReleaseFilter
    default_ordering = ("-id",)
    paginate_by = 30
    columns = [
        TitleColumn("title", label=_("信息名称"), get_url=lambda row: reverse("review_release", args=[row.pk])),
        Column("number", label=_("编号")),
        Column("label", label=_("内容类型"), classname="review-short"),
        Column("body", label=_("单位"), accessor="body.label"),
        Column("attribute", label=_("公开属性"), accessor="get_attribute_display", classname="review-short"),
        Column("standing", label=_("公开现状")),
        Column("requested_by", label=_("报送人")),
        Moment("requested_at", label=_("报送时间"), sort_key="requested_at"),
        Column("decided_by", label=_("签发人")),
        Moment("decided_at", label=_("签发时间"), sort_key="decided_at"),
    ]
    list_export = [*(f"sheet.{name}" for name in COLUMNS), "get_state_display", "standing", "digest"]
    export_headings = {
        **{f"sheet.{name}": label for name, label in COLUMNS.items()},
        "get_state_display": _("状态"),
        "standing": _("公开现状"),
        "digest": _("内容摘要值"),
    }

    @cached_property
    def rights(self) -> Rights:
        return rights_of(self.request.user)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        buttons.append(Button(gettext("月度汇总"), url=reverse("review_months"), icon_name="calendar", priority=10))
        buttons.append(Button(gettext("登记簿条目"), url=reverse("review_entries"), icon_name="list-ol", priority=20))
        return buttons

    def get_base_queryset(self) -> QuerySet[Release]:
        return register(self.rights)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if not self.results_only:
            context["verified"] = Verification.objects.over().select_related("by").first()
            context["verifying"] = Verification.objects.filter(finished_at=None, touched_at__gt=clock.now() - STANDS)
            context["may_verify"] = self.rights.may("review.verify_register")
        return cast(dict[str, Any], context)

    def decorate_paginated_queryset(self, object_list: Sequence[Release]) -> Sequence[Release]:
        rows = list(object_list)
        words = standings(rows)
        sheets = {sheet.release.pk: sheet for sheet in sheets_of(rows)} if self.is_export else {}
        for release in rows:
            row = cast(Any, release)
            row.standing, row.label, row.number = words[release.pk], label_of(release), number_of(release)
            row.sheet = sheets.get(release.pk)
        return object_list  # its rows are those above

    def get_filename(self) -> str:
        return str(self.page_title)
