"""审查环节设置: the rules of the office's counties, and the form for one more or another."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import bodies_for
from gongkai.foundation.access import Role, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.registries import reviewables
from gongkai.foundation.screens import Screen
from gongkai.review.models import StepRule
from gongkai.review.services import set_steps


def _kinds() -> list[tuple[str, Any]]:
    return [("", gettext_lazy("全部类型")), *((one.key, one.label) for one in reviewables)]


class StepRuleForm(forms.Form):
    body = forms.ModelChoiceField(
        label=gettext_lazy("单位"),
        queryset=Body.objects.none(),
        empty_label=gettext_lazy("请选择单位"),
        help_text=gettext_lazy("选县人民政府时，对所有没有单独设置的单位生效"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("内容类型"), choices=_kinds, required=False)
    reviewer = forms.BooleanField(label=gettext_lazy("设初审环节"), required=False, initial=True)
    legal = forms.BooleanField(label=gettext_lazy("设合法性审查环节"), required=False)
    secrecy_pool = forms.ModelChoiceField(
        label=gettext_lazy("代为保密审查的单位"),
        queryset=Body.objects.none(),
        required=False,
        empty_label=gettext_lazy("由本单位办理"),
        help_text=StepRule._meta.get_field("secrecy_pool").help_text,
    )

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("body", "secrecy_pool"):
            cast(forms.ModelChoiceField, self.fields[name]).queryset = bodies


class StepRulesView(Screen, FormView):
    template_name = "review/rules.html"
    page_title = gettext_lazy("审查环节设置")
    header_icon = "cogs"
    form_class = StepRuleForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"bodies": bodies_for(rights_of(self.request.user), Role.OFFICE)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bodies = bodies_for(rights_of(self.request.user), Role.OFFICE)
        rules = StepRule.objects.filter(body__in=bodies).select_related("body", "secrecy_pool")
        labels = dict(_kinds())
        return super().get_context_data(rows=[(one, labels.get(one.kind, one.kind)) for one in rules], **kwargs)

    def form_valid(self, form: StepRuleForm) -> HttpResponse:
        try:
            rule = set_steps(cast(User, self.request.user), **form.cleaned_data)
        except (ValidationError, PermissionDenied) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("已设置：%s；对以后报送的内容生效") % rule)
        return redirect("review_rules")
