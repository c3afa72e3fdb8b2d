"""One 专项检查: its entries to judge, one entry, the report."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, View

from gongkai.foundation.access import rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.charts import on_screens
from gongkai.foundation.input import numbers
from gongkai.foundation.screens import Screen
from gongkai.review import services
from gongkai.review.inspection.selectors import by_body, by_kind, entries_of, inspections_for
from gongkai.review.inspection.telling import chart, chart_title, method_in_words
from gongkai.review.models import InspectionEntry, InspectionState, Judgement, ProblemKind
from gongkai.review.selectors import label_of, shown, standings
from gongkai.review.services.inspecting import taken_part
from gongkai.review.views.inspections import words_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Words = forms.Textarea(attrs={"rows": 3})


class OfInspection(Screen):
    """Base of the screens about one inspection, found among those the person may see."""

    header_icon = "search"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.rights = rights_of(request.user)
        self.inspection = get_object_or_404(inspections_for(self.rights), pk=kwargs["pk"])
        self.may_judge = (
            self.rights.may("review.inspection_judge", self.inspection.county_id)
            and self.inspection.state == InspectionState.OPEN
        )

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("review_inspections"), _("专项检查"))]


class InspectionView(OfInspection, ListView):
    """One inspection: how it was drawn, how far it is, its entries thirty a page; several called 合规 together."""

    template_name = "review/inspection.html"
    paginate_by = 30
    context_object_name = "entries"

    def get_page_title(self) -> str:
        return self.inspection.title

    def get_queryset(self) -> QuerySet[InspectionEntry]:
        rows = entries_of(self.inspection)
        asked = self.request.GET.get("judgement")
        return rows.filter(judgement=asked) if asked in Judgement.values else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, everything = self.inspection, list(entries_of(self.inspection))
        bodies = by_body(everything)
        counts = [
            (value, label, sum(entry.judgement == value for entry in everything)) for value, label in Judgement.choices
        ]
        return super().get_context_data(
            inspection=one,
            method=method_in_words(one),
            counts=counts,
            asked=self.request.GET.get("judgement", ""),
            kinds=by_kind(everything),
            bodies=bodies,
            chart=on_screens(chart, bodies) if any(row.problems for row in bodies) else "",
            chart_title=chart_title(bodies),
            may_judge=self.may_judge,
            own=set(taken_part(self.actor).filter(inspection_entries__inspection=one).values_list("pk", flat=True)),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        words = request.POST.get("words", "")
        try:
            match request.POST.get("do"):
                case "conform":
                    self._conform(numbers(request.POST.getlist("id")))
                case "close":
                    services.close_inspection(self.actor, self.inspection, words)
                    messages.success(request, _("专项检查已完成"))
                case "cancel":
                    services.cancel_inspection(self.actor, self.inspection, words)
                    messages.success(request, _("专项检查已作废"))
        except (ValidationError, PermissionDenied) as error:
            messages.error(request, words_of(error))
        return redirect(request.get_full_path())

    def _conform(self, ids: list[int]) -> None:
        if not ids:
            messages.warning(self.request, _("请先勾选登记"))
            return
        done, left = services.judge_conforming(self.actor, self.inspection, ids)
        if done:
            messages.success(self.request, _("已将 %d 项判定为合规") % len(done))
        if left:
            told = _("有 %d 项您参与过审查或者报送，请由其他检查人员判定") % len(left)
            messages.warning(self.request, told)


class JudgeForm(forms.Form):
    judgement = forms.ChoiceField(
        label=gettext_lazy("判定"),
        choices=[one for one in Judgement.choices if one[0] != Judgement.UNJUDGED],
        widget=forms.RadioSelect,
    )
    problem = forms.ChoiceField(
        label=gettext_lazy("问题类型"),
        choices=[("", "—"), *ProblemKind.choices],
        required=False,
        help_text=gettext_lazy("判定为“有问题”时必选"),
    )
    what = forms.CharField(
        label=gettext_lazy("问题说明"),
        required=False,
        widget=Words,
        help_text=gettext_lazy("判定为“有问题”时必填；不要抄录涉密内容和完整的个人信息"),
    )
    measure = forms.CharField(
        label=gettext_lazy("整改要求"),
        required=False,
        widget=Words,
        help_text=gettext_lazy("判定为“有问题”时必填，送责任单位整改"),
    )


class MendedForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("复核意见"),
        widget=Words,
        help_text=gettext_lazy("写明复核时看到的情况，例如“附件已更换，手机号已遮盖”"),
    )


class EntryView(OfInspection, FormView):
    """One entry: what was signed, its way through the reviews, and the judgement; then on to the next."""

    template_name = "review/inspection_entry.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.entry = get_object_or_404(entries_of(self.inspection), pk=kwargs["entry"])
        own = taken_part(self.actor).filter(pk=self.entry.release_id).exists()
        self.own = own
        self.may_judge = self.may_judge and not own
        problem = self.entry.judgement == Judgement.PROBLEM and self.entry.mended_at is None
        county = self.inspection.county_id
        self.may_confirm = problem and not own and self.rights.may("review.inspection_mended", county)

    def get_page_title(self) -> str:
        return self.entry.release.title

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (self._list(), self.inspection.title)]

    def get_form_class(self) -> type[forms.Form]:
        return MendedForm if self.request.POST.get("do") == "mended" else JudgeForm

    def get_initial(self) -> dict[str, Any]:
        entry = self.entry
        judged = entry.judgement if entry.judgement != Judgement.UNJUDGED else None
        return {"judgement": judged, "problem": entry.problem, "what": entry.what, "measure": entry.measure}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release = self.entry.release
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {
            "inspection": self.inspection,
            "entry": self.entry,
            "release": release,
            "label": label_of(release),
            "standing": standings([release])[release.pk],
            "parts": shown(release),
            "steps": release.steps.select_related("decided_by", "reviewer_body"),
            "findings": release.findings.select_related("decided_by"),
            "may_judge": self.may_judge,
            "may_confirm": self.may_confirm,
            "own": self.own,
            "judging": form if isinstance(form, JudgeForm) else JudgeForm(initial=self.get_initial()),
            "mending": form if isinstance(form, MendedForm) else MendedForm(),
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        facts = form.cleaned_data
        try:
            if isinstance(form, MendedForm):
                services.confirm_mended(self.actor, self.entry, facts["note"])
                messages.success(self.request, _("已确认整改"))
                return redirect(self._list())
            judged = Judgement(facts.pop("judgement"))
            services.judge_entry(self.actor, self.entry, judged, **facts)
        except (ValidationError, PermissionDenied) as error:
            form.add_error(None, words_of(error))
            return self.form_invalid(form)
        left = self.inspection.entries.filter(judgement=Judgement.UNJUDGED).exclude(release__in=taken_part(self.actor))
        following = left.filter(pk__gt=self.entry.pk).first() or left.first()
        if following is None:
            messages.success(self.request, _("“%s”已判定，没有其他待您判定的登记") % self.entry.release.title)
            return redirect(self._list())
        messages.success(self.request, _("“%s”已判定，请判定下一项") % self.entry.release.title)
        return redirect("review_inspection_entry", self.inspection.pk, following.pk)

    def _list(self) -> str:
        return reverse("review_inspection", args=[self.inspection.pk])


class ReportFileView(OfInspection, View):
    """The report as a Word file."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        from gongkai.review.inspection import report  # what writes and draws takes a second to load

        answer = HttpResponse(report.write(self.inspection), content_type=WORD)
        name = quote(_("%s报告.docx") % self.inspection.title)
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return answer
