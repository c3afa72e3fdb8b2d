"""人员: the listing and the page of one person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button, HeaderButton

from gongkai.bodies import history, sheets
from gongkai.bodies.models import Body, Deputy, RoleHolding
from gongkai.bodies.selectors import bodies_for, people_for
from gongkai.bodies.views.base import RegisterView, address, crumbs, rights
from gongkai.foundation import clock
from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.models import Event

MANAGERS = (Role.OFFICE, Role.SYSADMIN)


def people_managed(request: HttpRequest) -> QuerySet[User]:
    return people_for(rights(request), *MANAGERS)


def bodies_managed(request: HttpRequest | None) -> QuerySet[Body]:
    return bodies_for(rights(request), *MANAGERS) if request else Body.objects.none()


class PersonFilter(WagtailFilterSet):
    role = django_filters.ChoiceFilter(
        label=_("角色"), choices=Role.choices, empty_label=_("全部"), method="by_holding"
    )
    body = django_filters.ModelChoiceFilter(
        label=_("单位"), queryset=bodies_managed, empty_label=_("全部"), method="by_holding"
    )
    serving = django_filters.ChoiceFilter(
        label=_("状态"),
        choices=[("yes", _("在任")), ("no", _("无在任职务"))],
        empty_label=_("全部"),
        method="by_serving",
    )

    class Meta:
        model = User
        fields: list[str] = []

    def by_holding(self, queryset: Any, name: str, value: Any) -> Any:
        held = RoleHolding.objects.on(clock.today()).filter(user=OuterRef("pk"), body__in=bodies_managed(self.request))
        return queryset.filter(Exists(held.filter(**{name: value})))

    def by_serving(self, queryset: Any, name: str, value: str) -> Any:
        serving = Exists(RoleHolding.objects.on(clock.today()).filter(user=OuterRef("pk")))
        return queryset.filter(serving if value == "yes" else ~serving)


class PeopleRegister(RegisterView):
    """The people of the counties that the person manages."""

    model = User
    page_title = _("人员")
    header_icon = "user"
    index_url_name = "bodies_people"
    index_results_url_name = "bodies_people_results"
    results_template_name = "bodies/people_results.html"
    filterset_class = PersonFilter
    default_ordering = ("username",)
    export_name = _("人员名册")
    columns = [
        TitleColumn("get_full_name", label=_("姓名"), url_name="bodies_person", sort_key="name"),
        Column("username", label=_("登录名"), sort_key="username"),
        Column("roles", label=_("在任职务"), accessor=lambda user: "；".join(roles_of(user)), width="45%"),
        Column("phone", label=_("办公电话")),
        DateColumn("last_login", label=_("最近登录"), sort_key="last_login"),
    ]

    def get_base_queryset(self) -> QuerySet[User]:
        held = (
            RoleHolding.objects.on(clock.today()).filter(body__in=bodies_managed(self.request)).select_related("body")
        )
        return people_managed(self.request).prefetch_related(Prefetch("holdings", held, to_attr="held_now"))

    def search_queryset(self, queryset: Any) -> Any:
        text = self.search_query.strip()
        named = Q(name__icontains=text) | Q(username__icontains=text)
        return queryset.filter(named) if text else queryset

    @cached_property
    def header_buttons(self) -> list[Button]:
        return [HeaderButton(_("新增人员"), url=reverse("bodies_person_add"), icon_name="plus")]

    def export(self, queryset: Any, form: str) -> bytes:
        header = [gettext("姓名"), gettext("登录名"), gettext("在任职务"), gettext("办公电话")]
        rows: Iterator[list[str]] = (
            [user.get_full_name(), user.username, "；".join(roles_of(user)), user.phone] for user in queryset
        )
        if form == "xlsx":
            return sheets.to_xlsx(str(self.export_name), header, rows)
        return sheets.to_csv(header, rows)


def roles_of(user: User) -> list[str]:
    """“县财政局信息员” for each role held now; needs the prefetch `held_now`."""
    return [f"{holding.body.label}{holding.get_role_display()}" for holding in user.held_now]  # type: ignore[attr-defined]


class PersonView(WagtailAdminTemplateMixin, TemplateView):
    """One person: roles, deputies both ways, what can be done, history."""

    template_name = "bodies/person.html"
    header_icon = "user"

    @cached_property
    def person(self) -> User:
        return get_object_or_404(people_managed(self.request), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.person.get_full_name()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((reverse("bodies_people"), _("人员")), ("", self.get_page_title()))

    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons = [
            HeaderButton(_("增加任职"), url=address("bodies_appoint", self.person), icon_name="plus", priority=10),
            HeaderButton(
                _("工作交接"), url=address("bodies_hand_over", self.person), icon_name="redirect", priority=20
            ),
        ]
        return buttons if self.person.pk != self.request.user.pk else buttons[1:]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        person = self.person
        buttons = [Button(_("修改信息"), url=address("bodies_person_edit", person), icon_name="edit", priority=10)]
        if person.pk != self.request.user.pk:
            reset = address("bodies_reset_password", person)
            buttons.append(Button(_("重置密码"), url=reset, icon_name="key", priority=20))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.today()
        held = RoleHolding.objects.filter(user=self.person, body__in=bodies_managed(self.request))
        held = held.select_related("body").prefetch_related("deputies__user").order_by("-since", "-id")
        standing_in = Deputy.objects.filter(user=self.person, holding__body__in=bodies_managed(self.request))
        return super().get_context_data(
            person=self.person,
            today=today,
            present=[holding for holding in held if holding.until is None or holding.until >= today],
            past=[holding for holding in held if holding.until is not None and holding.until < today],
            standing_in=standing_in.filter(until__gte=today).select_related("holding__user", "holding__body"),
            history=history.entries(_about(self.person, [one.pk for one in held], bodies_managed(self.request))),
            **kwargs,
        )


def _about(person: User, holdings: list[int], bodies: QuerySet[Body]) -> Any:
    """What happened to the person and to the roles that the reader reaches; signing in is nobody else's business."""
    mine = Q(content_type__app_label="accounts", object_id=person.pk, verb__startswith="bodies.")
    mine &= Q(body_id=None) | Q(body_id__in=bodies.order_by().values("pk"))
    roles = Q(content_type__app_label="bodies", content_type__model="roleholding", object_id__in=holdings)
    return Event.objects.filter(mine | roles)
