"""The list of imports and ledgers, and the upload."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from gongkai.ledger.importing.reading import is_slow
from gongkai.ledger.models import DraftState, Plan
from gongkai.ledger.services import archive, roll_over, upload_notice
from gongkai.ledger.views.importing.base import ImportingView
from gongkai.ledger.views.importing.forms import UploadForm

SHOWN_DRAFTS = 30


class ImportView(ImportingView, TemplateView):
    template_name = "ledger/importing/start.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(self.counties, request.POST, request.FILES)
        if form.is_valid():
            data = form.cleaned_data
            notice = data["notice"]
            try:
                draft = upload_notice(self.actor, data["county"], notice, data["year"], later=is_slow(notice))
            except ValidationError as error:
                form.add_error("text" if data["text"] else "file", error)
            else:
                return redirect("ledger_import_review", draft.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", UploadForm(self.counties))
        drafts = self.drafts.defer("reading", "source_text", "decisions").exclude(state=DraftState.DISCARDED)
        plans = Plan.objects.filter(county__in=self.counties).select_related("county").order_by("-year")
        return super().get_context_data(drafts=drafts[:SHOWN_DRAFTS], plans=plans, **kwargs)


class PlanActView(ImportingView, View):
    """Roll a ledger over to the next year, or archive it."""

    def post(self, request: HttpRequest, pk: int, do: str) -> HttpResponse:
        plan = get_object_or_404(Plan, pk=pk, county__in=self.counties)
        try:
            if do == "roll-over":
                draft = roll_over(self.actor, plan)
                return redirect("ledger_import_review", draft.pk)
            if do != "archive":
                raise Http404
            archive(self.actor, plan)
            messages.success(request, _("%(year)s年度台账已归档，此后只能查阅") % {"year": plan.year})
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
        except PermissionDenied as error:
            messages.error(request, str(error))
        return redirect("ledger_import")


class SourceView(ImportingView, View):
    """The file as it was uploaded."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        if not self.draft.file:
            raise Http404(_("该导入稿没有原文件"))
        return FileResponse(self.draft.file.open("rb"), as_attachment=True, filename=self.draft.file_name)
