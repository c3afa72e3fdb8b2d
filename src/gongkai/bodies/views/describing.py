"""机构信息: the form in which a body says what it does, where it is and who leads it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies import services
from gongkai.bodies.selectors import bodies_for
from gongkai.bodies.views.base import VerbForm, VerbView, address, crumbs

BETWEEN = "｜"  # between the parts of a line
ALSO = ("|", "\t")


class Leaders(forms.CharField):
    """One person a line: 姓名｜职务｜分管工作."""

    widget = forms.Textarea(attrs={"rows": 8})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(BETWEEN.join(row).rstrip(BETWEEN) for row in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[list[str]]:
        text = super().clean(value)
        for mark in ALSO:
            text = text.replace(mark, BETWEEN)
        return [line.split(BETWEEN) for line in text.splitlines() if line.strip()]


class DescribeForm(VerbForm):
    duties = forms.CharField(
        label=_("机关职能（选填）"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("按“三定”规定填写。《政府信息公开条例》第二十条第（二）项要求公开"),
    )
    contact_address = forms.CharField(label=_("办公地址（选填）"), required=False, max_length=120)
    office_hours = forms.CharField(
        label=_("办公时间（选填）"), required=False, max_length=120, help_text=_("如“工作日 9:00—12:00，14:00—18:00”")
    )
    contact_phone = forms.CharField(label=_("办公电话（选填）"), required=False, max_length=40)
    leaders = Leaders(
        label=_("负责人和分工（选填）"),
        required=False,
        help_text=_("每行一人：姓名｜职务｜分管工作，主要负责人在最前。只公开姓名、职务和分工，不写手机号等个人信息"),
    )


class DescribeView(VerbView):
    page_title = _("机构信息")
    header_icon = "group"
    form_class = DescribeForm
    verb = "bodies.describe"
    explanation = _("保存后还没有公开；在单位页面报送审查，签发后公开页面才会更新。没有填写的不显示。")

    def prepare(self) -> None:
        self.body = get_object_or_404(bodies_for(self.rights), pk=self.kwargs["pk"])
        self.demand(self.body.pk)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.body, name) for name in self.form_class.base_fields}

    def back(self) -> str:
        return address("bodies_detail", self.body)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((reverse("bodies_index"), _("单位")), (self.back(), self.body.name), ("", self.page_title))

    def perform(self, form: Any) -> str:
        services.describe(self.actor, self.body, **form.cleaned_data)
        return gettext("已保存%(body)s的机构信息") % {"body": self.body.name}
