"""专项检查: the list by year, which says whether this year has had its own, and the form that begins one."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any, cast

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import HeaderButton

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import Role, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.screens import Screen
from gongkai.foundation.spreadsheets import SafeExport
from gongkai.review import services
from gongkai.review.inspection.selectors import counties_for, inspections_for, not_inspected
from gongkai.review.models import (
    Attribute,
    Inspection,
    InspectionState,
    Method,
)
from gongkai.review.views.register import Moment


def words_of(error: ValidationError | PermissionDenied) -> str:
    return "；".join(error.messages) if isinstance(error, ValidationError) else str(error)


class InspectionFilter(WagtailFilterSet):
    year = django_filters.NumberFilter(label=gettext_lazy("年度"))
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("状态"), choices=InspectionState.choices, empty_label=gettext_lazy("全部")
    )
    method = django_filters.ChoiceFilter(
        label=gettext_lazy("抽样方法"), choices=Method.choices, empty_label=gettext_lazy("全部")
    )

    class Meta:
        model = Inspection
        fields = ["year", "state", "method"]


class InspectionsView(SafeExport, ReportView):
    """专项检查 by year; says above whether this year has had the one that the notice demands."""

    model = Inspection
    template_name = "review/inspections.html"
    results_template_name = "review/inspections_results.html"
    page_title = gettext_lazy("专项检查")
    header_icon = "search"
    index_url_name = "review_inspections"
    index_results_url_name = "review_inspections_results"
    filterset_class = InspectionFilter
    default_ordering = ("-year", "-id")
    columns = [
        TitleColumn(
            "title", label=gettext_lazy("名称"), get_url=lambda one: reverse("review_inspection", args=[one.pk])
        ),
        Column("year", label=gettext_lazy("年度"), sort_key="year"),
        Column("get_state_display", label=gettext_lazy("状态")),
        Column("get_method_display", label=gettext_lazy("抽样方法")),
        Column("population", label=gettext_lazy("范围内登记数")),
        Column("sampled", label=gettext_lazy("抽查")),
        Column("judged", label=gettext_lazy("已判")),
        Column("problems", label=gettext_lazy("有问题")),
        Column("mended", label=gettext_lazy("已整改")),
        Moment("begun_at", label=gettext_lazy("发起时间"), sort_key="begun_at"),
    ]
    list_export = [
        "year",
        "title",
        "county",
        "get_state_display",
        "get_method_display",
        "scope_from",
        "scope_to",
        "seed",
        "population",
        "matching",
        "sampled",
        "judged",
        "problems",
        "mended",
        "begun_by",
        "begun_at",
        "ended_by",
        "ended_at",
        "conclusion",
    ]
    export_headings = {
        "get_state_display": gettext_lazy("状态"),
        "get_method_display": gettext_lazy("抽样方法"),
        "sampled": gettext_lazy("抽查"),
        "judged": gettext_lazy("已判"),
        "problems": gettext_lazy("有问题"),
        "mended": gettext_lazy("已整改"),
        **{field.name: field.verbose_name for field in Inspection._meta.concrete_fields},
    }

    def get_base_queryset(self) -> QuerySet[Inspection]:
        return inspections_for(rights_of(self.request.user))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not rights_of(self.request.user).may("review.inspection_begin"):
            return []
        begin = HeaderButton(_("发起专项检查"), url=reverse("review_inspection_begin"), icon_name="plus")
        return [begin]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year, rights = clock.today().year, rights_of(self.request.user)
        missing = not_inspected(rights, year)
        return super().get_context_data(
            year=year, missing=missing, may_begin=rights.may("review.inspection_begin"), **kwargs
        )

    def get_filename(self) -> str:
        return str(self.page_title)


class BeginForm(forms.Form):
    county = forms.ModelChoiceField(label=gettext_lazy("县"), queryset=Body.objects.none(), empty_label=None)
    title = forms.CharField(label=gettext_lazy("检查名称"), max_length=200)
    year = forms.IntegerField(
        label=gettext_lazy("年度"),
        min_value=2000,
        max_value=2100,
        help_text=gettext_lazy("计入哪一年的“每年至少开展1次专项检查”"),
    )
    scope_from = forms.DateField(label=gettext_lazy("签发日期自"), widget=AdminDateInput)
    scope_to = forms.DateField(label=gettext_lazy("签发日期至"), widget=AdminDateInput)
    method = forms.ChoiceField(
        label=gettext_lazy("抽样方法"),
        choices=Method.choices,
        widget=forms.RadioSelect,
        initial=Method.RANDOM,
        help_text=gettext_lazy("“有保留的机器发现”指审查时经人决定保留或者认为不适用的发现"),
    )
    size = forms.IntegerField(
        label=gettext_lazy("抽取数量"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("随机抽样必填；其他方法不填时，符合条件的全部检查"),
    )
    seed = forms.CharField(
        label=gettext_lazy("抽样种子"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("决定抽到哪些登记，写入报告，任何人可以用它重新抽取核对；可以改为当场摇出的号码"),
    )
    bodies = forms.ModelMultipleChoiceField(
        label=gettext_lazy("指定的单位"),
        queryset=Body.objects.none(),
        required=False,
        help_text=gettext_lazy("抽样方法为“指定单位”时选择，按住 Ctrl 可多选"),
    )
    attribute = forms.ChoiceField(
        label=gettext_lazy("指定的公开属性"),
        choices=[("", "—"), *Attribute.choices],
        required=False,
        help_text=gettext_lazy("抽样方法为“指定公开属性”时选择"),
    )


class BeginView(Screen, FormView):
    template_name = "review/inspection_begin.html"
    page_title = gettext_lazy("发起专项检查")
    header_icon = "search"
    form_class = BeginForm

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("review_inspections"), _("专项检查"))]

    def get_initial(self) -> dict[str, Any]:
        year = clock.today().year
        return {
            "title": _("%d年政府信息公开保密审查专项检查") % year,
            "year": year,
            "scope_from": date(year, 1, 1),
            "scope_to": clock.today(),
            "seed": str(secrets.randbelow(10**8)).zfill(8),
        }

    def get_form(self, form_class: Any = None) -> BeginForm:
        form: BeginForm = super().get_form(form_class)
        counties = counties_for(rights_of(self.request.user), Role.SECRECY_ADMIN)
        form.fields["county"].queryset = counties  # type: ignore[attr-defined]
        below = Body.objects.filter(county__in=counties).order_by("order", "pk")
        form.fields["bodies"].queryset = below  # type: ignore[attr-defined]
        if len(counties) == 1:
            form.fields["county"].widget = forms.HiddenInput()
            form.initial["county"] = counties[0]
        return form

    def form_valid(self, form: BeginForm) -> HttpResponse:
        facts = form.cleaned_data | {"bodies": list(form.cleaned_data["bodies"])}
        try:
            inspection = services.begin_inspection(cast(User, self.request.user), **facts)
        except (ValidationError, PermissionDenied) as error:
            form.add_error(None, words_of(error))
            return self.form_invalid(form)
        messages.success(self.request, _("已抽取 %d 项登记，请逐项判定") % inspection.entries.count())
        return redirect("review_inspection", inspection.pk)
