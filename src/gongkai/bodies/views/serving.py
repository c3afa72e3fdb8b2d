"""The forms about people: new, changed, appointed, ended, deputised, password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies import services
from gongkai.bodies.models import Body, Deputy, RoleHolding
from gongkai.bodies.selectors import bodies_for
from gongkai.bodies.views.base import DateField, VerbForm, VerbView, address, crumbs, rights
from gongkai.bodies.views.bodies import may_speak_for
from gongkai.bodies.views.people import bodies_managed, people_managed
from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role
from gongkai.foundation.accounts.models import User


class PersonChoice(forms.ModelChoiceField):
    """People, told apart by their login names."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_full_name()}（{obj.username}）"


class PersonForm(VerbForm):
    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(
        label=_("办公电话（选填）"), required=False, max_length=40, help_text=_("单位办公电话，不填个人手机号")
    )
    email = forms.EmailField(label=_("工作邮箱（选填）"), required=False, help_text=_("用于接收催办和提醒"))


class NewPersonForm(PersonForm):
    body = forms.ModelChoiceField(label=_("单位"), queryset=Body.objects.none())
    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    username = forms.CharField(
        label=_("登录名"), max_length=150, help_text=_("字母、数字和 . - _，如 clerk.qinghe.fgj")
    )
    since = DateField(label=_("起始日期"))
    field_order = ["name", "username", "body", "role", "since"]


class NewPersonView(VerbView):
    page_title = _("新增人员")
    header_icon = "user"
    form_class = NewPersonForm
    verb = "bodies.create_person"
    submit_label = _("新增人员")
    explanation = _("保存后显示一次临时密码，请当面或通过内部渠道转交本人，首次登录须修改。")

    def get_initial(self) -> dict[str, Any]:
        return {"since": clock.today(), "body": self.request.GET.get("body"), "role": Role.CLERK}

    def get_form(self, form_class: Any = None) -> NewPersonForm:
        form: NewPersonForm = super().get_form(form_class)
        form.fields["body"].queryset = bodies_managed(self.request)  # type: ignore[attr-defined]
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        facts = dict(form.cleaned_data)
        try:
            made = services.create_person(self.actor, facts.pop("body"), role=Role(facts.pop("role")), **facts)
        except ValidationError as error:
            form.add_problems(error)
            return self.form_invalid(form)
        except Refused as error:
            form.add_error("role", str(error))
            return self.form_invalid(form)
        return password_page(self, made.user, made.password)

    def back(self) -> str:
        return reverse("bodies_people")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), _("人员")), ("", self.page_title))


def password_page(view: VerbView, user: User, password: str) -> HttpResponse:
    """The one time that a temporary password is seen; no browser keeps the page."""
    context = {
        "header_title": gettext("临时密码"),
        "page_title": gettext("临时密码"),
        "header_icon": "key",
        "breadcrumbs_items": crumbs((reverse("bodies_people"), _("人员")), ("", gettext("临时密码"))),
        "person": user,
        "password": password,
    }
    response = render(view.request, "bodies/password.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


class PersonFormView(VerbView):
    """A form about the person that the address names."""

    header_icon = "user"

    def prepare(self) -> None:
        self.person = get_object_or_404(people_managed(self.request), pk=self.kwargs["pk"])

    def back(self) -> str:
        return address("bodies_person", self.person)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        name = self.person.get_full_name()
        return crumbs((reverse("bodies_people"), _("人员")), (self.back(), name), ("", self.page_title))


class EditPersonView(PersonFormView):
    page_title = _("修改人员信息")
    form_class = PersonForm
    verb = "bodies.change_person"

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.person, name) for name in ("name", "phone", "email")}

    def perform(self, form: Any) -> str:
        services.change_person(self.actor, self.person, **form.cleaned_data)
        return gettext("已保存%(user)s的信息") % {"user": self.person}


class AppointForm(VerbForm):
    body = forms.ModelChoiceField(label=_("单位"), queryset=Body.objects.none())
    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    since = DateField(label=_("起始日期"))
    until = DateField(label=_("截止日期（选填）"), required=False, help_text=_("含当日；没有期限的留空"))
    reason = forms.CharField(label=_("依据（选填）"), required=False)


class AppointView(PersonFormView):
    page_title = _("增加任职")
    form_class = AppointForm
    verb = "bodies.appoint"
    submit_label = _("任命")

    def get_initial(self) -> dict[str, Any]:
        return {"since": clock.today()}

    def get_form(self, form_class: Any = None) -> AppointForm:
        form: AppointForm = super().get_form(form_class)
        form.fields["body"].queryset = bodies_managed(self.request)  # type: ignore[attr-defined]
        return form

    def perform(self, form: Any) -> str:
        facts = dict(form.cleaned_data)
        holding = services.appoint(self.actor, self.person, role=Role(facts.pop("role")), **facts)
        return gettext("已任命：%(holding)s") % {"holding": holding}


class ResetPasswordView(PersonFormView):
    page_title = _("重置密码")
    form_class = VerbForm
    verb = "bodies.reset_password"
    submit_label = _("重置密码")
    explanation = _("原密码立即失效，正在使用的会话随即退出；新的临时密码只显示一次，本人登录后须修改。")
    danger = True

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            password = services.reset_password(self.actor, self.person)
        except Refused as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return password_page(self, self.person, password)


class HoldingFormView(VerbView):
    """A form about a role held in a body that the person reaches."""

    header_icon = "user"

    def prepare(self) -> None:
        reached = RoleHolding.objects.filter(body__in=bodies_for(rights(self.request)))
        self.holding = get_object_or_404(reached.select_related("body", "user"), pk=self.kwargs["pk"])
        self.demand(self.holding.body_id)

    def back(self) -> str:
        return address("bodies_detail", self.holding.body)

    def get_page_subtitle(self) -> str:
        return str(self.holding)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        body = self.holding.body
        return crumbs((reverse("bodies_index"), _("单位")), (self.back(), body.name), ("", self.page_title))


class EndHoldingForm(VerbForm):
    until = DateField(label=_("最后任职日期"), help_text=_("含当日"))
    reason = forms.CharField(label=_("理由"))


class EndHoldingView(HoldingFormView):
    page_title = _("免职")
    form_class = EndHoldingForm
    verb = "bodies.end_holding"
    submit_label = _("免职")
    explanation = _("只结束任职，不移交未办结的工作；有接替人员的，请在人员页面办理“工作交接”。")
    danger = True

    def get_initial(self) -> dict[str, Any]:
        return {"until": clock.today()}

    def perform(self, form: Any) -> str:
        services.end_holding(self.actor, self.holding, **form.cleaned_data)
        return gettext("已免去：%(holding)s") % {"holding": self.holding}


class DeputyForm(VerbForm):
    user = PersonChoice(label=_("代理人"), queryset=User.objects.none())
    since = DateField(label=_("起始日期"))
    until = DateField(label=_("截止日期"), help_text=_("含当日"))
    reason = forms.CharField(label=_("事由（选填）"), required=False, help_text=_("如外出培训"))


class NameDeputyView(HoldingFormView):
    page_title = _("指定代理人")
    form_class = DeputyForm
    verb = "bodies.name_deputy"
    submit_label = _("指定代理人")
    explanation = _("代理期间，代理人与任职者都可以办理；期满自动失效。")

    def prepare(self) -> None:
        super().prepare()
        if not may_speak_for(self.request, self.holding):
            raise PermissionDenied(_("代理人须由任职者本人、单位签发领导或政务公开办指定"))

    def get_initial(self) -> dict[str, Any]:
        return {"since": clock.today()}

    def get_form(self, form_class: Any = None) -> DeputyForm:
        form: DeputyForm = super().get_form(form_class)
        form.fields["user"].queryset = self.candidates()  # type: ignore[attr-defined]
        return form

    def candidates(self) -> Any:
        """Who serves in the same body now; the office may choose from the whole county."""
        today = clock.today()
        bodies = Body.objects.of_county(self.holding.body.root)
        if not self.rights.holds({Role.OFFICE, Role.SYSADMIN}, self.holding.body_id):
            bodies = bodies.filter(pk=self.holding.body_id)
        serving = RoleHolding.objects.on(today).filter(body__in=bodies).values("user")
        others = User.objects.filter(pk__in=serving, is_active=True).exclude(pk__in=[self.holding.user_id])
        return others.exclude(pk=self.actor.pk).order_by("name", "username")

    def perform(self, form: Any) -> str:
        deputy = services.name_deputy(self.actor, self.holding, **form.cleaned_data)
        return gettext("已指定%(user)s为代理人") % {"user": deputy.user}


class EndDeputyForm(VerbForm):
    until = DateField(label=_("最后代理日期"), help_text=_("含当日"))
    reason = forms.CharField(label=_("事由（选填）"), required=False)


class EndDeputyView(HoldingFormView):
    page_title = _("结束代理")
    form_class = EndDeputyForm
    verb = "bodies.end_deputy"
    submit_label = _("结束代理")

    def prepare(self) -> None:
        reached = Deputy.objects.filter(holding__body__in=bodies_for(rights(self.request)))
        self.deputy = get_object_or_404(reached.select_related("holding__body", "holding__user"), pk=self.kwargs["pk"])
        self.holding = self.deputy.holding
        if not may_speak_for(self.request, self.holding):
            raise PermissionDenied(_("代理须由任职者本人、单位签发领导或政务公开办结束"))

    def get_initial(self) -> dict[str, Any]:
        return {"until": clock.today()}

    def perform(self, form: Any) -> str:
        services.end_deputy(self.actor, self.deputy, **form.cleaned_data)
        return gettext("已结束%(user)s的代理") % {"user": self.deputy.user}
