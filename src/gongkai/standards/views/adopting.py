"""乡镇沿用模板: which townships take over which template."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body, Kind
from gongkai.bodies.selectors import bodies_for
from gongkai.bodies.views.base import VerbForm, VerbView, crumbs
from gongkai.foundation import clock
from gongkai.foundation.access import Role
from gongkai.standards import services
from gongkai.standards.models import Catalogue
from gongkai.standards.selectors import templates_for
from gongkai.standards.services.mapping import suggest_soon
from gongkai.standards.services.reconciling import soon


class AdoptForm(VerbForm):
    templates = forms.ModelMultipleChoiceField(
        label=_("模板"), queryset=Catalogue.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    bodies = forms.ModelMultipleChoiceField(
        label=_("乡镇、街道"), queryset=Body.objects.none(), widget=forms.CheckboxSelectMultiple
    )


class AdoptView(VerbView):
    page_title = _("乡镇沿用模板")
    header_icon = "copy"
    form_class = AdoptForm
    verb = "standards.adopt"
    submit_label = _("沿用所选模板")
    explanation = _(
        "所选乡镇、街道各得一份目录，公开主体换成其名称；已沿用同一版本的不重复，原有的对应关系和“未涉及”保留。"
    )

    def prepare(self) -> None:
        self.templates = templates_for(self.rights)
        mine = bodies_for(self.rights, Role.OFFICE).active(clock.today())
        self.bodies = mine.filter(kind__in=[Kind.TOWNSHIP, Kind.SUBDISTRICT])
        if not mine.exists():
            raise PermissionDenied(_("没有权限：须由县政务公开办办理"))

    def get_form(self, form_class: Any = None) -> AdoptForm:
        form = cast(AdoptForm, super().get_form(form_class))
        cast(forms.ModelMultipleChoiceField, form.fields["templates"]).queryset = self.templates
        cast(forms.ModelMultipleChoiceField, form.fields["bodies"]).queryset = self.bodies
        form.initial["bodies"] = self.bodies  # nearly always all of them: who takes over again gets nothing twice
        return form

    def perform(self, form: Any) -> str:
        bodies = list(form.cleaned_data["bodies"])
        made = [
            catalogue
            for template in form.cleaned_data["templates"]
            for catalogue in services.adopt(self.actor, template, bodies)
        ]
        suggest_soon(made)
        soon({body.pk for body in bodies})
        return gettext("已建立 %d 份目录") % len(made)

    def back(self) -> str:
        return reverse("standards_board")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), _("标准目录")), ("", self.page_title))
