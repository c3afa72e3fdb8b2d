"""The small forms by which one case is worked on. Services check again; here errors stand beside the field."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.rectification.models import Case


def words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    """A field for a few sentences."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=5000, widget=area)


class ActionForm(forms.Form):
    """A form about one case."""

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)


class NothingForm(ActionForm):
    """复核 asks for nothing."""


class MendedForm(ActionForm):
    note = words(_("整改情况"), _("写明做了什么，如“链接已更正为新网址”"))


class UrgeForm(ActionForm):
    note = words(_("附言"), required=False, rows=2)


class ExceptForm(ActionForm):
    until = forms.DateField(
        label=_("例外至"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("含当日，最长一年；到期后自动恢复"),
    )
    reason = words(_("例外理由"), _("写明为什么暂时不能整改"), rows=2)


class EndForm(ActionForm):
    reason = words(_("结束例外的理由"), rows=2)


class RulingForm(ActionForm):
    reason = words(_("认定理由"), _("写明看到了什么、为什么与系统复核的结论不同"))


class ReassignForm(ActionForm):
    body = forms.ModelChoiceField(label=_("改派给"), queryset=Body.objects.none(), empty_label=_("请选择"))
    reason = words(_("改派理由"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Body.objects.of_county(self.case.body.root).active(clock.today()).exclude(pk=self.case.body_id)
        cast("forms.ModelChoiceField[Body]", self.fields["body"]).queryset = offered
