"""The screens of 泄密隐患登记: the list with its running clocks, one incident, and the procedure for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import Role, rights_of
from gongkai.foundation.access.table import verbs
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.selectors import history
from gongkai.foundation.guard.refusals import false_alarm, kind_of, procedure
from gongkai.foundation.screens import Screen
from gongkai.foundation.spreadsheets import SafeExport
from gongkai.review.guard.incidents import OVERSEERS, incidents_for
from gongkai.review.models import Incident, Way
from gongkai.review.services import close_incident, report_incident

READERS = frozenset({*OVERSEERS, Role.SECRECY_REVIEWER})
_NOTED = {"review.note_incident": _("拦截并登记"), "review.take_down": _("停止公开并登记")}


def standing(incident: Incident) -> str:
    """Where the incident is, in words; while the clock runs how much of it is left."""
    if incident.closed_at:
        return gettext("已办结")
    if incident.reported_at:
        return gettext("已报告，待办结")
    if incident.report_due is None:
        return gettext("已拦截，待核实")
    minutes = int((incident.report_due - clock.now()).total_seconds() // 60)
    if minutes < 0:
        hours = -minutes // 60
        return gettext("报告已逾期 %d 小时") % hours if hours else gettext("报告已逾期")
    hours, rest = divmod(minutes, 60)
    return gettext("还剩 %(hours)d 小时 %(minutes)d 分") % {"hours": hours, "minutes": rest}


def _bodies(request: Any) -> QuerySet[Body]:
    return Body.objects.filter(pk__in=incidents_for(rights_of(request.user)).order_by().values("body_id"))


class IncidentFilter(WagtailFilterSet):
    way = django_filters.ChoiceFilter(label=_("途径"), choices=Way.choices, empty_label=_("全部"))
    body = django_filters.ModelChoiceFilter(label=_("单位"), queryset=_bodies, empty_label=_("全部"))
    open = django_filters.ChoiceFilter(
        label=_("办理情况"),
        method="narrow",
        choices=[("unreported", _("待报告")), ("open", _("未办结")), ("closed", _("已办结"))],
        empty_label=_("全部"),
    )
    found_at = django_filters.DateFromToRangeFilter(label=_("发现时间"), widget=DateRangePickerWidget)

    class Meta:
        model = Incident
        fields = ["way", "body", "found_at"]

    def narrow(self, incidents: QuerySet[Incident], name: str, value: str) -> QuerySet[Incident]:
        if value == "unreported":
            return incidents.filter(report_due__isnull=False, reported_at=None, closed_at=None)
        return incidents.filter(closed_at__isnull=value == "open")


class IncidentsView(SafeExport, ReportView):
    model = Incident
    page_title = _("泄密隐患登记")
    header_icon = "lock"
    index_url_name = "review_incidents"
    index_results_url_name = "review_incidents_results"
    results_template_name = "review/incidents_results.html"
    filterset_class = IncidentFilter
    default_ordering = ("-id",)
    columns = [
        TitleColumn("pk", label=_("编号"), get_url=lambda one: reverse("review_incident", args=[one.pk])),
        Column("found", label=_("发现时间"), sort_key="found_at"),
        Column("get_way_display", label=_("途径")),
        Column("kind", label=_("发现的标志")),
        Column("body", label=_("单位")),
        Column("actor", label=_("操作人")),
        Column("times", label=_("次数"), sort_key="times"),
        Column("standing", label=_("办理情况")),
    ]
    list_export = [
        "pk",
        "found_at",
        "last_at",
        "times",
        "get_way_display",
        "address",
        "rule",
        "body",
        "actor",
        "report_due",
        "reported_at",
        "reported_by",
        "reported_to",
        "note",
        "closed_at",
        "closed_by",
        "conclusion",
    ]
    export_headings = {
        "pk": _("编号"),
        "get_way_display": _("途径"),
        **{field.name: field.verbose_name for field in Incident._meta.concrete_fields if field.name != "id"},
    }

    def get_base_queryset(self) -> QuerySet[Incident]:
        return incidents_for(rights_of(self.request.user))

    def decorate_paginated_queryset(self, object_list: Sequence[Incident]) -> Sequence[Incident]:
        for incident in object_list:
            row = cast(Any, incident)
            row.standing, row.kind = standing(incident), kind_of(incident.rule)
            row.found = date_format(timezone.localtime(incident.found_at), "SHORT_DATETIME_FORMAT")
        return object_list

    def get_filename(self) -> str:
        return str(self.page_title)


class ReportForm(forms.Form):
    reported_to = forms.CharField(
        label=_("报告对象"), max_length=200, help_text=_("例如“清河县国家保密局、县政府办公室”")
    )
    note = forms.CharField(
        label=_("报告情况"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("选填。写明报告方式和已采取的措施，不要写涉密内容本身"),
    )


class CloseForm(forms.Form):
    conclusion = forms.CharField(
        label=_("核实结论"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明是否涉密、如何处理，不要写涉密内容本身"),
    )


class IncidentView(Screen, TemplateView):
    template_name = "review/incident.html"
    header_icon = "lock"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.incident = get_object_or_404(incidents_for(rights_of(request.user)), pk=kwargs["pk"])
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_page_title(self) -> str:
        return gettext("泄密隐患 %d") % self.incident.pk

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("review_incidents"), gettext("泄密隐患登记"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        incident, rights = self.incident, rights_of(self.request.user)
        due = incident.report_due if not incident.reported_at and not incident.closed_at else None
        may_report = rights.may("review.report_incident", incident.body_id)
        may_close = rights.may("review.close_incident", incident.body_id)
        kwargs.setdefault("report_form", ReportForm(prefix="report"))
        kwargs.setdefault("close_form", CloseForm(prefix="close"))
        return super().get_context_data(
            incident=incident,
            kind=kind_of(incident.rule),
            standing=standing(incident),
            running=due is not None,
            late=due is not None and due < clock.now(),
            steps=procedure(),
            can_report=may_report and not incident.reported_at and not incident.closed_at,
            can_close=may_close and not incident.closed_at and due is None,
            events=[(event, _NOTED.get(event.verb) or verbs.get(event.verb).label) for event in history(incident)],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        closing = "close" in request.POST
        name, form = self._form(request, closing)
        actor = cast(User, request.user)
        if form.is_valid():
            data = form.cleaned_data
            try:
                if closing:
                    close_incident(actor, self.incident, data["conclusion"])
                else:
                    report_incident(actor, self.incident, data["reported_to"], data["note"])
            except (ValidationError, PermissionDenied) as error:
                form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            else:
                messages.success(request, gettext("已办结") if closing else gettext("已登记报告"))
                return redirect("review_incident", self.incident.pk)
        return self.render_to_response(self.get_context_data(**{name: form}), status=422)

    def _form(self, request: HttpRequest, closing: bool) -> tuple[str, forms.Form]:
        if closing:
            return "close_form", CloseForm(request.POST, prefix="close")
        return "report_form", ReportForm(request.POST, prefix="report")


class ProcedureView(Screen, TemplateView):
    """What to do when the door refused something; for everybody who signs in."""

    template_name = "review/procedure.html"
    header_icon = "lock"
    page_title = _("发现疑似国家秘密怎么办")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(steps=procedure(), advice=false_alarm(), **kwargs)
