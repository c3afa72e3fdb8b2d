"""The screens “定时任务” and “执行记录”."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import Button, HeaderButton

from gongkai.foundation.accounts.models import User
from gongkai.foundation.notifications.selectors import stuck
from gongkai.foundation.schedules.declaring import periodic_jobs
from gongkai.foundation.schedules.models import JobRun, RunState
from gongkai.foundation.schedules.selectors import overview
from gongkai.foundation.schedules.services import run_again
from gongkai.foundation.screens import Screen
from gongkai.foundation.spreadsheets import SafeExport


class OverviewView(Screen, TemplateView):
    """Every job with its last run; a failed one can be run again."""

    template_name = "schedules/overview.html"
    page_title = _("定时任务")
    header_icon = "time"

    @cached_property
    def header_buttons(self) -> list[Button]:
        return [HeaderButton(_("查看执行记录"), url=reverse("schedules_runs"), icon_name="list-ul", priority=10)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(standings=overview(), stuck=stuck(), **kwargs)


class RunFilter(WagtailFilterSet):
    key = django_filters.ChoiceFilter(
        label=_("任务"), choices=lambda: [(job.key, job.label) for job in periodic_jobs], empty_label=_("全部")
    )
    state = django_filters.ChoiceFilter(label=_("状态"), choices=RunState.choices, empty_label=_("全部"))

    class Meta:
        model = JobRun
        fields = ["key", "state"]


def _exactly(moment: datetime) -> str:
    """“Ten hours ago” says nothing about a period."""
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


class RunsView(SafeExport, ReportView):
    """Every run that is kept, newest first."""

    model = JobRun
    page_title = _("执行记录")
    header_icon = "time"
    index_url_name = "schedules_runs"
    index_results_url_name = "schedules_runs_results"
    filterset_class = RunFilter
    default_ordering = ("-started_at", "-id")
    columns = [
        Column("label", label=_("任务")),
        Column("period", label=_("周期起点"), width="15%", accessor=lambda run: _exactly(run.period)),
        Column("get_state_display", label=_("状态")),
        Column("attempts", label=_("执行次数")),
        Column("started_at", label=_("开始时间"), width="15%", accessor=lambda run: _exactly(run.started_at)),
        Column("count", label=_("处理数量")),
        Column("error", label=_("失败原因"), width="30%"),
    ]
    list_export = ["label", "period", "get_state_display", "attempts", "started_at", "finished_at", "count", "error"]
    export_headings = {"label": _("任务"), "get_state_display": _("状态")}

    def get_base_queryset(self) -> QuerySet[JobRun]:
        return JobRun.objects.all()

    def get_filename(self) -> str:
        return gettext("定时任务执行记录")


@require_POST
def run_again_view(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(JobRun, pk=pk)
    try:
        run_again(cast(User, request.user), run)
        messages.success(request, _("“%(job)s”已排队重新执行") % {"job": run.label})
    except ValidationError as error:
        messages.error(request, "；".join(error.messages))
    return redirect("schedules_overview")
