"""The screens “社会监督意见” of the office: the list, and the answer to one."""

from __future__ import annotations

from typing import Any, cast

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from gongkai.foundation.access import Role, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.screens import Screen
from gongkai.foundation.spreadsheets import SafeExport
from gongkai.ledger.models import Feedback, FeedbackState
from gongkai.ledger.reviewables import FEEDBACK
from gongkai.ledger.services.feedback import answer_feedback, hide_feedback
from gongkai.review.models import Release
from gongkai.review.selectors import standings


def feedback_for(user: User) -> QuerySet[Feedback]:
    reached = rights_of(user).bodies(Role.OFFICE)
    rows = Feedback.objects.select_related("item__plan__county", "handled_by")
    return rows if reached is None else rows.filter(item__plan__county_id__in=reached)


class FeedbackFilter(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("状态"), choices=FeedbackState.choices, empty_label=gettext_lazy("全部")
    )
    text = django_filters.CharFilter(label=gettext_lazy("意见内容"), lookup_expr="icontains")

    class Meta:
        model = Feedback
        fields = ["state", "text"]


class FeedbackList(SafeExport, ReportView):
    model = Feedback
    page_title = gettext_lazy("社会监督意见")
    header_icon = "comment"
    index_url_name = "ledger_feedback"
    index_results_url_name = "ledger_feedback_results"
    filterset_class = FeedbackFilter
    default_ordering = ("-created_at", "-id")
    columns = [
        TitleColumn(
            "reference",
            label=gettext_lazy("回执编号"),
            get_url=lambda feedback: reverse("ledger_feedback_answer", args=[feedback.pk]),
        ),
        Column("text", label=gettext_lazy("意见内容"), width="40%"),
        Column("item", label=gettext_lazy("事项")),
        Column("get_state_display", label=gettext_lazy("状态"), sort_key="state"),
        DateColumn("created_at", label=gettext_lazy("提交时间"), sort_key="created_at"),
    ]
    list_export = ["reference", "item", "text", "get_state_display", "reply", "created_at", "handled_by", "handled_at"]
    export_headings = {
        "get_state_display": gettext_lazy("状态"),
        **{field.name: field.verbose_name for field in Feedback._meta.concrete_fields},
    }

    def get_base_queryset(self) -> QuerySet[Feedback]:
        return feedback_for(cast(User, self.request.user))

    def get_filename(self) -> str:
        return _("社会监督意见")


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("答复，或不公开的理由"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("答复与意见一并报送，签发后公开；不公开的，理由只留存备查"),
    )


class AnswerView(Screen, FormView):
    """Answer one opinion, or keep it from the public with a reason."""

    template_name = "ledger/public/answer.html"
    header_icon = "comment"
    form_class = AnswerForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.feedback = get_object_or_404(feedback_for(cast(User, request.user)), pk=kwargs["pk"])
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_page_title(self) -> str:
        return _("社会监督意见 %(reference)s") % {"reference": self.feedback.reference}

    def get_initial(self) -> dict[str, Any]:
        return {"words": self.feedback.reply}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = Release.objects.filter(kind=FEEDBACK, object_id=self.feedback.pk).order_by("pk").last()
        standing = standings([newest])[newest.pk] if newest else _("未报送")
        return super().get_context_data(feedback=self.feedback, standing=standing, **kwargs)

    def form_valid(self, form: AnswerForm) -> HttpResponse:
        answering = self.request.POST.get("decision") == "answer"
        act = answer_feedback if answering else hide_feedback
        try:
            act(cast(User, self.request.user), self.feedback, form.cleaned_data["words"])
        except (ValidationError, PermissionDenied) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            return self.form_invalid(form)
        told = _("答复已报送，签发后公开") if answering else _("该意见不公开")
        messages.success(self.request, told)
        return redirect("ledger_feedback")
