"""批量操作: the list of what was done, and one with its way back."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from gongkai.bodies.selectors import bodies_for
from gongkai.foundation.access import Refused, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.screens import Screen
from gongkai.portal.bulk import services
from gongkai.portal.models import Act

ROWS = 30


def acts_for(user: Any) -> QuerySet[Act]:
    """Those of the bodies that the person reaches."""
    return Act.objects.filter(body__in=bodies_for(rights_of(user))).select_related("body", "actor", "undone_by")


class ActsView(Screen, TemplateView):
    template_name = "portal/bulk/acts.html"
    page_title = gettext_lazy("批量操作")
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(acts_for(self.request.user), ROWS).get_page(self.request.GET.get("p"))
        return super().get_context_data(acts=page, **kwargs)


class ActView(Screen, TemplateView):
    """GET shows it, POST undoes it."""

    template_name = "portal/bulk/act.html"
    page_title = gettext_lazy("批量操作")
    header_icon = "history"

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("portal_acts"), _("批量操作"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        act = get_object_or_404(acts_for(self.request.user), pk=self.kwargs["pk"])
        mine = act.actor_id == self.request.user.pk
        return super().get_context_data(act=act, may_undo=mine and act.can_be_undone, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        act = get_object_or_404(acts_for(request.user), pk=pk)
        try:
            services.undo(cast(User, request.user), act)
            messages.success(request, _("已撤销：%s") % act)
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
        except Refused as error:
            messages.error(request, str(error))
        return redirect("portal_act", pk)
