"""导入标准目录: choose a file, look at what it will do, then do exactly that."""

from __future__ import annotations

import base64
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import bodies_for
from gongkai.bodies.views.base import DateField, PreviewedForm, VerbView, crumbs
from gongkai.foundation import clock
from gongkai.standards import services
from gongkai.standards.services.reconciling import soon
from gongkai.standards.views.base import WRITERS


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
        if "confirmed" in self.request.POST:
            return super().form_valid(form)
        facts = form.cleaned_data
        try:
            preview = services.preview_import(
                facts["body"], facts["data"], facts["file_name"], template=facts["template"]
            )
        except ValidationError as error:
            form.add_error("file", error.messages)
            return self.form_invalid(form)
        content = base64.b64encode(facts["data"]).decode()
        return self.render_to_response(self.get_context_data(form=form, preview=preview, content=content, facts=facts))

    def perform(self, form: Any) -> str:
        facts = form.cleaned_data
        file = ContentFile(facts["data"], facts["file_name"])
        made = services.import_catalogue(self.actor, facts["body"], file, facts["valid_from"], facts["template"])
        for catalogue in made:
            if not catalogue.is_template:
                services.suggest(self.actor, catalogue)
        soon({facts["body"].pk})
        return gettext("已导入 %d 个领域的目录") % len(made)

    def back(self) -> str:
        return reverse("standards_board")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), _("标准目录")), ("", self.page_title))
