"""报送审查: one record is put forward with its sheet, after a look at what the machine finds in it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from gongkai.foundation.access import rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.registries import reviewables
from gongkai.foundation.screens import Screen
from gongkai.review.forms import PutForwardForm
from gongkai.review.machine import candidate_of, texts_of
from gongkai.review.models import State
from gongkai.review.posting import says_itself
from gongkai.review.selectors import latest
from gongkai.review.services import request as put_forward


class PutForwardView(Screen, FormView):
    template_name = "review/put_forward.html"
    page_title = gettext_lazy("报送公开审查")
    header_icon = "clipboard-list"
    form_class = PutForwardForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = kwargs["kind"]
        if kind not in reviewables:
            raise Http404(_("没有这类内容"))
        self.entry = reviewables.get(kind)
        self.subject = get_object_or_404(self.entry.model._default_manager.all(), pk=kwargs["record"])
        if not rights_of(request.user).may("review.request", self.entry.body_id(self.subject)):
            raise PermissionDenied(_("该内容由本单位信息员或者政务公开办报送"))
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_initial(self) -> dict[str, Any]:
        """What the last passage of the same record said, so that a corrected text needs no second filling-in."""
        last = latest(self.subject)
        return PutForwardForm.initial_of(last) if last is not None else {}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"asks_until": not says_itself(self.entry.model)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        candidate = candidate_of(self.entry, self.subject)
        return super().get_context_data(
            title=self.entry.title(candidate),
            label=self.entry.label,
            parts=list(texts_of(self.entry, candidate)),
            files=[label for label, _file in self.entry.files(candidate)] if self.entry.files else [],
            last=latest(self.subject),
            **kwargs,
        )

    def form_valid(self, form: PutForwardForm) -> HttpResponse:
        try:
            actor = cast(User, self.request.user)
            release = put_forward(actor, self.entry.key, self.subject.pk, **form.request())
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        if release.state == State.STOPPED:
            messages.error(self.request, _("机器审查未通过，请按下列发现修改或者遮盖后重新报送"))
        else:
            messages.success(self.request, _("“%(title)s”已报送审查") % {"title": release.title})
        return redirect("review_release", release.pk)
