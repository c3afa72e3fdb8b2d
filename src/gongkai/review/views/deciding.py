"""What waits for one person at the gate, and several releases decided together with all they will make public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView

from gongkai.foundation import clock
from gongkai.foundation.access import rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import numbers
from gongkai.foundation.screens import Screen
from gongkai.review.forms import DecisionForm, SheetForm
from gongkai.review.marking import marked
from gongkai.review.models import Release, StepKind
from gongkai.review.queues import QUEUES, counts
from gongkai.review.selectors import has_changed, label_of, open_steps, shown, waiting_for
from gongkai.review.services import approve, describe, send_back
from gongkai.review.services.stepping import my_step


class WaitingView(Screen, ListView):
    """待我办理: one queue at a time, what is urgent first, then the oldest; thirty a page."""

    template_name = "review/waiting.html"
    page_title = gettext_lazy("公开审查")
    header_icon = "clipboard-list"
    paginate_by = 30
    context_object_name = "releases"

    def get_queryset(self) -> QuerySet[Release]:
        self.queue = QUEUES.get(self.request.GET.get("queue", ""), QUEUES["review"])
        return self.queue.releases(rights_of(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        steps, now = open_steps(context["releases"]), clock.now()
        for release in context["releases"]:
            release.label = label_of(release)
            release.open = steps.get(release.pk, [])
            release.late = any(step.due_at is not None and step.due_at < now for step in release.open)
        rows = counts(rights_of(self.request.user))
        return context | {"queue": self.queue, "queues": rows, "bulk": self.queue.key == "review", "now": now}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One release as its reviewer reads it."""

    release: Release
    label: str
    step: str
    parts: list[tuple[str, str]]
    findings: int
    changed: bool


class DecideView(Screen, FormView):
    """Pass or send back the releases named by `id` in the address: all of them or, when one cannot be, none."""

    template_name = "review/decide.html"
    page_title = gettext_lazy("审查公开内容")
    header_icon = "clipboard-list"
    form_class = DecisionForm

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("review_waiting"), _("公开审查"))]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = numbers(request.GET.getlist("id"))
        self.releases = list(waiting_for(rights_of(request.user)).filter(pk__in=asked))
        if not self.releases:
            raise Http404(_("所选内容已经办理，或者不由您办理"))
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheets = [self._sheet(one) for one in self.releases]
        kwargs.setdefault("sheet_form", self._sheet_form() if self._asks_for_sheets() else None)
        return super().get_context_data(sheets=sheets, can_pass=not any(one.changed for one in sheets), **kwargs)

    def _sheet(self, release: Release) -> Sheet:
        step = my_step(cast(User, self.request.user), release)
        findings, changed = list(release.findings.all()), has_changed(release)
        parts = [
            (label, text if changed else marked(text, [one for one in findings if one.part == label]))
            for label, text in shown(release)
        ]
        name = step.get_kind_display() if step is not None else ""
        return Sheet(release, label_of(release), name, parts, len(findings), changed)

    def _asks_for_sheets(self) -> bool:
        """Whether somebody who reviews for secrecy decides here: the answers then hold for all that is chosen."""
        steps = [my_step(cast(User, self.request.user), one) for one in self.releases]
        return any(step is not None and step.kind == StepKind.SECRECY for step in steps)

    def _sheet_form(self) -> SheetForm:
        if self.request.method == "POST":
            return SheetForm(self.request.POST)
        return SheetForm(initial=SheetForm.initial_of(self.releases[0]))

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        passing = self.request.POST.get("decision") == "approve"
        sheet_form = self._sheet_form() if passing and self._asks_for_sheets() else None
        if sheet_form is not None and not sheet_form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, sheet_form=sheet_form))
        try:
            self._decide(form.cleaned_data["note"], sheet_form, passing=passing)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        except PermissionDenied as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        told = _("已通过 %(count)s 项") if passing else _("已退回 %(count)s 项")
        messages.success(self.request, told % {"count": len(self.releases)})
        return redirect("review_waiting")

    def _decide(self, note: str, sheet_form: SheetForm | None, *, passing: bool) -> None:
        actor = cast(User, self.request.user)
        with transaction.atomic():
            for release in self.releases:
                if sheet_form is not None:
                    describe(actor, release, **sheet_form.sheet())
                (approve if passing else send_back)(actor, release, note)
