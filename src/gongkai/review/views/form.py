"""The printed form of one release."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic import View

from gongkai.foundation.access import rights_of
from gongkai.review.register.form import write_form
from gongkai.review.register.sheets import sheets_of
from gongkai.review.selectors import register

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class FormView(View):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        release = get_object_or_404(register(rights_of(request.user)), pk=pk)
        [sheet] = sheets_of([release])
        name = _("政府信息公开保密审查表") + f"_{sheet.number}.docx"
        disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        return HttpResponse(write_form(sheet), DOCX, headers={"Content-Disposition": disposition})
