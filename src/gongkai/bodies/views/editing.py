"""The forms of a body: new, changed, renamed, dissolved, restored."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies import services
from gongkai.bodies.models import Body, BodyGroup, Kind
from gongkai.bodies.selectors import bodies_for
from gongkai.bodies.views.base import DateField, VerbForm, VerbView, address, crumbs
from gongkai.foundation import clock
from gongkai.foundation.access import Role

KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.COUNTY]


class SeveralNames(forms.CharField):
    """Several names in one line, separated by 、 or ；."""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        for separator in ("；", ";", "，", ","):
            text = text.replace(separator, "、")
        return [part.strip() for part in text.split("、") if part.strip()]


class FactsForm(VerbForm):
    """What may be changed at any time."""

    kind = forms.ChoiceField(label=_("类别"), choices=KINDS)
    parent = forms.ModelChoiceField(label=_("上级单位"), queryset=Body.objects.none())
    short_names = SeveralNames(
        label=_("简称（选填）"), required=False, help_text=_("通知中可能使用的其他名称，多个用“、”隔开")
    )
    groups = forms.ModelMultipleChoiceField(
        label=_("所属分组（选填）"),
        queryset=BodyGroup.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_group = forms.CharField(
        label=_("新建分组（选填）"), required=False, max_length=60, help_text=_("通知中使用的说法，如“县级执法部门”")
    )
    credit_code = forms.CharField(
        label=_("统一社会信用代码（选填）"), required=False, max_length=18, help_text=_("18 位，系统按 GB 32100 校验")
    )
    contact_phone = forms.CharField(label=_("办公电话（选填）"), required=False, max_length=40)
    contact_address = forms.CharField(label=_("办公地址（选填）"), required=False, max_length=120)
    active_from = DateField(label=_("成立日期（选填）"), required=False)


class NewBodyForm(FactsForm):
    name = forms.CharField(label=_("全称"), max_length=100, help_text=_("印章上的名称"))
    code = forms.CharField(
        label=_("代码"), max_length=60, help_text=_("小写字母或数字，如 qinghe.fgj；用于网址和登录名，启用后不能改动")
    )
    field_order = ["name", "code"]


class BodyFormView(VerbView):
    """A form about the body that the address names."""

    header_icon = "group"

    def prepare(self) -> None:
        self.body = get_object_or_404(bodies_for(self.rights, Role.OFFICE), pk=self.kwargs["pk"])
        self.demand(self.body.pk)

    def back(self) -> str:
        return address("bodies_detail", self.body)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((reverse("bodies_index"), _("单位")), (self.back(), self.body.name), ("", self.page_title))


def _scope(form: FactsForm, bodies: Any) -> None:
    form.fields["parent"].queryset = bodies  # type: ignore[attr-defined]
    form.fields["groups"].queryset = BodyGroup.objects.filter(county__in=bodies)  # type: ignore[attr-defined]


class NewBodyView(VerbView):
    page_title = _("新增单位")
    header_icon = "group"
    form_class = NewBodyForm
    verb = "bodies.create"
    submit_label = _("新增单位")

    def get_initial(self) -> dict[str, Any]:
        counties = list(bodies_for(self.rights, Role.OFFICE).filter(kind=Kind.COUNTY)[:2])
        return {"parent": counties[0]} if len(counties) == 1 else {}

    def get_form(self, form_class: Any = None) -> NewBodyForm:
        form: NewBodyForm = super().get_form(form_class)
        _scope(form, bodies_for(self.rights, Role.OFFICE))
        return form

    def perform(self, form: Any) -> str:
        facts = dict(form.cleaned_data)
        parent, kind = facts.pop("parent"), Kind(facts.pop("kind"))
        group = facts.pop("new_group")
        groups = [*facts.pop("groups"), *([services.create_group(self.actor, parent, group)] if group else [])]
        body = services.create(self.actor, parent, kind=kind, groups=groups, **facts)
        return gettext("已新增%(body)s") % {"body": body.name}

    def back(self) -> str:
        return reverse("bodies_index")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), _("单位")), ("", self.page_title))


class EditBodyView(BodyFormView):
    page_title = _("修改单位信息")
    form_class = FactsForm
    verb = "bodies.change"
    explanation = _("全称请用“更名”修改，以便保留曾用名；代码启用后不能改动。")

    def get_initial(self) -> dict[str, Any]:
        names = ("kind", "parent", "short_names", "credit_code", "contact_phone", "contact_address", "active_from")
        return {name: getattr(self.body, name) for name in names} | {"groups": self.body.groups.all()}

    def get_form(self, form_class: Any = None) -> FactsForm:
        form: FactsForm = super().get_form(form_class)
        _scope(form, bodies_for(self.rights, Role.OFFICE).of_county(self.body.root).exclude(pk=self.body.pk))
        if self.body.kind == Kind.COUNTY:
            del form.fields["kind"], form.fields["parent"]
        return form

    def perform(self, form: Any) -> str:
        facts = dict(form.cleaned_data)
        kind, group = facts.pop("kind", None), facts.pop("new_group")
        groups = [*facts.pop("groups"), *([services.create_group(self.actor, self.body, group)] if group else [])]
        services.change(self.actor, self.body, kind=Kind(kind) if kind else None, groups=groups, **facts)
        return gettext("已保存%(body)s的信息") % {"body": self.body.name}


class RenameForm(VerbForm):
    name = forms.CharField(label=_("新名称"), max_length=100)
    on = DateField(label=_("启用日期"), help_text=_("新名称自该日起使用，原名称记为曾用名"))
    reason = forms.CharField(label=_("依据（选填）"), required=False, help_text=_("如机构改革方案文号"))


class RenameView(BodyFormView):
    page_title = _("单位更名")
    form_class = RenameForm
    verb = "bodies.rename"
    submit_label = _("更名")
    explanation = _("更名后，旧通知中的原名称仍能对应到本单位。")

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.body.name, "on": clock.today()}

    def perform(self, form: Any) -> str:
        services.rename(self.actor, self.body, **form.cleaned_data)
        return gettext("已更名为%(name)s") % {"name": form.cleaned_data["name"]}


class DissolveForm(VerbForm):
    last_day = DateField(label=_("最后存续日期"), help_text=_("含当日"))
    into = forms.ModelChoiceField(
        label=_("并入单位（选填）"),
        queryset=Body.objects.none(),
        required=False,
        help_text=_("撤销后其职责由哪个单位承担；原单位的公开内容移到该单位专栏之下，原网址自动跳转"),
    )
    reason = forms.CharField(label=_("依据"), help_text=_("如机构改革方案文号"))


class DissolveView(BodyFormView):
    page_title = _("撤销单位")
    form_class = DissolveForm
    verb = "bodies.dissolve"
    submit_label = _("撤销单位")
    explanation = _("撤销后，该单位不再接收任务，其人员在该单位的权限随之失效；历史记录保留，可以恢复。")
    danger = True

    def get_initial(self) -> dict[str, Any]:
        return {"last_day": clock.today()}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        others = Body.objects.of_county(self.body.root).active(clock.today()).working()
        form.fields["into"].queryset = others.exclude(pk=self.body.pk)
        return form

    def perform(self, form: Any) -> str:
        services.dissolve(self.actor, self.body, **form.cleaned_data)
        return gettext("已撤销%(body)s") % {"body": self.body.name}


class RestoreForm(VerbForm):
    reason = forms.CharField(label=_("理由"))


class RestoreView(BodyFormView):
    page_title = _("恢复单位")
    form_class = RestoreForm
    verb = "bodies.restore"
    submit_label = _("恢复单位")

    def perform(self, form: Any) -> str:
        services.restore(self.actor, self.body, **form.cleaned_data)
        return gettext("已恢复%(body)s") % {"body": self.body.name}


class CountyForm(VerbForm):
    name = forms.CharField(label=_("全称"), max_length=100, help_text=_("如“清河县人民政府”"))
    code = forms.CharField(label=_("代码"), max_length=60, help_text=_("小写字母或数字，如 qinghe"))
    short_names = SeveralNames(label=_("简称（选填）"), required=False)


class NewCountyView(VerbView):
    page_title = _("建立县")
    header_icon = "group"
    form_class = CountyForm
    verb = "bodies.create_county"
    submit_label = _("建立县")
    explanation = _("一县一棵单位树，各县的单位、人员和业务互不可见。")

    def perform(self, form: Any) -> str:
        county = services.create_county(self.actor, **form.cleaned_data)
        return gettext("已建立%(county)s，请为其新增政务公开办人员") % {"county": county.name}

    def back(self) -> str:
        return reverse("bodies_index")

    @cached_property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), _("单位")), ("", self.page_title))
