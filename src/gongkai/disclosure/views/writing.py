"""Beginning a record: choose its kind and column, then Wagtail's editor; and going on from an earlier one."""

from __future__ import annotations

from itertools import groupby
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.widgets import AdminPageChooser

from gongkai.bodies.views.base import VerbForm, VerbView, crumbs
from gongkai.disclosure import services
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.models import RecordPage
from gongkai.foundation.access import rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import number
from gongkai.portal.models import ColumnPage
from gongkai.portal.standing import body_of


def grouped_kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds under their groups, as a field of choices takes them."""
    pairs = sorted(kinds().values(), key=lambda kind: kind.order)
    return [(group, [(one.key, one.name) for one in found]) for group, found in groupby(pairs, lambda one: one.group)]


class ColumnField(forms.ModelChoiceField):
    """A column of a body for which the person may write."""

    def __init__(self, **kwargs: Any) -> None:
        chooser = AdminPageChooser(target_models=[ColumnPage])
        super().__init__(queryset=ColumnPage.objects.all(), label=_("放在哪个栏目"), widget=chooser, **kwargs)


class NewRecordForm(VerbForm):
    column = ColumnField(help_text=_("本单位专栏中的栏目"))
    kind = forms.ChoiceField(label=_("内容种类"), choices=grouped_kinds, widget=forms.RadioSelect)


class NewRecordView(VerbView):
    """起草公开信息, first step."""

    form_class = NewRecordForm
    page_title = _("起草公开信息")
    header_icon = "doc-full"
    verb = "disclosure.begin"
    submit_label = _("开始填写")
    explanation = _("先选栏目和内容种类，下一步按该种类的字段填写。")

    def get_initial(self) -> dict[str, Any]:
        return {"column": number(self.request.GET.get("column")), "kind": self.request.GET.get("kind", "")}

    def form_valid(self, form: Any) -> HttpResponse:
        column = form.cleaned_data["column"]
        self.demand(body_of(column))
        return redirect("disclosure_add", form.cleaned_data["kind"], column.pk)

    def back(self) -> str:
        return reverse("disclosure_records")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), gettext("公开信息")), ("", self.page_title))


class AddRecordView(CreateView):
    """Wagtail's form for a new page, of a kind that is known; it is sent to Wagtail's own address."""

    def dispatch(self, request: HttpRequest, kind: str, parent_page_id: int) -> HttpResponseBase:
        if kind not in kinds():
            raise Http404(_("没有这类内容"))
        self.kind = kind
        return cast(HttpResponseBase, super().dispatch(request, "disclosure", "recordpage", parent_page_id))

    def get(self, request: HttpRequest) -> HttpResponse:
        self.page.kind = self.kind
        return cast(HttpResponse, super().get(request))


def choose_first(request: HttpRequest, parent: Any, page_class: type) -> HttpResponse | None:
    """Wagtail's own address for a new page leads to the choice of the kind, until one is chosen."""
    if page_class is not RecordPage or request.POST.get("kind") in kinds():
        return None
    named = request.resolver_match
    if named is not None and named.url_name == "disclosure_add":
        return None
    return redirect(f"{reverse('disclosure_new')}?column={parent.pk}")


class FollowUpView(View):
    """POST, with a value for each field that is to differ: a draft that goes on from the record, and its editor."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        record = get_object_or_404(RecordPage, pk=pk)
        if not rights_of(request.user).may("disclosure.follow_up", record.body_id):
            raise PermissionDenied
        rule = record.declared.follows
        fields = {key: request.POST[key] for key in (rule.ends if rule else ()) if key in request.POST}
        with transaction.atomic():
            draft = services.follow_up(cast(User, request.user), record, fields)
        messages.success(request, gettext("已起草后续信息，请核对各字段后报送审查"))
        return redirect("wagtailadmin_pages:edit", draft.pk)
