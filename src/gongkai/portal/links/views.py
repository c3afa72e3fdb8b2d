"""错链: the list of the bodies that a person reaches; one article is checked again by its button."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import bodies_for
from gongkai.foundation.access import Refused, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import number
from gongkai.foundation.screens import Screen
from gongkai.portal.links.services import check_links
from gongkai.portal.models import BrokenLink

ROWS = 30


def links_for(user: Any) -> QuerySet[BrokenLink]:
    return BrokenLink.objects.filter(body__in=bodies_for(rights_of(user)))


class LinksView(Screen, TemplateView):
    """GET lists them, POST `link` checks the article of that one again."""

    template_name = "portal/links.html"
    page_title = gettext_lazy("错链")
    header_icon = "link"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = links_for(self.request.user)
        bodies = Body.objects.filter(pk__in=found.order_by().values("body")).order_by("order", "pk")
        body = number(self.request.GET.get("body"))
        shown = (found.filter(body=body) if body else found).select_related("page", "body")
        listed = Paginator(shown, ROWS).get_page(self.request.GET.get("p"))
        return super().get_context_data(links=listed, bodies=bodies, body=body, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        link = get_object_or_404(links_for(request.user), pk=number(request.POST.get("link")) or 0)
        try:
            left = check_links(cast(User, request.user), link.page)
            said = _("“%(title)s”还有 %(number)s 处错链") if left else _("“%(title)s”已没有错链")
            messages.success(request, said % {"title": link.page.title, "number": left})
        except Refused as error:
            messages.error(request, str(error))
        return redirect("portal_links")
