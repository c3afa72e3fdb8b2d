"""复筛: the runs, one run with its progress, and beginning, stopping or going on with one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import ListView, TemplateView

from gongkai.foundation import clock
from gongkai.foundation.access import rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import number
from gongkai.foundation.screens import Screen
from gongkai.review import services
from gongkai.review.inspection.selectors import counties_for
from gongkai.review.models import Rescreening, RunState
from gongkai.review.rescreening.selectors import KEEPERS, is_needed, open_releases, runs_for
from gongkai.review.services.rescreening import STANDS
from gongkai.review.views.inspections import words_of


class RunsView(Screen, ListView):
    """The runs, newest first; above whether one is needed, for each county one may begin one in."""

    template_name = "review/rescreenings.html"
    page_title = gettext_lazy("复筛")
    header_icon = "rotate"
    paginate_by = 30
    context_object_name = "runs"

    def get_queryset(self) -> QuerySet[Rescreening]:
        return runs_for(rights_of(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        running = set(Rescreening.objects.filter(state=RunState.RUNNING).values_list("county", flat=True))
        counties = [
            {
                "county": county,
                "needed": is_needed(county),
                "open": open_releases(county).count(),
                "running": county.pk in running,
            }
            for county in counties_for(rights_of(self.request.user), *KEEPERS)
        ]
        return super().get_context_data(counties=counties, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        mine = counties_for(rights_of(request.user), *KEEPERS)
        county = get_object_or_404(mine, pk=number(request.POST.get("county")))
        try:
            run = services.begin_rescreening(cast(User, request.user), county)
        except (ValidationError, PermissionDenied) as error:
            messages.error(request, words_of(error))
            return redirect("review_rescreenings")
        messages.success(request, _("复筛已开始，完成后将通知您"))
        return redirect("review_rescreening", run.pk)


class RunView(Screen, TemplateView):
    """One run: how far it is, what is left of time, what could not be examined; stop it, or set it going again."""

    template_name = "review/rescreening.html"
    header_icon = "rotate"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.rights = rights_of(request.user)
        self.run = get_object_or_404(runs_for(self.rights), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.run)

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("review_rescreenings"), _("复筛"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run, running = self.run, self.run.state == RunState.RUNNING
        stands = running and run.touched_at <= clock.now() - STANDS
        return super().get_context_data(
            run=run,
            running=running,
            stands=stands,
            left=left_of(run) if running and not stands else "",
            unnamed=run.missed - len(run.not_examined),
            may=self.rights.may("review.rescreen_stop", run.county_id),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        actor = cast(User, request.user)
        try:
            match request.POST.get("do"):
                case "stop":
                    services.stop_rescreening(actor, self.run)
                    messages.success(request, _("复筛已停止"))
                case "resume":
                    services.resume_rescreening(actor, self.run)
                    messages.success(request, _("复筛从中断处继续"))
        except (ValidationError, PermissionDenied) as error:
            messages.error(request, words_of(error))
        return redirect("review_rescreening", pk)


def left_of(run: Rescreening) -> str:
    """About how long it will take, from what was done so far; nothing while that says little."""
    passed = clock.now() - run.started_at
    if run.done < 5 or passed < timedelta(seconds=2):
        return ""
    seconds = passed.total_seconds() / run.done * max(run.total - run.done, 0)
    minutes = int(seconds // 60) + 1
    return ngettext("约 %d 分钟", "约 %d 分钟", minutes) % minutes
