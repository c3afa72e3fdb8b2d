"""对应: the rows that owe a page and have none yet, with what the machine suggests; confirmed by a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from gongkai.foundation.input import numbers
from gongkai.standards import services
from gongkai.standards.models import Catalogue, LinkState
from gongkai.standards.selectors import catalogues_for, confirmed_lately, owing_a_page, suggested_links, unmapped
from gongkai.standards.similarity import SURE
from gongkai.standards.views.base import StandardsScreen, step_to

PAGE = 30


class MappingView(StandardsScreen, TemplateView):
    template_name = "standards/mapping.html"
    page_title = gettext_lazy("对应栏目")

    @cached_property
    def catalogue(self) -> Catalogue:
        return get_object_or_404(catalogues_for(self.rights), pk=self.kwargs["pk"])

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), step_to(self.catalogue)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        open_rows = unmapped(self.catalogue).prefetch_related("links")
        page = Paginator(open_rows, PAGE).get_page(self.request.GET.get("page"))
        lines = []
        for row in page.object_list:
            suggested = [link for link in row.links.all() if link.state == LinkState.SUGGESTED]
            suggested.sort(key=lambda link: -link.score)
            lines.append({"row": row, "links": [(link, round(link.score * 100)) for link in suggested]})
        return super().get_context_data(
            catalogue=self.catalogue,
            page=page,
            lines=lines,
            sure=round(SURE * 100),
            total=owing_a_page(self.catalogue).count(),
            any=any(line["links"] for line in lines),
            lately=confirmed_lately(self.catalogue, self.actor),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if "undo" in request.POST:
            return self._undo(request)
        chosen = numbers(
            value for name in request.POST if name.startswith("row-") for value in request.POST.getlist(name)
        )
        links = suggested_links(self.catalogue, chosen)
        if not links:
            messages.warning(request, _("请先勾选要确认的对应"))
        elif "reject" in request.POST:
            self.attempt(lambda: services.reject(self.actor, links), _("已否定 %d 项推荐"))
        else:
            standing = "standing" in request.POST
            self.attempt(lambda: services.confirm(self.actor, links, standing), _("已确认 %d 项对应"))
        return redirect(request.get_full_path())

    def _undo(self, request: HttpRequest) -> HttpResponse:
        at = parse_datetime(request.POST["undo"])
        if at is not None:
            undo = lambda: services.undo_confirm(self.actor, self.catalogue, at)  # noqa: E731
            self.attempt(undo, _("已撤销 %d 项对应，重新列入待确认"))
        return redirect(request.get_full_path())
