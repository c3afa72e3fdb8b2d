"""One catalogue: its rows with what was found, its versions with what changed, and what can be done with it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from gongkai.foundation.snapshots import store
from gongkai.review import gate
from gongkai.standards import services
from gongkai.standards.differences import difference
from gongkai.standards.exporting import XLSX, workbook
from gongkai.standards.models import Catalogue
from gongkai.standards.public.addresses import catalogue_address
from gongkai.standards.reviewables import CATALOGUE
from gongkai.standards.selectors import (
    as_core,
    catalogues_for,
    rows_of,
    rows_to_write,
    suggested,
    versions_of,
    waiting_release,
)
from gongkai.standards.states import looks_of
from gongkai.standards.views.base import Acting, StandardsScreen, choices

PAGE = 30


class CatalogueView(StandardsScreen, TemplateView):
    template_name = "standards/catalogue.html"

    @cached_property
    def catalogue(self) -> Catalogue:
        return get_object_or_404(catalogues_for(self.rights), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.catalogue.title

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "xlsx":
            return workbook(self.catalogue, rows_to_write(self.catalogue))
        if request.GET.get("export") == "source" and self.catalogue.source_sha256:
            return self._source()
        return super().get(request, *args, **kwargs)

    def _source(self) -> HttpResponse:
        response = HttpResponse(store.get(self.catalogue.source_sha256), content_type=XLSX)
        response.headers["Content-Disposition"] = "attachment"
        response.headers["Content-Security-Policy"] = "sandbox"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        catalogue = self.catalogue
        page = Paginator(rows_of(catalogue), PAGE).get_page(self.request.GET.get("page"))
        for row in page.object_list:
            row.catalogue = catalogue
        versions = versions_of(catalogue)
        return super().get_context_data(
            catalogue=catalogue,
            page=page,
            rows=[{"row": row, "core": row.as_core(), "looks": looks_of(row)} for row in page.object_list],
            versions=versions,
            compared=self._compared(versions),
            may_write=self.may_write(catalogue.body_id),
            places=self._places(),
            column=f"{catalogue.column_source} {catalogue.column_key}",
            public=self._public(),
            suggested=suggested(catalogue).count(),
            **kwargs,
        )

    def _compared(self, versions: list[Catalogue]) -> dict[str, Any] | None:
        """What this version has made of the one before it."""
        before = next((one for one in versions if one.version < self.catalogue.version), None)
        if before is None:
            return None
        return {"before": before, "difference": difference(as_core(before), as_core(self.catalogue))}

    def _places(self) -> list[tuple[str, str]]:
        if not self.may_write(self.catalogue.body_id) or self.catalogue.is_template:
            return []
        return choices(self.catalogue)

    def _public(self) -> dict[str, Any]:
        waiting = waiting_release(CATALOGUE, self.catalogue)
        opened = gate.is_open(CATALOGUE, self.catalogue)
        return {"open": opened, "address": catalogue_address(self.catalogue) if opened else "", "waiting": waiting}


class CatalogueAct(Acting, View):
    """POST: put it forward, reconcile it now, set its column, suggest places."""

    def post(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        catalogue = get_object_or_404(catalogues_for(self.rights), pk=pk)
        if key == "release":
            self.attempt(lambda: services.put_forward(self.actor, catalogue), _("已报送，等待审查"))
        elif key == "reconcile":
            self.attempt(lambda: services.reconcile(self.actor, catalogue.body), _("已核对，结果见下表"))
        elif key == "column":
            source, _space, place = request.POST.get("place", "").partition(" ")
            self.attempt(lambda: services.set_column(self.actor, catalogue, source, place), _("已指定专栏"))
        elif key == "suggest":
            self.attempt(lambda: services.suggest(self.actor, catalogue), _("为 %d 项找到了可能的位置，请确认"))
            return redirect("standards_mapping", pk)
        else:
            raise Http404
        return redirect(reverse("standards_catalogue", args=[pk]))
