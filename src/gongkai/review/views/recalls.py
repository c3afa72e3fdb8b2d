"""复筛发现: the list of what waits, several kept together, and one with its three decisions."""

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
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from gongkai.bodies.models import Body
from gongkai.core.screening import Severity
from gongkai.foundation import clock
from gongkai.foundation.access import rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import numbers
from gongkai.foundation.screens import Screen
from gongkai.foundation.spreadsheets import SafeExport
from gongkai.review import services
from gongkai.review.models import CATEGORIES, SEVERITIES, Decision, Recall, State
from gongkai.review.rescreening.selectors import CHANGING, WAITING, recalls_for
from gongkai.review.selectors import label_of, standings
from gongkai.review.views.inspections import words_of

TOLD = 5  # refusals told one by one


def standing_of(recall: Recall) -> str:
    """How it stands in words: what was decided, or that nothing is left to decide."""
    if recall.decision in (Decision.KEEP, Decision.WITHDRAW):
        return str(_("已保留") if recall.decision == Decision.KEEP else _("已撤稿"))
    if recall.release.state != State.APPROVED:
        return str(recall.release.get_state_display())
    if recall.decision == Decision.CHANGE:
        return _("修改中")
    return _("待处理，已暂停公开") if recall.held_at else _("待处理")


def _bodies(request: Any) -> QuerySet[Body]:
    rows = recalls_for(rights_of(request.user)) if request else Recall.objects.none()
    return Body.objects.filter(pk__in=rows.order_by().values("release__body"))


class RecallFilter(WagtailFilterSet):
    standing = django_filters.ChoiceFilter(
        label=gettext_lazy("处理情况"),
        choices=[
            ("waiting", gettext_lazy("待处理")),
            ("held", gettext_lazy("待处理，已暂停公开")),
            ("changing", gettext_lazy("修改中")),
            ("over", gettext_lazy("已处理")),
        ],
        empty_label=gettext_lazy("全部"),
        method="by_standing",
    )
    release__title = django_filters.CharFilter(label=gettext_lazy("标题"), lookup_expr="icontains")
    category = django_filters.ChoiceFilter(
        label=gettext_lazy("类别"),
        choices=[(one.value, name) for one, name in CATEGORIES.items()],
        empty_label=gettext_lazy("全部"),
    )
    severity = django_filters.ChoiceFilter(
        label=gettext_lazy("级别"),
        choices=[(one.value, name) for one, name in SEVERITIES.items()],
        empty_label=gettext_lazy("全部"),
    )
    release__body = django_filters.ModelChoiceFilter(
        label=gettext_lazy("单位"), queryset=_bodies, empty_label=gettext_lazy("全部")
    )

    class Meta:
        model = Recall
        fields: list[str] = []

    def by_standing(self, queryset: Any, name: str, value: str) -> Any:
        match value:
            case "waiting":
                return queryset.filter(WAITING)
            case "held":
                return queryset.filter(WAITING, held_at__isnull=False)
            case "changing":
                return queryset.filter(CHANGING)
        return queryset.exclude(WAITING | CHANGING)


class BoxColumn(Column):
    cell_template_name = "review/recall_box.html"


class RecallsView(SafeExport, ReportView):
    model = Recall
    page_title = gettext_lazy("复筛发现")
    header_icon = "warning"
    index_url_name = "review_recalls"
    index_results_url_name = "review_recalls_results"
    results_template_name = "review/recalls_results.html"
    filterset_class = RecallFilter
    default_ordering = ("due", "id")
    paginate_by = 30
    columns = [
        BoxColumn("box", label=gettext_lazy("选择")),
        TitleColumn(
            "title",
            label=gettext_lazy("标题"),
            accessor="release.title",
            get_url=lambda recall: reverse("review_recall", args=[recall.pk]),
        ),
        Column("body", label=gettext_lazy("单位"), accessor="release.body.label"),
        Column("get_category_display", label=gettext_lazy("类别")),
        Column("get_severity_display", label=gettext_lazy("级别")),
        Column("excerpt", label=gettext_lazy("摘录（已遮盖）")),
        Column("standing", label=gettext_lazy("处理情况")),
        Column("due", label=gettext_lazy("处理期限"), sort_key="due", accessor=lambda recall: recall.due.isoformat()),
    ]
    list_export = [
        "release.title",
        "release.body",
        "get_category_display",
        "get_severity_display",
        "rule",
        "part",
        "where",
        "times",
        "excerpt",
        "message",
        "suggestion",
        "found_at",
        "due",
        "standing",
        "decided_by",
        "decided_at",
        "reason",
    ]
    export_headings = {
        "release.title": gettext_lazy("标题"),
        "release.body": gettext_lazy("单位"),
        "get_category_display": gettext_lazy("类别"),
        "get_severity_display": gettext_lazy("级别"),
        "standing": gettext_lazy("处理情况"),
        **{field.name: field.verbose_name for field in Recall._meta.concrete_fields},
    }

    def get_base_queryset(self) -> QuerySet[Recall]:
        return recalls_for(rights_of(self.request.user))

    def decorate_paginated_queryset(self, object_list: Sequence[Recall]) -> Sequence[Recall]:
        rights = rights_of(self.request.user)
        for recall in object_list:
            row = cast(Any, recall)
            row.standing = standing_of(recall)
            undecided = recall.decision == "" and recall.release.state == State.APPROVED
            may = rights.may("review.recall_keep", recall.release.body_id)
            row.can_keep = undecided and recall.severity != Severity.BLOCK and may
        return object_list

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_keep = rights_of(self.request.user).may("review.recall_keep_many")
        return super().get_context_data(may_keep=may_keep, here=self.request.get_full_path(), **kwargs)

    def get_filename(self) -> str:
        return str(self.page_title)


class KeepManyView(View):
    """POST `id`…, `reason`; back to the list it came from."""

    def post(self, request: HttpRequest) -> HttpResponse:
        actor = cast(User, request.user)
        chosen = list(recalls_for(rights_of(actor)).filter(pk__in=numbers(request.POST.getlist("id"))))
        if not chosen:
            messages.warning(request, _("请先勾选发现"))
            return self._back(request)
        try:
            kept, left = services.keep_recalls(actor, chosen, request.POST.get("reason", ""))
        except (ValidationError, PermissionDenied) as error:
            messages.error(request, words_of(error))
            return self._back(request)
        if kept:
            messages.success(request, _("已保留 %d 处") % len(kept))
        for recall, why in left[:TOLD]:
            messages.warning(request, f"{recall.release.title}：{why}")
        if len(left) > TOLD:
            messages.warning(request, _("另有 %d 处未保留") % (len(left) - TOLD))
        return self._back(request)

    def _back(self, request: HttpRequest) -> HttpResponse:
        target = request.POST.get("next") or ""
        safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
        return redirect(target if safe else "review_recalls")


class DecideForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("保留和撤稿必填，载入登记；不要抄录涉密内容和完整的个人信息"),
    )
    notice = forms.CharField(
        label=gettext_lazy("撤稿后对外说明"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("选填，撤稿后公众在原网址看到的说明"),
    )


class RecallView(Screen, FormView):
    """One finding: where it stands, why the machine suspects it, and keep, change or withdraw."""

    template_name = "review/recall.html"
    header_icon = "warning"
    form_class = DecideForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.rights = rights_of(request.user)
        self.recall = get_object_or_404(recalls_for(self.rights), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return self.recall.release.title

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("review_recalls"), _("复筛发现"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        recall, release = self.recall, self.recall.release
        undecided = recall.decision == "" and release.state == State.APPROVED
        changing = recall.decision == Decision.CHANGE and release.state == State.APPROVED
        may = {name: self.rights.may(f"review.recall_{name}", release.body_id) for name in Decision.values}
        return super().get_context_data(
            recall=recall,
            release=release,
            label=label_of(release),
            standing=standing_of(recall),
            public=standings([release])[release.pk],
            late=undecided and recall.due < clock.today(),
            can_keep=undecided and may["keep"] and recall.severity != Severity.BLOCK,
            can_change=undecided and may["change"],
            can_withdraw=(undecided or changing) and may["withdraw"],
            **kwargs,
        )

    def form_valid(self, form: DecideForm) -> HttpResponse:
        actor, reason, recall = cast(User, self.request.user), form.cleaned_data["reason"], self.recall
        try:
            match self.request.POST.get("decision"):
                case Decision.KEEP:
                    services.keep_recall(actor, recall, reason)
                case Decision.CHANGE:
                    services.change_recall(actor, recall, reason)
                case Decision.WITHDRAW:
                    services.withdraw_recall(actor, recall, reason, form.cleaned_data["notice"])
                case _unknown:
                    raise ValidationError(_("请选择保留、修改或者撤稿"))
        except (ValidationError, PermissionDenied) as error:
            form.add_error(None, words_of(error))
            return self.form_invalid(form)
        recall.refresh_from_db()
        messages.success(self.request, f"{recall.release.title}：{standing_of(recall)}")
        return redirect("review_recalls")
