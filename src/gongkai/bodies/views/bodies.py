"""单位: the listing, the tree, and the page of one body."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button, HeaderButton

from gongkai.bodies import exporting, history
from gongkai.bodies.models import Body, BodyGroup, Kind, RoleHolding
from gongkai.bodies.selectors import bodies_for, descendants, search
from gongkai.bodies.views.base import RegisterView, address, crumbs, rights
from gongkai.foundation import clock
from gongkai.foundation.access import Role
from gongkai.foundation.events.models import Event


def _counties(request: HttpRequest | None) -> QuerySet[Body]:
    return bodies_for(rights(request)).filter(kind=Kind.COUNTY) if request else Body.objects.none()


def _groups(request: HttpRequest | None) -> QuerySet[BodyGroup]:
    reached = Body.objects.filter(pk__in=bodies_for(rights(request))) if request else Body.objects.none()
    return BodyGroup.objects.filter(county__in=reached)


class BodyFilter(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("类别"), choices=Kind.choices, empty_label=_("全部"))
    groups = django_filters.ModelChoiceFilter(label=_("分组"), queryset=_groups, empty_label=_("全部"))
    county = django_filters.ModelChoiceFilter(
        label=_("所属县"), queryset=_counties, empty_label=_("全部"), method="in_county"
    )
    existing = django_filters.ChoiceFilter(
        label=_("状态"),
        choices=[("yes", _("在册")), ("no", _("已撤销或未成立"))],
        empty_label=_("全部"),
        method="by_existence",
    )

    class Meta:
        model = Body
        fields: list[str] = []

    def in_county(self, queryset: Any, name: str, value: Body) -> Any:
        return queryset.of_county(value)

    def by_existence(self, queryset: Any, name: str, value: str) -> Any:
        today = Body.objects.active(clock.today())
        return queryset.filter(pk__in=today) if value == "yes" else queryset.exclude(pk__in=today)


class BodyRegister(RegisterView):
    """The bodies that a person reaches."""

    model = Body
    page_title = _("单位")
    header_icon = "group"
    index_url_name = "bodies_index"
    index_results_url_name = "bodies_index_results"
    results_template_name = "bodies/body_results.html"
    filterset_class = BodyFilter
    default_ordering = ("order", "id")
    export_name = _("单位名册")
    columns = [
        TitleColumn("name", label=_("全称"), url_name="bodies_detail", sort_key="name"),
        Column("short_names", label=_("简称"), accessor=lambda body: "、".join(body.short_names)),
        Column("get_kind_display", label=_("类别"), sort_key="kind"),
        Column("parent", label=_("上级单位"), accessor=lambda body: body.parent.label if body.parent else ""),
        Column("contact_phone", label=_("办公电话")),
        NumberColumn("people", label=_("在任人数"), sort_key="people"),
        Column("standing", label=_("状态"), accessor=lambda body: _standing(body)),
    ]

    def export(self, queryset: Any, form: str) -> bytes:
        return exporting.export(queryset, form)

    def get_base_queryset(self) -> QuerySet[Body]:
        today = clock.today()
        in_office = Q(holdings__since__lte=today) & (Q(holdings__until=None) | Q(holdings__until__gte=today))
        people = Count("holdings__user", filter=in_office, distinct=True)
        return bodies_for(self.rights).select_related("parent").annotate(people=people)

    def search_queryset(self, queryset: Any) -> Any:
        return search(queryset, self.search_query) if self.is_searching else queryset

    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons = [HeaderButton(_("查看单位树"), url=reverse("bodies_tree"), icon_name="list-ul", priority=30)]
        if self.rights.holds({Role.OFFICE}):
            buttons += [
                HeaderButton(_("新增单位"), url=reverse("bodies_add"), icon_name="plus", priority=10),
                HeaderButton(_("导入名册"), url=reverse("bodies_import"), icon_name="upload", priority=20),
            ]
        if self.rights.holds({Role.SYSADMIN}) and self.rights.bodies(Role.SYSADMIN) is None:
            buttons.append(HeaderButton(_("建立县"), url=reverse("bodies_add_county"), icon_name="plus", priority=40))
        return buttons


def _standing(body: Body) -> str:
    today = clock.today()
    if body.active_to and body.active_to < today:
        return str(_("%(day)s撤销") % {"day": body.active_to})
    if body.active_from and body.active_from > today:
        return str(_("%(day)s成立") % {"day": body.active_from})
    return str(_("在册"))


class TreeView(WagtailAdminTemplateMixin, TemplateView):
    """The bodies of every county reached, each under its parent; those of one body when no county is reached."""

    template_name = "bodies/tree.html"
    page_title = _("单位树")
    header_icon = "list-ul"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((reverse("bodies_index"), _("单位")), ("", self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reached = rights(self.request).bodies()
        roots = [body for body in bodies_for(rights(self.request)) if body.kind == Kind.COUNTY]
        trees = [(root, _depths(root, reached)) for root in roots]
        if not roots:
            trees = [(body, []) for body in bodies_for(rights(self.request)).select_related("county")]
        return super().get_context_data(trees=trees, **kwargs)


def _depths(root: Body, reached: frozenset[int] | None) -> list[tuple[int, Body]]:
    depths = {root.pk: 0}
    for body in descendants(root):
        depths[body.pk] = depths[body.parent_id or root.pk] + 1
    return [(depths[body.pk], body) for body in descendants(root) if reached is None or body.pk in reached]


class BodyView(WagtailAdminTemplateMixin, TemplateView):
    """One body: names, people by role with their deputies, what other rooms hang here, history."""

    template_name = "bodies/body.html"
    header_icon = "group"

    @cached_property
    def body(self) -> Body:
        reached = bodies_for(rights(self.request)).select_related("parent", "county")
        return get_object_or_404(reached, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.body.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((reverse("bodies_index"), _("单位")), ("", self.body.name))

    @cached_property
    def header_buttons(self) -> list[Button]:
        if not rights(self.request).may("bodies.change", self.body.pk):
            return []
        buttons = [HeaderButton(_("修改"), url=address("bodies_edit", self.body), icon_name="edit", priority=10)]
        if self.body.kind != Kind.COUNTY:
            add = f"{reverse('bodies_person_add')}?body={self.body.pk}"
            buttons.append(HeaderButton(_("新增人员"), url=add, icon_name="user", priority=20))
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        may = rights(self.request).may
        if not may("bodies.change", self.body.pk):
            return []
        buttons = [Button(_("更名"), url=address("bodies_rename", self.body), icon_name="rotate", priority=10)]
        if self.body.kind != Kind.COUNTY:
            name, label = ("restore", _("恢复")) if self.body.active_to else ("dissolve", _("撤销"))
            buttons.append(Button(label, url=address(f"bodies_{name}", self.body), icon_name="bin", priority=20))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, mine = clock.today(), rights(self.request)
        holdings = RoleHolding.objects.filter(Q(until=None) | Q(until__gte=today), body=self.body)
        rows = sorted(
            holdings.select_related("user").prefetch_related("deputies__user"),
            key=lambda holding: (list(Role.values).index(holding.role), holding.since),
        )
        for holding in rows:
            holding.may_name_deputy = may_speak_for(self.request, holding)  # type: ignore[attr-defined]
        panels = [panel for hook in hooks.get_hooks("register_body_panel") for panel in hook(self.request, self.body)]
        return super().get_context_data(
            body=self.body,
            standing=_standing(self.body),
            by_role=[(Role(role).label, list(found)) for role, found in groupby(rows, key=lambda row: row.role)],
            may_end=mine.may("bodies.end_holding", self.body.pk),
            opens_people=mine.may("bodies.create_person", self.body.pk),
            today=today,
            children=self.body.children.all(),
            panels=panels,
            history=history.entries(Event.objects.filter(body_id=self.body.pk, verb__startswith="bodies.")),
            **kwargs,
        )


def may_speak_for(request: HttpRequest, holding: RoleHolding) -> bool:
    """Whether to offer naming a deputy: to the holder, and to who leads or keeps the register."""
    managers = {Role.OFFICE, Role.SYSADMIN, Role.LEADER}
    return holding.user_id == request.user.pk or rights(request).holds(managers, holding.body_id)


def demand_reach(request: HttpRequest, body: Body) -> None:
    """The person reaches the body at all."""
    reached = rights(request).bodies()
    if reached is not None and body.pk not in reached:
        raise PermissionDenied
