"""重点领域: what the notice promises, what it names, what is missing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from gongkai.bodies.models import Body, Kind
from gongkai.bodies.selectors import bodies_for
from gongkai.bodies.views.base import VerbForm, VerbView, crumbs
from gongkai.channels.models import Column
from gongkai.disclosure import services
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.models import KeyField, KeyFieldPromise
from gongkai.disclosure.selectors import FieldRow, columns_of, key_fields, owners_in, promise_of, updated
from gongkai.disclosure.services.key_fields import notice
from gongkai.disclosure.states import COMPLETE, GAP
from gongkai.disclosure.views.writing import grouped_kinds
from gongkai.foundation import clock
from gongkai.foundation.access import Rights, Role, rights_of
from gongkai.foundation.screens import Screen


class KeyFieldsView(Screen, TemplateView):
    """The first thing is what must be named; then every field with its owners, newest content and gaps."""

    template_name = "disclosure/key_fields.html"
    page_title = _("重点领域")
    header_icon = "list-ul"

    @cached_property
    def rights(self) -> Rights:
        return rights_of(self.request.user)

    def counties(self) -> list[Body]:
        """The counties of the person's bodies."""
        mine = bodies_for(self.rights)
        return list(Body.objects.filter(pk__in=mine.county_ids()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheets = [self._sheet(county) for county in self.counties()]
        return super().get_context_data(sheets=sheets, notice=notice(), gap=GAP, complete=COMPLETE, **kwargs)

    def _sheet(self, county: Body) -> dict[str, Any]:
        promise = promise_of(county)
        today = clock.today()
        rows: list[FieldRow] = key_fields(promise, today) if promise else []
        return {
            "county": county,
            "promise": promise,
            "rows": [(row, [kinds()[key].name for key in row.field.kinds if key in kinds()]) for row in rows],
            "named": len(rows),
            "unnamed": promise.promised - len(rows) if promise else 0,
            "fresh": len(updated(rows, today.year)),
            "gaps": sum(bool(row.gaps) for row in rows),
            "year": today.year,
            "may": self.rights.holds({Role.OFFICE}, county.pk),
        }


class PromiseForm(VerbForm):
    promised = forms.IntegerField(label=_("承诺的领域数"), min_value=1, max_value=100)
    source = forms.CharField(label=_("出处"), max_length=200)


class PromiseView(VerbView):
    """How many the notice promises; saving it for the first time enters those that it names."""

    form_class = PromiseForm
    page_title = _("重点领域承诺")
    header_icon = "list-ul"
    verb = "disclosure.promise_key_fields"
    explanation = _("首次保存时列入通知写明的领域；通知没有写明的，由政务公开办逐个补充，系统不代为推定。")

    def prepare(self) -> None:
        self.county = get_object_or_404(Body, pk=self.kwargs["county"], kind=Kind.COUNTY)
        self.demand(self.county.pk)

    def get_initial(self) -> dict[str, Any]:
        known = promise_of(self.county)
        if known is not None:
            return {"promised": known.promised, "source": known.source}
        return {"promised": notice()["promised"], "source": notice()["source"]}

    def perform(self, form: Any) -> str:
        services.promise_key_fields(self.actor, self.county, **form.cleaned_data)
        return gettext("已保存重点领域承诺")

    def back(self) -> str:
        return reverse("disclosure_key_fields")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), gettext("重点领域")), ("", self.page_title))


class KeyFieldForm(VerbForm):
    name = forms.CharField(label=_("领域"), max_length=60)
    kind_keys = forms.MultipleChoiceField(
        label=_("内容种类"), choices=grouped_kinds, required=False, help_text=_("责任单位公开的这些种类计入本领域")
    )
    owners = forms.ModelMultipleChoiceField(label=_("责任单位"), queryset=Body.objects.none(), required=False)
    columns = forms.ModelMultipleChoiceField(
        label=_("栏目（选填）"), queryset=Column.objects.none(), required=False, help_text=_("这些栏目的内容也计入")
    )

    def __init__(self, *args: Any, county: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = owners_in(county, clock.today())
        columns = columns_of(bodies)
        self.fields["owners"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["columns"].queryset = columns  # type: ignore[attr-defined]
        for name in ("kind_keys", "owners", "columns"):
            self.fields[name].widget.attrs["size"] = 12


class KeyFieldView(VerbView):
    """A field, new or known."""

    form_class = KeyFieldForm
    page_title = _("填写重点领域")
    header_icon = "list-ul"
    verb = "disclosure.save_key_field"

    def prepare(self) -> None:
        if "pk" in self.kwargs:
            self.field: KeyField | None = get_object_or_404(KeyField, pk=self.kwargs["pk"])
            self.promise = self.field.promise
        else:
            self.field = None
            self.promise = get_object_or_404(KeyFieldPromise, pk=self.kwargs["promise"])
        self.demand(self.promise.county_id)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"county": self.promise.county}

    def get_initial(self) -> dict[str, Any]:
        if self.field is None:
            return {}
        owners, columns = self.field.owners.all(), self.field.columns.all()
        return {"name": self.field.name, "kind_keys": self.field.kinds, "owners": owners, "columns": columns}

    def perform(self, form: Any) -> str:
        facts = form.cleaned_data
        services.save_key_field(
            self.actor,
            self.promise,
            self.field,
            facts["name"],
            facts["kind_keys"],
            list(facts["owners"]),
            list(facts["columns"]),
        )
        return gettext("已保存重点领域“%s”") % facts["name"]

    def back(self) -> str:
        return reverse("disclosure_key_fields")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), gettext("重点领域")), ("", self.page_title))
