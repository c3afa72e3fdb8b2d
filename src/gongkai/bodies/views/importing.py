"""Importing a register: choose a file, look at what it will do, then do exactly that."""

from __future__ import annotations

import base64
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies import services, sheets
from gongkai.bodies.models import Body, Kind
from gongkai.bodies.selectors import bodies_for
from gongkai.bodies.services.importing import COLUMNS, HINTS
from gongkai.bodies.views.base import PreviewedForm, Text, VerbView, crumbs
from gongkai.foundation.access import Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(PreviewedForm):
    county = forms.ModelChoiceField(label=_("导入到"), queryset=Body.objects.none())
    file = forms.FileField(label=_("名册文件"), help_text=_("CSV 或 Excel（xlsx），表头上方可以有标题"), required=False)


class ImportView(VerbView):
    """Both steps of an import; what was previewed travels in the form, so that it is what is imported."""

    template_name = "bodies/import.html"
    header_icon = "upload"
    form_class = ImportForm
    submit_label = _("查看导入结果预览")
    columns: ClassVar[sheets.Columns] = {}
    required: ClassVar[frozenset[str]] = frozenset()
    hints: ClassVar[sheets.Columns] = {}
    list_url_name: ClassVar[str] = ""
    list_label: ClassVar[Text] = ""

    def prepare(self) -> None:
        self.counties = bodies_for(self.rights, Role.OFFICE).filter(kind=Kind.COUNTY)
        if not self.counties:
            raise PermissionDenied(_("没有权限：须由县政务公开办办理"))

    def preview(self, county: Body, data: bytes) -> sheets.Outcome:
        """What the file would do."""
        raise NotImplementedError

    def use(self, county: Body, file: ContentFile[bytes]) -> dict[str, int]:
        """Do it."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; or 空白表, a sheet with nothing but the names of the columns."""
        if "blank" not in request.GET:
            return super().get(request, *args, **kwargs)
        title = str(self.page_title)
        content = sheets.to_xlsx(title, [str(label) for label in self.columns.values()], [])
        disposition = content_disposition_header(True, f"{title}.xlsx") or "attachment"
        return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})

    def get_form(self, form_class: Any = None) -> ImportForm:
        form: ImportForm = super().get_form(form_class)
        form.fields["county"].queryset = self.counties  # type: ignore[attr-defined]
        form.initial["county"] = self.counties[0]
        if len(self.counties) == 1:
            form.fields["county"].widget = forms.HiddenInput()
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        if "confirmed" in self.request.POST:
            return super().form_valid(form)
        facts = form.cleaned_data
        try:
            outcome = self.preview(facts["county"], facts["data"])
        except ValidationError as error:
            form.add_error("file", error.messages)
            return self.form_invalid(form)
        content = base64.b64encode(facts["data"]).decode()
        return self.render_to_response(
            self.get_context_data(form=form, outcome=outcome, content=content, **{"file_name": facts["file_name"]})
        )

    def perform(self, form: Any) -> str:
        facts = form.cleaned_data
        counts = self.use(facts["county"], ContentFile(facts["data"], facts["file_name"]))
        return gettext("已导入：新增 %(create)d 条，修改 %(change)d 条，%(same)d 条无变化") % counts

    def back(self) -> str:
        return reverse(self.list_url_name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), self.list_label), ("", self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table = [
            {"label": label, "required": key in self.required, "hint": self.hints.get(key, "")}
            for key, label in self.columns.items()
        ]
        return super().get_context_data(table=table, **kwargs)


class ImportBodiesView(ImportView):
    page_title = _("导入单位名册")
    verb = "bodies.import"
    columns = COLUMNS
    required = frozenset({"name", "kind"})
    hints = HINTS
    list_url_name = "bodies_index"
    list_label = _("单位")
    explanation = _(
        "已有单位按代码（没有代码的按全称）对应；文件中没有的列保持不变，多个值用“;”隔开。全部无误才会写入。"
    )

    def preview(self, county: Body, data: bytes) -> sheets.Outcome:
        return services.preview_import(self.actor, county, data)

    def use(self, county: Body, file: ContentFile[bytes]) -> dict[str, int]:
        return services.import_bodies(self.actor, county, file)
