"""栏目保障: which columns are blank, stale or soon so, for those who answer for them and for the office."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, ButtonsColumnMixin, TitleColumn
from wagtail.admin.ui.tables import Column as TableColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import Button, HeaderButton

from gongkai.bodies.models import Body
from gongkai.bodies.views.base import VerbForm, VerbView, crumbs
from gongkai.channels import services
from gongkai.channels.models import Column, ColumnQuerySet
from gongkai.foundation import clock
from gongkai.foundation.access import Rights, rights_of
from gongkai.foundation.looks import Look
from gongkai.foundation.spreadsheets import SafeExport
from gongkai.portal.duty.selectors import columns_for, with_articles
from gongkai.portal.duty.states import STANDINGS, look_of


def _owners(request: Any) -> QuerySet[Body]:
    return Body.objects.filter(pk__in=columns_for(rights_of(request.user)).order_by().values("owner_id"))


class DutyFilter(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("更新情况"),
        choices=[(key, one.look.word) for key, one in STANDINGS.items()],
        empty_label=_("全部"),
        method="by_state",
    )
    owner = django_filters.ModelChoiceFilter(label=_("保障单位"), queryset=_owners, empty_label=_("全部"))

    class Meta:
        model = Column
        fields: list[str] = []

    def by_state(self, columns: ColumnQuerySet, name: str, value: str) -> ColumnQuerySet:
        return STANDINGS[value].among(columns, clock.today())


class LookColumn(TableColumn):
    cell_template_name = "rectification/tables/state.html"

    def get_value(self, instance: Column) -> Look:
        return look_of(instance, clock.today())


class NameColumn(ButtonsColumnMixin, TitleColumn):
    """The column, leading to its page; beneath, for those who may: 写文章, and 声明暂无 where nothing is new."""

    def __init__(self, name: str, rights: Rights, **options: Any) -> None:
        super().__init__(name, **options)
        self.rights = rights

    def get_buttons(self, instance: Any, parent_context: Any) -> list[Button]:
        buttons = []
        if instance.takes_articles and self.rights.may("portal.begin_article", instance.owner_id):
            address = reverse("wagtailadmin_pages:add", args=["portal", "articlepage", instance.page_id])
            buttons.append(Button(_("写文章"), url=address, classname="button button-small"))
        look = look_of(instance, clock.today())
        if look.key != "fresh" and self.rights.may("channels.state_none", instance.owner_id):
            address = reverse("portal_state_none", args=[instance.pk])
            buttons.append(Button(_("声明暂无"), url=address, classname="button button-small button-secondary"))
        return buttons


class DutyView(SafeExport, ReportView):
    model = Column
    page_title = _("栏目保障")
    header_icon = "list-ul"
    template_name = "portal/duty/columns.html"
    results_template_name = "portal/duty/columns_results.html"
    index_url_name = "portal_duty"
    index_results_url_name = "portal_duty_results"
    filterset_class = DutyFilter
    paginate_by = 30
    is_searchable = True
    search_backend_name = None
    search_fields = ["name", "owner__name"]
    list_export = ["name", "owner", "standing", "newest_on", "none_on", "max_days", "due_on", "url"]
    export_headings = {
        "standing": _("更新情况"),
        **{field.name: field.verbose_name for field in Column._meta.concrete_fields},
    }

    @cached_property
    def rights(self) -> Rights:
        return rights_of(self.request.user)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            NameColumn("name", self.rights, label=_("栏目"), get_url=lambda column: column.url, width="26%"),
            LookColumn("state", label=_("更新情况")),
            TableColumn("owner", label=_("保障单位"), accessor=lambda column: column.owner.label),
            TableColumn("fed_on", label=_("最近更新或声明"), sort_key="fed_on"),
            TableColumn("max_days", label=_("最长间隔（天）"), accessor=lambda column: column.max_days or "—"),
            TableColumn("due_on", label=_("应更新日期"), sort_key="due_on"),
        ]

    def get_base_queryset(self) -> QuerySet[Column]:
        return with_articles(columns_for(self.rights)).select_related("owner", "site")

    def order_queryset(self, queryset: QuerySet[Column]) -> QuerySet[Column]:
        if self.is_explicitly_ordered and self.ordering:
            return queryset.order_by(self.ordering, "id")
        blank_first = F("fed_on").asc(nulls_first=True)
        return queryset.order_by(F("due_on").asc(nulls_last=True), blank_first, "owner__order", "id")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for column in object_list:
            column.standing = look_of(column, clock.today()).word
        return object_list

    @cached_property
    def header_buttons(self) -> list[Button]:
        return [HeaderButton(_("过时内容"), url=reverse("portal_outdated"), icon_name="history")]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        columns, today = columns_for(self.rights), clock.today()
        numbers = [
            {
                "look": one.look,
                "number": one.among(columns, today).count(),
                "href": f"{reverse('portal_duty')}?{urlencode({'state': key})}",
            }
            for key, one in STANDINGS.items()
        ]
        return super().get_context_data(*args, numbers=numbers, **kwargs)

    def get_filename(self) -> str:
        return str(self.page_title)


class NoneForm(VerbForm):
    reason = forms.CharField(
        label=_("情况说明"), max_length=200, help_text=_("为什么暂无内容，如“本年度没有招考”；留存备查，不对外公开")
    )


class StateNoneView(VerbView):
    """声明暂无内容."""

    form_class = NoneForm
    verb = "channels.state_none"
    header_icon = "circle-check"
    page_title = _("声明暂无内容")
    submit_label = _("声明暂无")

    def prepare(self) -> None:
        self.column = get_object_or_404(columns_for(self.rights), pk=self.kwargs["pk"])
        self.demand(self.column.owner_id)

    @property
    def explanation(self) -> str:  # type: ignore[override]
        words = {"name": self.column.name, "day": clock.today()}
        return (
            gettext("栏目“%(name)s”的公开页面将显示：经核实，截至%(day)s，本栏目暂无内容。有新内容后不再显示。") % words
        )

    def back(self) -> str:
        return reverse("portal_duty")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), _("栏目保障")), ("", self.page_title))

    def perform(self, form: Any) -> str:
        services.state_none(self.actor, self.column, form.cleaned_data["reason"])
        return gettext("已声明“%s”暂无内容") % self.column.name
