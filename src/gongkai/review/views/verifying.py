"""核验登记簿 on demand: begun by a button, worked off in the background, with progress and result on a screen."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, View

from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.screens import Screen
from gongkai.review.models import Verification
from gongkai.review.services import begin_verification
from gongkai.review.services.verifying import STANDS


class VerifyView(View):
    """The button 现在核验."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            begun = begin_verification(cast(User, request.user))
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
            return redirect("review_register")
        messages.success(request, _("核验已开始，完成后将通知您"))
        return redirect("review_verification", begun.pk)


class VerificationView(Screen, DetailView):
    """One verification: how far it is, or what it found and where."""

    model = Verification
    queryset = Verification.objects.select_related("by")
    context_object_name = "done"
    template_name = "review/verification.html"
    page_title = gettext_lazy("登记簿核验")
    header_icon = "check"

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("review_register"), _("保密审查登记"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        done = cast(Verification, self.object)
        running = done.finished_at is None
        stands = running and done.touched_at <= clock.now() - STANDS
        unnamed = done.problems - len(done.places)
        return super().get_context_data(running=running, stands=stands, unnamed=unnamed, **kwargs)
