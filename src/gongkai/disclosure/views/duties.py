"""公开义务清单: the list of a body's duties, and how far it is covered by what is public."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import bodies_for
from gongkai.bodies.sheets import to_xlsx
from gongkai.bodies.views.base import VerbForm, VerbView, crumbs
from gongkai.channels.models import Column
from gongkai.disclosure import services
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.declaring.model import ARTICLE_26
from gongkai.disclosure.models import Duty
from gongkai.disclosure.selectors import DutyRow, columns_of, duties_of, duty_rows
from gongkai.disclosure.states import BARE, COVERED, DROPPED
from gongkai.disclosure.views.writing import grouped_kinds
from gongkai.foundation.access import Rights, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import number
from gongkai.foundation.looks import Look
from gongkai.foundation.screens import Screen

PAGE = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = (_("单位"), _("公开内容"), _("依据"), _("时限"), _("内容种类"), _("栏目"), _("最近公开"), _("状态"))


class DutiesView(Screen, TemplateView):
    """The duties of the bodies that the person reaches; `body` and `bare` in the address narrow them."""

    template_name = "disclosure/duties.html"
    page_title = _("公开义务清单")
    header_icon = "tasks"

    @cached_property
    def rights(self) -> Rights:
        return rights_of(self.request.user)

    @cached_property
    def body(self) -> Body | None:
        pk = number(self.request.GET.get("body"))
        return bodies_for(self.rights).filter(pk=pk).first() if pk else None

    def duties(self) -> QuerySet[Duty]:
        return duties_of(bodies_for(self.rights), self.body)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("format") == "xlsx":
            return self._download()
        return super().get(request, *args, **kwargs)

    @cached_property
    def rows(self) -> list[DutyRow]:
        rows = duty_rows(self.duties())
        bare = self.request.GET.get("bare") == "1"
        return [row for row in rows if not bare or not (row.is_covered or row.duty.dropped)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        everything = duty_rows(self.duties().filter(dropped=False))
        covered = sum(row.is_covered for row in everything)
        page = Paginator(self.rows, PAGE).get_page(self.request.GET.get("page"))
        asked = self.request.GET.copy()
        asked.pop("page", None)
        return super().get_context_data(
            page=page,
            rows=[(row, _kind(row), _look(row)) for row in page.object_list],
            total=len(everything),
            covered=covered,
            bare=len(everything) - covered,
            body=self.body,
            bodies=bodies_for(self.rights).working().order_by("order", "pk"),
            may=self.body is not None and self.rights.may("disclosure.save_duty", self.body.pk),
            query=asked.urlencode(),
            only_bare=self.request.GET.get("bare") == "1",
            **kwargs,
        )

    def _download(self) -> HttpResponse:
        rows = [_cells(row) for row in self.rows]
        data = to_xlsx(str(self.page_title), [str(one) for one in HEADER], rows)
        name = content_disposition_header(as_attachment=True, filename=f"{self.page_title}.xlsx")
        return HttpResponse(data, XLSX, headers={"Content-Disposition": name})


def _kind(row: DutyRow) -> str:
    return kinds()[row.duty.kind].name if row.duty.kind in kinds() else ""


def _look(row: DutyRow) -> Look:
    return DROPPED if row.duty.dropped else COVERED if row.is_covered else BARE


def _cells(row: DutyRow) -> list[str]:
    duty = row.duty
    column = duty.column.name if duty.column else ""
    facts = [duty.body.name, duty.what, duty.basis, duty.limit, _kind(row), column]
    return [*facts, f"{row.newest or ''}", str(_look(row).word)]


class DutyForm(VerbForm):
    what = forms.CharField(label=_("公开内容"), max_length=200)
    basis = forms.CharField(label=_("依据"), max_length=200, help_text=_("法律、法规、规章或者文件的名称和条款"))
    limit = forms.CharField(label=_("时限"), max_length=100, initial=str(ARTICLE_26.term))
    kind = forms.ChoiceField(label=_("内容种类（选填）"), choices=lambda: [("", "–"), *grouped_kinds()], required=False)
    column = forms.ModelChoiceField(label=_("栏目（选填）"), queryset=Column.objects.none(), required=False)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].queryset = columns_of([body])  # type: ignore[attr-defined]


class DutyView(VerbView):
    """A duty, new or known; a known one can be dropped with a reason."""

    form_class = DutyForm
    template_name = "disclosure/duty.html"
    page_title = _("填写公开义务")
    header_icon = "tasks"
    verb = "disclosure.save_duty"

    def prepare(self) -> None:
        self.duty = get_object_or_404(Duty, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None
        self.body = self.duty.body if self.duty else get_object_or_404(Body, pk=self.kwargs["body"])
        self.demand(self.body.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"body": self.body}

    def get_initial(self) -> dict[str, Any]:
        if self.duty is None:
            return {}
        return {name: getattr(self.duty, name) for name in ("what", "basis", "limit", "kind", "column")}

    def perform(self, form: Any) -> str:
        if self.duty is not None and "drop" in self.request.POST:
            services.drop_duty(self.actor, self.duty, self.request.POST.get("reason", ""))
            return gettext("已标为不适用")
        services.save_duty(self.actor, self.body, self.duty, **form.cleaned_data)
        return gettext("已保存公开义务")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(duty=self.duty, **kwargs)

    def back(self) -> str:
        return f"{reverse('disclosure_duties')}?body={self.body.pk}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), gettext("公开义务清单")), ("", self.page_title))


class SuggestView(View):
    """POST: add what Articles 20 and 21 ask of the body."""

    def post(self, request: HttpRequest, body: int) -> HttpResponse:
        found = get_object_or_404(Body, pk=body)
        if not rights_of(request.user).may("disclosure.suggest_duties", found.pk):
            raise PermissionDenied
        added = services.suggest_duties(cast(User, request.user), found)
        messages.success(request, gettext("已按条例列入 %d 项，请逐项核对，不适用的写明理由") % added)
        return redirect(f"{reverse('disclosure_duties')}?body={found.pk}")
