"""The ledger as a file, as filtered: Word or Excel in the notice's layout with progress columns."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.generic import View

from gongkai.foundation import clock
from gongkai.ledger.exporting import export_plan
from gongkai.ledger.selectors import Filters
from gongkai.ledger.views.base import LedgerView

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ExportView(LedgerView, View):
    def get(self, request: HttpRequest, plan: int) -> HttpResponse:
        kind = request.GET.get("kind", "xlsx")
        if kind not in TYPES:
            raise Http404
        today = clock.today()
        chosen = self.assignments.live().filter(plan=self.plan)
        data = export_plan(self.plan, Filters.parse(request.GET).apply(chosen, today), kind)
        name = f"{self.plan.title}_{today:%Y%m%d}.{kind}"
        disposition = content_disposition_header(as_attachment=True, filename=name)
        return HttpResponse(data, TYPES[kind], headers={"Content-Disposition": disposition})
