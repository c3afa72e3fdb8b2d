"""导入标准目录: choose a file, look at what it will do, then do exactly that."""

from __future__ import annotations

import base64
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import bodies_for
from gongkai.bodies.views.base import DateField, PreviewedForm, VerbView, crumbs
from gongkai.core import catalogues as core
from gongkai.foundation import clock
from gongkai.standards import services
from gongkai.standards.services.mapping import suggest_soon
from gongkai.standards.services.reconciling import soon
from gongkai.standards.views.base import WRITERS

CELL, READ = "cell-", "read-"  # fields of the form: a cell as the person wrote it, and as the file has it
OPEN = 20  # rows with something found that are open at once


def _called(line: core.Line) -> str:
    """A row by its first words."""
    return "／".join([spot.text.replace("\n", "") for spot in line.spots if spot.text.strip()][1:4])[:50]


class ImportForm(PreviewedForm):
    body = forms.ModelChoiceField(label=_("目录属于"), queryset=Body.objects.none())
    file = forms.FileField(
        label=_("目录文件"),
        required=False,
        help_text=_("Excel（xlsx、xls）、Word（docx）或网页；可以有多个工作表，每个领域一个"),
    )
    valid_from = DateField(label=_("施行日期"), help_text=_("到这一天起按新目录核对"))
    template = forms.BooleanField(
        label=_("乡镇模板"), required=False, help_text=_("作为乡镇、街道沿用的模板，本单位不按它核对")
    )


class ImportView(VerbView):
    """What was previewed travels in the form, so that it is what is imported."""

    template_name = "standards/import.html"
    page_title = _("导入标准目录")
    header_icon = "upload"
    form_class = ImportForm
    verb = "standards.import"
    submit_label = _("查看导入结果预览")
    explanation = _(
        "系统读取目录里的事项，与现行版本比较，列出新增、取消和改动的内容；经您确认后成为新的版本，已有的对应关系保留。"
    )

    def prepare(self) -> None:
        self.bodies = bodies_for(self.rights, *WRITERS)
        if not self.bodies.exists():
            raise PermissionDenied(_("没有权限：须由政务公开办或信息员办理"))

    def get_form(self, form_class: Any = None) -> ImportForm:
        form = cast(ImportForm, super().get_form(form_class))
        cast(forms.ModelChoiceField, form.fields["body"]).queryset = self.bodies
        form.initial.update(body=self.bodies.first(), valid_from=clock.today())
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        facts = form.cleaned_data
        try:
            preview = services.preview_import(
                facts["body"], facts["data"], facts["file_name"], template=facts["template"], fixes=self.fixes
            )
            if "confirmed" in self.request.POST and not preview.problems:
                return super().form_valid(form)
        except ValidationError as error:
            form.add_error("file", error.messages)
            return self.form_invalid(form)
        content = base64.b64encode(facts["data"]).decode()
        correcting = self._correcting(preview)
        context = self.get_context_data(form=form, preview=preview, content=content, facts=facts, **correcting)
        return self.render_to_response(context)

    @cached_property
    def fixes(self) -> dict[str, str]:
        """Address of a cell -> what the person wrote there; what is as it was read is no correction."""
        asked = self.request.POST
        written = {
            name.removeprefix(CELL): asked[name].replace("\r\n", "\n") for name in asked if name.startswith(CELL)
        }
        read = {name.removeprefix(READ): asked[name].replace("\r\n", "\n") for name in asked if name.startswith(READ)}
        return {address: text for address, text in written.items() if text != read.get(address)}

    def _correcting(self, preview: services.Preview) -> dict[str, Any]:
        """The rows that are open for correction: where something was found, and what the person opened."""
        found: dict[str, list[core.Finding]] = {}
        for one in preview.findings:
            if one.severity != core.Severity.INFO:
                found.setdefault(one.where, []).append(one)
        opened = set(self.request.POST.getlist("open"))
        shown: list[dict[str, Any]] = []
        rest: list[tuple[str, str]] = []
        for line in preview.lines:
            told = [one for where in line.wheres for one in found.get(where, ())]
            if line.key in opened or (told and len(shown) < OPEN):
                shown.append(
                    {"line": line, "told": told, "spots": [(spot, spot.address in self.fixes) for spot in line.spots]}
                )
            else:
                rest.append((line.key, f"{line.wheres[0] if line.wheres else ''} {_called(line)}"))
        inside = {spot.address for one in shown for spot in one["line"].spots}
        return {
            "opened": shown,
            "closed": rest,
            "keys": [one["line"].key for one in shown if one["line"].key in opened],
            "others": {address: text for address, text in self.fixes.items() if address not in inside},
            "fixed": len(self.fixes),
        }

    def perform(self, form: Any) -> str:
        facts = form.cleaned_data
        file = ContentFile(facts["data"], facts["file_name"])
        made = services.import_catalogue(
            self.actor, facts["body"], file, facts["valid_from"], facts["template"], self.fixes
        )
        suggest_soon(made)
        soon({facts["body"].pk})
        return gettext("已导入 %d 个领域的目录") % len(made)

    def back(self) -> str:
        return reverse("standards_board")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), _("标准目录")), ("", self.page_title))
