"""整改事项 as lists: all that the person reaches, and those of the bodies whose clerk the person is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import Button, HeaderButton

from gongkai.foundation import clock
from gongkai.foundation.access import Rights, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import numbers
from gongkai.foundation.spreadsheets import SafeExport
from gongkai.rectification.models import Case, CaseQuerySet
from gongkai.rectification.selectors import cases_for, count, mine, pressing_first, source_label
from gongkai.rectification.services import Urged, urge
from gongkai.rectification.states import ALL, look_of
from gongkai.rectification.views.columns import DueColumn, StateColumn, TickColumn
from gongkai.rectification.views.filtering import CaseFilter, address, asking

TOLD = 5  # cases named that were not urged


class CaseList(SafeExport, ReportView):
    """The list of what is to be mended, most pressing first; the numbers above count without conditions."""

    model = Case
    page_title = _("整改事项")
    header_icon = "clipboard-list"
    template_name = "rectification/cases.html"
    results_template_name = "rectification/case_results.html"
    index_url_name = "rectification_cases"
    index_results_url_name = "rectification_cases_results"
    filterset_class = CaseFilter
    paginate_by = 30
    is_searchable = True
    search_backend_name = None
    search_fields = ["title", "detail", "address", "reference"]
    list_export = [
        "title",
        "detail",
        "body",
        "source_label",
        "get_severity_display",
        "appearance",
        "due",
        "times",
        "found_at",
        "mended_at",
        "mended_note",
        "checked_at",
        "check_words",
        "get_ruling_display",
        "ruled_because",
        "urged_count",
        "closed_at",
        "address",
        "basis",
    ]
    export_headings = {
        "source_label": _("来源"),
        "appearance": _("状态"),
        "get_severity_display": _("程度"),
        "get_ruling_display": _("人工认定"),
        **{field.name: field.verbose_name for field in Case._meta.concrete_fields},
    }
    # Wagtail writes moments in UTC; the county reads its own time.
    custom_value_preprocess = {
        **ReportView.custom_value_preprocess,
        datetime: {"xlsx": timezone.make_naive, "csv": lambda moment: f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"},
    }

    @cached_property
    def rights(self) -> Rights:
        return rights_of(self.request.user)

    @cached_property
    def may_urge(self) -> bool:
        return self.rights.may("rectification.urge")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        ticks = [TickColumn("tick", label="")] if self.may_urge else []
        return [
            *ticks,
            TitleColumn(
                "title",
                label=_("问题"),
                get_url=lambda case: reverse("rectification_case", args=[case.pk]),
                width="34%",
            ),
            StateColumn("state", label=_("状态")),
            Column("body", label=_("责任单位")),
            Column("source_label", label=_("来源")),
            DueColumn("due", label=_("到期日"), sort_key="due"),
            Column("times", label=_("第几次发现"), sort_key="times"),
        ]

    def scope(self) -> CaseQuerySet:
        """All that this list may show."""
        return cases_for(self.rights)

    def get_base_queryset(self) -> QuerySet[Case]:
        return self.scope().select_related("body")

    def order_queryset(self, queryset: QuerySet[Case]) -> QuerySet[Case]:
        if self.is_explicitly_ordered and self.ordering:
            return queryset.order_by(self.ordering, "id")
        return pressing_first(queryset)

    def decorate_paginated_queryset(self, object_list: Sequence[Case]) -> Sequence[Case]:
        today = clock.today()
        for case in object_list:
            row = cast(Any, case)
            row.source_label, row.appearance = source_label(case.source), look_of(case, today).word
        return object_list

    @cached_property
    def header_buttons(self) -> list[Button]:
        return [HeaderButton(_("整改看板"), url=reverse("rectification_board"), icon_name="table")]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        totals = count(self.scope(), clock.today())
        numbers_above = [
            {
                "number": totals.of(look),
                "href": address(asking(look), self.index_url_name),
                "look": look,
            }
            for look in ALL
        ]
        return super().get_context_data(
            *args,
            numbers=numbers_above,
            total=totals.total,
            recurring=totals.recurring,
            recurring_href=address({"open": "yes", "again": "yes"}, self.index_url_name),
            may_urge=self.may_urge,
            next=f"{self.index_url}?{self.request.GET.urlencode()}",
            **kwargs,
        )

    def get_filename(self) -> str:
        return str(self.page_title)


class MyCases(CaseList):
    """我的整改: what the bodies that this person serves as a clerk have to mend."""

    page_title = _("我的整改")
    index_url_name = "rectification_mine"
    index_results_url_name = "rectification_mine_results"
    may_urge = False

    def scope(self) -> CaseQuerySet:
        return mine(self.rights)


class UrgeView(View):
    """POST `id`…, `note`: urge the cases that were ticked, and back to the list with what became of each."""

    def post(self, request: HttpRequest) -> HttpResponse:
        asked = numbers(request.POST.getlist("id"))
        cases = list(cases_for(rights_of(request.user)).filter(pk__in=asked))
        if cases:
            tell(request, urge(cast(User, request.user), cases, request.POST.get("note", "")))
        else:
            messages.warning(request, gettext("请先勾选整改事项"))
        target = request.POST.get("next") or ""
        safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
        return HttpResponseRedirect(target) if safe else redirect("rectification_cases")


def tell(request: HttpRequest, result: Urged) -> None:
    """How many were urged; which were not, and why."""
    done, refused = len(result["done"]), result["refused"]
    if done:
        messages.success(request, ngettext("已催办 %d 项", "已催办 %d 项", done) % done)
    for entry in refused[:TOLD]:
        messages.warning(request, gettext("未催办“%(name)s”：%(why)s") % entry)
    if len(refused) > TOLD:
        messages.warning(request, gettext("另有 %d 项未催办") % (len(refused) - TOLD))
