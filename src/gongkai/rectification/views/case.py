"""The page of one case: what must be done now, what the check saw, the deadline with its working, history."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from gongkai.foundation import clock
from gongkai.foundation.access import Rights, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.screens import Screen
from gongkai.rectification.deadline import clock_of
from gongkai.rectification.models import Case, State
from gongkai.rectification.selectors import cases_for, running_exemption, source_label, told
from gongkai.rectification.states import look_of
from gongkai.rectification.views.actions import BY_KEY, Action, possible
from gongkai.rectification.views.forms import ActionForm


class CaseView(Screen, TemplateView):
    """GET shows the page; POST to `<key>/` acts, and on an error shows the page again with what was typed."""

    template_name = "rectification/case.html"
    header_icon = "clipboard-list"

    @cached_property
    def rights(self) -> Rights:
        return rights_of(self.request.user)

    @cached_property
    def case(self) -> Case:
        related = ("body__county", "mended_by", "ruled_by", "earlier")
        return get_object_or_404(cases_for(self.rights).select_related(*related), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.case.title

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("rectification_cases"), _("整改事项"))]

    def post(self, request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
        action = BY_KEY.get(key)
        if action is None:
            raise Http404
        form = action.form(self.case, request.POST, prefix=action.key)
        if form.is_valid():
            try:
                action.call(cast(User, request.user), self.case, form.cleaned_data)
            except ValidationError as error:
                _add_problems(form, error)
            except PermissionDenied as error:
                form.add_error(None, str(error))
            else:
                return self.done(action)
        self.case.refresh_from_db()
        return self.render_to_response(self.get_context_data(bound=form, bound_key=key), status=422)

    def done(self, action: Action) -> HttpResponse:
        """To the page again with what came of it; to the list when the case now lies with a body out of reach."""
        case = cases_for(self.rights).filter(pk=self.kwargs["pk"]).first()
        if case is None:
            messages.success(self.request, _("已办理：%s") % action.word)
            return redirect("rectification_cases")
        self._say(case, action)
        return redirect("rectification_case", case.pk)

    def _say(self, case: Case, action: Action) -> None:
        checked = action.key in ("mended", "recheck")
        if checked and case.state == State.CLOSED:
            messages.success(self.request, _("复核通过，已办结。%s") % case.check_words)
        elif checked and case.check_mended:
            messages.warning(self.request, _("复核通过，但政务公开办曾认定未整改，等待其认定。%s") % case.check_words)
        elif checked and case.check_mended is False:
            messages.warning(self.request, _("复核未通过：%s") % case.check_words)
        elif checked:
            messages.warning(self.request, case.check_words)
        else:
            messages.success(self.request, _("已办理：%s") % action.word)

    def get_context_data(self, bound: ActionForm | None = None, bound_key: str = "", **kwargs: Any) -> dict[str, Any]:
        case, today = self.case, clock.today()
        exemptions = list(case.exemptions.select_related("by"))
        actions = [
            {"action": action, "form": bound if action.key == bound_key else action.form(case, prefix=action.key)}
            for action in possible(case, self.rights)
        ]
        return super().get_context_data(
            case=case,
            look=look_of(case, today),
            source=source_label(case.source),
            late=case.is_overdue(today),
            now=[entry for entry in actions if cast(Action, entry["action"]).first],
            more=[entry for entry in actions if not cast(Action, entry["action"]).first],
            bound=bound,
            bound_key=bound_key,
            exemption=running_exemption(case),
            exemptions=exemptions,
            steps=clock_of(case, exemptions).steps,
            later=case.later.order_by("pk").first(),
            history=told(case),
            **kwargs,
        )


def _add_problems(form: ActionForm, error: ValidationError) -> None:
    """Each beside its field, the others at the top."""
    named = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, found in named.items():
        for message in found:
            form.add_error(name if name in form.fields else None, message)
