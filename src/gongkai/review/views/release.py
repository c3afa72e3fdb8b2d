"""One release: what was put forward with every finding marked, who did what when, and what this person can do now."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from gongkai.foundation.access import rights_of
from gongkai.foundation.access.table import verbs
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.selectors import history
from gongkai.foundation.registries import reviewables
from gongkai.foundation.screens import Screen
from gongkai.review.marking import marked
from gongkai.review.models import Finding, State
from gongkai.review.questions import questions
from gongkai.review.selectors import files_of, has_changed, label_of, register, shown, standings, ways_of
from gongkai.review.services.machine_step import undecided
from gongkai.review.views.actions import ACTIONS, forms_for


class ReleaseView(Screen, TemplateView):
    template_name = "review/release.html"
    header_icon = "clipboard-list"

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("review_register"), _("保密审查登记"))]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.release = get_object_or_404(register(rights_of(request.user)), pk=kwargs["pk"])
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_page_title(self) -> str:
        return self.release.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release, user = self.release, cast(User, self.request.user)
        findings = list(release.findings.select_related("decided_by"))
        changed = has_changed(release)
        return super().get_context_data(
            release=release,
            label=label_of(release),
            ways="、".join(ways_of(release)),
            standing=standings([release])[release.pk],
            changed=changed,
            parts=[(label, _in_place(label, text, findings, changed)) for label, text in shown(release)],
            files=list(enumerate(files_of(release))),
            findings=findings,
            undecided=undecided(release).count(),
            steps=release.steps.select_related("decided_by", "deputy_for", "reviewer_body"),
            opinions=release.opinions.select_related("asked_by", "answered_by"),
            answers=[(one, release.answers.get(one.key)) for one in questions()],
            events=[(event, verbs.get(event.verb).label) for event in history(release)],
            address=self._address(),
            again=self._again(user),
            forms=forms_for(user, release) | kwargs.pop("bound", {}),
            **kwargs,
        )

    def _again(self, user: User) -> bool:
        """Whether the person may put the same record forward again: this passage ended, or is held out of view."""
        release = self.release
        ended = release.state not in (State.WAITING, State.APPROVED, State.SUPERSEDED) or release.held_at is not None
        there = release.kind in reviewables and release.subject is not None
        return ended and there and rights_of(user).may("review.request", release.body_id)

    def _address(self) -> str:
        """Where the record itself is seen; empty when its kind or the record is gone."""
        subject = self.release.subject
        known = self.release.kind in reviewables and subject is not None
        return reviewables.get(self.release.kind).address(subject) if known else ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what `action` names. What is refused is shown beside the form, with everything that was typed."""
        action = ACTIONS.get(request.POST.get("action", ""))
        if action is None:
            raise Http404
        form = action.form(request.POST)
        if form.is_valid() and self._done(action.key, form):
            messages.success(request, _("“%(title)s”：%(done)s") % {"title": self.release.title, "done": action.done})
            return redirect("review_release", self.release.pk)
        self.release.refresh_from_db()
        return self.render_to_response(self.get_context_data(bound={action.key: form}))

    def _done(self, key: str, form: forms.Form) -> bool:
        try:
            ACTIONS[key].perform(cast(User, self.request.user), self.release, form.cleaned_data, self.request.POST)
        except ValidationError as error:
            form.add_error(None, error)
        except PermissionDenied as error:
            form.add_error(None, str(error))
        return not form.errors


def _in_place(label: str, text: str, findings: list[Finding], changed: bool) -> str:
    """Offsets belong to what was read; of a text that changed since nothing can be marked."""
    return text if changed else marked(text, [one for one in findings if one.part == label and not one.in_file])
