"""The screens of a signing leader: what waits, and the decision with all that will become public before the eyes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
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

from gongkai.foundation.access import rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import numbers
from gongkai.foundation.screens import Screen
from gongkai.review.models import Release
from gongkai.review.selectors import has_changed, label_of, shown, waiting_for
from gongkai.review.services import approve, send_back


class WaitingView(Screen, ListView):
    """待签发: the oldest first, thirty a page, one or several to be opened together."""

    template_name = "review/waiting.html"
    page_title = gettext_lazy("待签发")
    header_icon = "clipboard-list"
    paginate_by = 30
    context_object_name = "releases"

    def get_queryset(self) -> QuerySet[Release]:
        return waiting_for(rights_of(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for release in context["releases"]:
            release.label = label_of(release)
        return context


@dataclass(frozen=True, slots=True)
class Sheet:
    """One release as the leader reads it."""

    release: Release
    label: str
    parts: list[tuple[str, str]]
    changed: bool


class DecisionForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("意见"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("退回时必填，写明需要修改的内容；签发时选填"),
    )


class DecideView(Screen, FormView):
    """Sign or send back the releases named by `id` in the address; all of them or, when one cannot be, none."""

    template_name = "review/decide.html"
    page_title = gettext_lazy("审签公开内容")
    header_icon = "clipboard-list"
    form_class = DecisionForm

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("review_waiting"), _("待签发"))]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = numbers(request.GET.getlist("id"))
        self.releases = list(waiting_for(rights_of(request.user)).filter(pk__in=asked))
        if not self.releases:
            raise Http404(_("所选内容已经办理，或者不由您签发"))
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheets = [Sheet(one, label_of(one), shown(one), has_changed(one)) for one in self.releases]
        return super().get_context_data(sheets=sheets, can_sign=not any(one.changed for one in sheets), **kwargs)

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        actor, note = cast(User, self.request.user), form.cleaned_data["note"]
        signing = self.request.POST.get("decision") == "approve"
        try:
            with transaction.atomic():
                for release in self.releases:
                    (approve if signing else send_back)(actor, release, note)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        except PermissionDenied as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        told = _("已签发 %(count)s 项，即时对外公开") if signing else _("已退回 %(count)s 项")
        messages.success(self.request, told % {"count": len(self.releases)})
        return redirect("review_waiting")
