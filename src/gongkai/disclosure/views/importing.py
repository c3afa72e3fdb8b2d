"""Importing records: choose a file, look at what it will do, then do exactly that, with or without the bad rows."""

from __future__ import annotations

import base64
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from gongkai.bodies.views.base import PreviewedForm, VerbView, crumbs
from gongkai.disclosure import services
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.services.importing import columns, required
from gongkai.disclosure.views.writing import ColumnField, grouped_kinds
from gongkai.portal.standing import body_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(PreviewedForm):
    kind = forms.ChoiceField(label=_("内容种类"), choices=grouped_kinds)
    column = ColumnField()
    file = forms.FileField(label=_("文件"), help_text=_("CSV 或 Excel（xlsx），第一行为表头"), required=False)


class ImportView(VerbView):
    """Both steps; what was previewed travels in the form, so that it is what is imported."""

    form_class = ImportForm
    template_name = "disclosure/import.html"
    page_title = _("批量导入公开信息")
    header_icon = "upload"
    verb = "disclosure.import"
    submit_label = _("查看导入结果预览")
    explanation = _("每行成为一条草稿，导入后逐条报送审查。先下载该种类的模板，按表头填写。")

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.request.GET.get("kind", ""), "column": self.request.GET.get("column", "")}

    def form_valid(self, form: Any) -> HttpResponse:
        facts = form.cleaned_data
        owner = body_of(facts["column"])
        if not self.rights.may(self.verb, owner):
            raise PermissionDenied(_("没有权限：须由该单位的信息员或者政务公开办办理"))
        if "confirmed" in self.request.POST:
            return super().form_valid(form)
        try:
            outcome = services.preview_import(facts["column"], facts["kind"], facts["data"])
        except ValidationError as error:
            form.add_error("file", error.messages)
            return self.form_invalid(form)
        content = base64.b64encode(facts["data"]).decode()
        good = len(outcome.lines)
        bad = len({one.row for one in outcome.problems})
        return self.render_to_response(
            self.get_context_data(form=form, outcome=outcome, content=content, file_name=facts["file_name"])
            | {"good": good, "bad": bad}
        )

    def perform(self, form: Any) -> str:
        facts = form.cleaned_data
        file = ContentFile(facts["data"], facts["file_name"])
        skip = self.request.POST["confirmed"] == "skip"
        counts = services.import_records(self.actor, facts["column"].pk, facts["kind"], file, skip)
        return gettext("已导入 %(create)d 条草稿，略过 %(skipped)d 行") % counts

    def back(self) -> str:
        return reverse("disclosure_records")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), gettext("公开信息")), ("", self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = kinds().get(self.request.POST.get("kind") or self.request.GET.get("kind", ""))
        needed = set(required(chosen)) if chosen else set()
        table = [(label, key in needed) for key, label in columns(chosen).items()] if chosen else []
        return super().get_context_data(table=table, chosen=chosen, kinds=kinds().values(), **kwargs)


class TemplateView(View):
    """模板下载."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        if key not in kinds():
            raise Http404(_("没有这类内容"))
        name = content_disposition_header(as_attachment=True, filename=gettext("%s导入模板.xlsx") % kinds()[key].name)
        return HttpResponse(services.template(kinds()[key]), XLSX, headers={"Content-Disposition": name})
