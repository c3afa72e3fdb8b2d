"""One release: what was put forward, who did what when, whether it is public now, and the way to withdraw it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from gongkai.foundation.access import rights_of
from gongkai.foundation.access.table import verbs
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.selectors import history
from gongkai.foundation.registries import reviewables
from gongkai.foundation.screens import Screen
from gongkai.review.models import State
from gongkai.review.selectors import label_of, register, shown, standings
from gongkai.review.services import withdraw


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("撤稿理由"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("载入登记，例如“信息有误，更正后重新发布”"),
    )


class ReleaseView(Screen, FormView):
    template_name = "review/release.html"
    header_icon = "clipboard-list"
    form_class = WithdrawForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.release = get_object_or_404(register(rights_of(request.user)), pk=kwargs["pk"])
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_page_title(self) -> str:
        return self.release.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release, rights = self.release, rights_of(self.request.user)
        events = [(event, verbs.get(event.verb).label) for event in history(release)]
        may_withdraw = rights.may("review.withdraw", release.body_id)
        return super().get_context_data(
            release=release,
            label=label_of(release),
            standing=standings([release])[release.pk],
            parts=shown(release),
            events=events,
            can_withdraw=may_withdraw and release.state in (State.WAITING, State.APPROVED),
            address=self._address(),
            **kwargs,
        )

    def _address(self) -> str:
        """Where the record itself is seen; empty when its kind or the record is gone."""
        subject = self.release.subject
        known = self.release.kind in reviewables and subject is not None
        return reviewables.get(self.release.kind).address(subject) if known else ""

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        try:
            withdraw(cast(User, self.request.user), self.release, form.cleaned_data["reason"])
        except (ValidationError, PermissionDenied) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("“%(title)s”已撤稿，不再对外公开") % {"title": self.release.title})
        return redirect("review_release", self.release.pk)
