"""批量导入: choose a file, look at what it will do row by row, then do exactly that, with or without the bad rows."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, View

from gongkai.bodies.sheets import to_xlsx
from gongkai.bodies.views.base import VerbForm, VerbView, crumbs
from gongkai.disclosure import services
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.models import ImportedRow, ImportPhase, ImportRun, RowOutcome
from gongkai.disclosure.selectors import imports_for, is_moving, outcomes, rows_with
from gongkai.disclosure.services.importing import columns, required
from gongkai.disclosure.views.writing import ColumnField, grouped_kinds
from gongkai.foundation.access import rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import number
from gongkai.foundation.screens import Screen

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RECENT = 10  # imports named beneath the form


class ImportForm(VerbForm):
    kind = forms.ChoiceField(label=_("内容种类"), choices=grouped_kinds)
    column = ColumnField()
    file = forms.FileField(label=_("文件"), help_text=_("CSV 或 Excel（xlsx），表头上方可以有标题，每行一条"))
    packed = forms.FileField(
        label=_("附件压缩包（选填）"),
        help_text=_("ZIP。表中“附件文件名”一列写各行的附件，多个用分号隔开"),
        required=False,
    )


class ImportView(VerbView):
    """First step; what was read is shown before anything is written."""

    form_class = ImportForm
    template_name = "disclosure/import.html"
    page_title = _("批量导入公开信息")
    header_icon = "upload"
    verb = "disclosure.import"
    submit_label = _("上传并核对")
    explanation = _("每行成为一条草稿，先核对、确认后写入，再逐条报送审查。同一行重复导入时不会再写一遍。")

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.request.GET.get("kind", ""), "column": number(self.request.GET.get("column"))}

    def perform(self, form: Any) -> str:
        facts = form.cleaned_data
        self.run = services.begin_import(
            self.actor, facts["column"].pk, facts["kind"], facts["file"], facts["packed"] or None
        )
        return gettext("已上传“%s”") % self.run.file_name

    def back(self) -> str:
        run: ImportRun | None = getattr(self, "run", None)
        return reverse("disclosure_import_run", args=[run.pk]) if run else reverse("disclosure_records")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((reverse("disclosure_records"), gettext("公开信息")), ("", self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = kinds().get(self.request.POST.get("kind") or self.request.GET.get("kind", ""))
        needed = set(required(chosen)) if chosen else set()
        table = [(label, key in needed) for key, label in columns(chosen).items()] if chosen else []
        recent = imports_for(self.rights)[:RECENT]
        return super().get_context_data(table=table, chosen=chosen, groups=grouped_kinds(), recent=recent, **kwargs)


class RunView(Screen, ListView):
    """One import: how far it is, what each row becomes, and the decision."""

    template_name = "disclosure/import_run.html"
    header_icon = "upload"
    paginate_by = 30
    context_object_name = "rows"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.run = get_object_or_404(imports_for(rights_of(request.user)), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return self.run.file_name

    def trail(self) -> list[tuple[str, str]]:
        return [
            (reverse("disclosure_records"), gettext("公开信息")),
            (reverse("disclosure_import"), gettext("批量导入公开信息")),
        ]

    def get_queryset(self) -> QuerySet[ImportedRow]:
        return rows_with(self.run, self.request.GET.get("outcome", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run, found = self.run, outcomes(self.run)
        counted = dict(found)
        writing = run.phase in (ImportPhase.WRITING, ImportPhase.DONE)
        mine = rights_of(self.request.user).may("disclosure.import_confirm", run.body_id)
        good, bad = counted.get(RowOutcome.READY, 0), counted.get(RowOutcome.BAD, 0)
        return super().get_context_data(
            run=run,
            kind=kinds()[run.kind].name if run.kind in kinds() else run.kind,
            outcomes=found,
            current=self.request.GET.get("outcome", ""),
            query=urlencode({"outcome": self.request.GET["outcome"]}) if self.request.GET.get("outcome") else "",
            moving=is_moving(run),
            done=counted.get(RowOutcome.WRITTEN, 0) if writing else run.cursor,
            whole=good + counted.get(RowOutcome.WRITTEN, 0) if writing else run.total,
            good=good,
            bad=bad,
            may_confirm=mine and run.phase == ImportPhase.CHECKED and bool(good),
            may_drop=mine and run.phase in (ImportPhase.CHECKING, ImportPhase.CHECKED, ImportPhase.WRITING),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        do, actor = request.POST.get("do", ""), cast(User, request.user)
        if do not in ("all", "skip", "drop"):
            raise Http404
        try:
            if do == "drop":
                services.drop_import(actor, self.run)
            else:
                services.confirm_import(actor, self.run, skip_bad=do == "skip")
        except (ValidationError, PermissionDenied) as error:
            messages.error(request, "；".join(getattr(error, "messages", [])) or str(error))
        return redirect("disclosure_import_run", pk)


class ErrorsView(View):
    """有误的行 as a file: row, column and what is wrong, to be put right beside the table."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = get_object_or_404(imports_for(rights_of(request.user)), pk=pk)
        wrong = rows_with(run, RowOutcome.BAD)
        lines = [[str(row.number), row.title, column, said] for row in wrong for column, said in row.problems]
        data = to_xlsx(gettext("有误的行"), [gettext("行"), gettext("标题"), gettext("列"), gettext("问题")], lines)
        return _attached(data, gettext("%s-有误的行.xlsx") % run.file_name.rpartition(".")[0])


class TemplateView(View):
    """模板下载."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        if key not in kinds():
            raise Http404(_("没有这类内容"))
        return _attached(services.template(kinds()[key]), gettext("%s导入模板.xlsx") % kinds()[key].name)


def _attached(data: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(data, XLSX, headers={"Content-Disposition": disposition})
