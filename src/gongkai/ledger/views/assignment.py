"""The page of one assignment: what must be done now, the duty, what is missing, evidence, people and dates, history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from gongkai.foundation import clock
from gongkai.foundation.events.selectors import history
from gongkai.foundation.input import numbers
from gongkai.ledger import services
from gongkai.ledger.history import told
from gongkai.ledger.models import Assignment, Evidence, State
from gongkai.ledger.periods import reported_keys, standings
from gongkai.ledger.selectors import missing, return_reasons, with_work
from gongkai.ledger.views.actions import BY_KEY, Action, is_live, possible
from gongkai.ledger.views.base import LedgerView
from gongkai.ledger.views.deadline import deadline_of
from gongkai.ledger.views.forms import ActionForm

TYPED = "ledger.evidence.typed"  # key of the session: what was written when an act on evidence was refused, told once
EVIDENCE_VERBS = ("recheck", "overrule_check", "use_evidence", "remove_evidence")


class AssignmentView(LedgerView, TemplateView):
    """GET shows the page; POST to `<key>/` acts, and on an error shows the page again with what was typed."""

    template_name = "ledger/assignment.html"

    @cached_property
    def assignment(self) -> Assignment:
        return get_object_or_404(with_work(self.assignments), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.assignment.body.name

    def trail(self) -> list[tuple[str, str]]:
        item = self.assignment.item
        return [
            self.board_step(self.assignment.plan),
            (reverse("ledger_item", args=[item.pk]), _("事项（%s）") % item.key),
        ]

    def post(self, request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
        action = BY_KEY.get(key)
        if action is None:
            raise Http404
        form = action.form(self.assignment, request.POST, request.FILES, prefix=action.key)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(bound=form, bound_key=key), status=422)
        try:
            action.call(self.actor, self.assignment, form.cleaned_data)
        except (ValidationError, PermissionDenied) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            return self.render_to_response(self.get_context_data(bound=form, bound_key=key), status=422)
        messages.success(request, str(action.done))
        return redirect("ledger_assignment", pk)

    def get_context_data(self, bound: ActionForm | None = None, bound_key: str = "", **kwargs: Any) -> dict[str, Any]:
        one, today = self.assignment, clock.today()
        events = list(history(one))
        owed = standings(one, today, reported_keys(one))
        labels = {period.key: period.label for period, _standing in owed}
        actions = [
            {"action": action, "form": bound if action.key == bound_key else self._form(action)}
            for action in possible(one, self.rights)
        ]
        return super().get_context_data(
            one=one,
            now=[entry for entry in actions if entry["action"].first],  # type: ignore[union-attr]
            adding=[entry for entry in actions if entry["action"].evidence],  # type: ignore[union-attr]
            more=[entry for entry in actions if not (entry["action"].first or entry["action"].evidence)],  # type: ignore[union-attr]
            bound=bound,
            bound_key=bound_key,
            missing=missing(one, today),
            returned_because=return_reasons([one]).get(one.pk, ""),
            periods=owed,
            check_ins=[(labels.get(entry.period, entry.period), entry) for entry in one.check_ins.select_related("by")],
            comments=one.comments.select_related("author"),
            urges=one.urges.select_related("by").prefetch_related("recipients"),
            history=told(events[:100]),
            deadline=deadline_of(one, events, today),
            others=self._others() if any(entry["action"].evidence for entry in actions) else [],  # type: ignore[union-attr]
            typed=self.request.session.pop(TYPED, {}),
            may={verb: is_live(one) and self.rights.may(f"ledger.{verb}", one.body_id) for verb in EVIDENCE_VERBS},
            siblings=self.assignments.live().filter(item=one.item).exclude(pk=one.pk).count(),
            **kwargs,
        )

    def _others(self) -> list[Assignment]:
        """The other tasks of the body for which a piece of evidence may serve as well."""
        own = Assignment.objects.live().filter(body=self.assignment.body, plan=self.assignment.plan)
        undone = own.exclude(pk=self.assignment.pk).filter(state__in=[State.IN_PROGRESS, State.RETURNED])
        return list(undone.select_related("obligation")[:100])

    def _form(self, action: Action) -> ActionForm:
        return action.form(self.assignment, prefix=action.key)


class EvidenceActView(LedgerView, View):
    """Check a link again, set the machine's doubts aside, use a piece for other tasks, take it off; then back."""

    def post(self, request: HttpRequest, pk: int, evidence: int, key: str) -> HttpResponse:
        piece = get_object_or_404(self.evidence, pk=evidence, uses__assignment__pk=pk)
        reason = request.POST.get("reason", "")
        acts: dict[str, Callable[[], str]] = {
            "recheck": lambda: self._recheck(piece),
            "overrule": lambda: self._overrule(piece, reason),
            "use": lambda: self._use(piece),
            "remove": lambda: self._remove(piece, reason),
        }
        if key not in acts:
            raise Http404
        try:
            messages.success(request, acts[key]())
        except (ValidationError, PermissionDenied) as error:
            messages.error(request, "；".join(getattr(error, "messages", [str(error)])))
            request.session[TYPED] = {"piece": evidence, "act": key, "reason": reason}
        return redirect("ledger_assignment", pk)

    def _recheck(self, piece: Evidence) -> str:
        services.recheck(self.actor, piece)
        return _("正在重新核验“%s”") % piece.title

    def _overrule(self, piece: Evidence, reason: str) -> str:
        services.overrule_check(self.actor, piece, reason)
        return _("已认定“%s”有效") % piece.title

    def _use(self, piece: Evidence) -> str:
        ids = numbers(self.request.POST.getlist("assignment"))
        added = services.use_evidence(self.actor, piece, list(self.assignments.filter(pk__in=ids)))
        return _("已用于另外 %d 项任务") % len(added)

    def _remove(self, piece: Evidence, reason: str) -> str:
        services.remove_evidence(self.actor, piece, reason)
        return _("已移除“%s”") % piece.title


class EvidenceFileView(LedgerView, View):
    """The file of a piece of evidence, for those who work on it; the public has its own door behind the gate."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
        evidence = get_object_or_404(self.evidence, pk=pk)
        if not evidence.file:
            raise Http404
        return FileResponse(evidence.file.open("rb"), as_attachment=True, filename=evidence.file_name)
