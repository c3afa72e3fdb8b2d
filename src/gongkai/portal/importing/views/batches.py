"""The imports there are, and beginning one."""

from __future__ import annotations

import hashlib
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView

from gongkai.bodies.models import Body
from gongkai.foundation.access import rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.screens import Screen
from gongkai.portal.importing import services
from gongkai.portal.importing.models import Batch
from gongkai.portal.importing.selectors import batches_for, bodies_for

LISTS = (".jsonl", ".ndjson", ".csv", ".zip")


class BatchesView(Screen, ListView):
    template_name = "importing/batches.html"
    page_title = gettext_lazy("导入网站内容")
    header_icon = "download"
    paginate_by = 30
    context_object_name = "batches"

    def get_queryset(self) -> QuerySet[Batch]:
        return batches_for(rights_of(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may=rights_of(self.request.user).may("portal.import_begin"), **kwargs)


class BeginForm(forms.Form):
    body = forms.ModelChoiceField(
        label=gettext_lazy("单位"),
        queryset=Body.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("文章进入该单位的栏目，由该单位领导签发；选择县的，可以进入各单位的栏目，由县领导签发"),
    )
    name = forms.CharField(
        label=gettext_lazy("批次名称"), max_length=100, help_text=gettext_lazy("例如：旧网站2019年以来的工作动态")
    )
    file = forms.FileField(
        label=gettext_lazy("来源文件"),
        help_text=gettext_lazy(
            "CSV 或 JSONL（一行一篇），带附件的与附件一起打成 ZIP 压缩包；也可以是保存的网页的 ZIP 压缩包"
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(LISTS):
            raise forms.ValidationError(_("请提供 CSV、JSONL 文件，或者 ZIP 压缩包"))
        if file.size > settings.GONGKAI_UPLOAD_BYTES:
            raise forms.ValidationError(_("文件过大，请分成几个，或者由系统管理员用命令 load_pages 导入"))
        return file


class BeginView(Screen, FormView):
    template_name = "importing/begin.html"
    page_title = gettext_lazy("新的导入")
    header_icon = "download"
    form_class = BeginForm

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("importing_batches"), _("导入网站内容"))]

    def get_form(self, form_class: Any = None) -> BeginForm:
        form: BeginForm = super().get_form(form_class)
        form.fields["body"].queryset = bodies_for(rights_of(self.request.user))  # type: ignore[attr-defined]
        return form

    def form_valid(self, form: BeginForm) -> HttpResponse:
        given = form.cleaned_data
        digest = hashlib.sha256()
        for part in given["file"].chunks():
            digest.update(part)
        given["file"].seek(0)
        actor = cast(User, self.request.user)
        try:
            batch = services.begin(
                actor, given["body"], given["name"], given["file"].name, digest.hexdigest(), given["file"]
            )
        except PermissionDenied as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return redirect("importing_map", batch.pk)
