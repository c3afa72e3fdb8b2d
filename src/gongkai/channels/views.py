"""公开渠道: the registers of sites, columns and accounts, their forms, and the import."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column as TableColumn
from wagtail.admin.ui.tables import NumberColumn, TitleColumn
from wagtail.admin.widgets import Button, HeaderButton

from gongkai.bodies import sheets
from gongkai.bodies.models import Body
from gongkai.bodies.selectors import bodies_for
from gongkai.bodies.views.base import RegisterView, Text, VerbForm, VerbView, crumbs, rights
from gongkai.bodies.views.importing import ImportView
from gongkai.channels import exporting, services
from gongkai.channels.models import Account, Column, ColumnClass, Platform, Site
from gongkai.channels.services.importing import COLUMNS, HINTS
from gongkai.foundation.access import Role


def owners(request: HttpRequest | None) -> QuerySet[Body]:
    return bodies_for(rights(request)) if request else Body.objects.none()


def sites_of(request: HttpRequest | None) -> QuerySet[Site]:
    return Site.objects.filter(owner__in=owners(request))


class ChannelFilter(WagtailFilterSet):
    owner = django_filters.ModelChoiceFilter(label=_("责任单位"), queryset=owners, empty_label=_("全部"))
    active = django_filters.BooleanFilter(label=_("在用"))


class SiteFilter(ChannelFilter):
    class Meta:
        model = Site
        fields = ["owner", "active"]


class ColumnFilter(ChannelFilter):
    site = django_filters.ModelChoiceFilter(label=_("网站"), queryset=sites_of, empty_label=_("全部"))
    column_class = django_filters.ChoiceFilter(label=_("类别"), choices=ColumnClass.choices, empty_label=_("全部"))

    class Meta:
        model = Column
        fields = ["site", "column_class", "owner", "active"]


class AccountFilter(ChannelFilter):
    platform = django_filters.ChoiceFilter(label=_("平台"), choices=Platform.choices, empty_label=_("全部"))

    class Meta:
        model = Account
        fields = ["platform", "owner", "active"]


OWNER = TableColumn("owner", label=_("责任单位"), sort_key="owner__name")
ACTIVE = TableColumn(
    "active", label=_("在用"), accessor=lambda entry: gettext("在用") if entry.active else gettext("停用")
)


class ChannelRegister(RegisterView):
    """One of the three registers; a body sees its own entries, the office those of its county."""

    header_icon = "site"
    kind: ClassVar[str] = ""
    search_fields = ["name", "owner__name"]
    results_template_name = "channels/results.html"

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.model._default_manager.filter(owner__in=owners(self.request)).select_related("owner")

    def export(self, queryset: Any, form: str) -> bytes:
        return exporting.export(queryset, form)

    def get_index_url(self) -> str:
        return reverse(f"channels_{self.kind}")

    def get_index_results_url(self) -> str:
        return reverse(f"channels_{self.kind}_results")

    def get_edit_url(self, instance: Any) -> str | None:
        if self.rights.holds({Role.OFFICE}, instance.owner_id):
            return reverse(f"channels_{self.kind}_edit", args=[instance.pk])
        return None

    @cached_property
    def columns(self) -> list[TableColumn]:
        return [TitleColumn("name", label=_("名称"), get_url=self.get_edit_url, sort_key="name"), *self.facts]

    facts: ClassVar[list[TableColumn]] = []

    @cached_property
    def header_buttons(self) -> list[Button]:
        if not self.rights.holds({Role.OFFICE}):
            return []
        add = reverse(f"channels_{self.kind}_add")
        return [
            HeaderButton(self.add_label, url=add, icon_name="plus", priority=10),
            HeaderButton(_("导入渠道"), url=reverse("channels_import"), icon_name="upload", priority=20),
        ]

    add_label: ClassVar[Text] = ""


class SiteRegister(ChannelRegister):
    model = Site
    kind = "sites"
    page_title = export_name = _("网站")
    add_label = _("登记网站")
    filterset_class = SiteFilter
    search_fields = ["name", "url", "owner__name"]
    facts = [TableColumn("url", label=_("首页网址")), OWNER, TableColumn("identifier", label=_("网站标识码")), ACTIVE]


class ColumnRegister(ChannelRegister):
    model = Column
    kind = "columns"
    page_title = export_name = _("栏目")
    add_label = _("登记栏目")
    filterset_class = ColumnFilter
    search_fields = ["name", "url", "owner__name"]
    facts = [
        TableColumn("site", label=_("网站"), sort_key="site__name"),
        TableColumn("get_column_class_display", label=_("类别"), sort_key="column_class"),
        NumberColumn(
            "max_days",
            label=_("最长更新间隔（天）"),
            sort_key="max_days",
            accessor=lambda column: "—" if column.max_days is None else column.max_days,
        ),
        OWNER,
        ACTIVE,
    ]

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().select_related("site")


class AccountRegister(ChannelRegister):
    model = Account
    kind = "accounts"
    page_title = export_name = _("新媒体账号")
    add_label = _("登记账号")
    filterset_class = AccountFilter
    search_fields = ["name", "handle", "owner__name"]
    facts = [
        TableColumn("get_platform_display", label=_("平台"), sort_key="platform"),
        TableColumn("handle", label=_("账号标识")),
        OWNER,
        ACTIVE,
    ]


class ChannelForm(VerbForm):
    name = forms.CharField(label=_("名称"), max_length=100)
    owner = forms.ModelChoiceField(label=_("责任单位"), queryset=Body.objects.none(), help_text=_("主办或保障单位"))
    active = forms.BooleanField(label=_("在用"), required=False, initial=True)


class SiteForm(ChannelForm):
    url = forms.URLField(label=_("首页网址"), assume_scheme="http")
    identifier = forms.CharField(label=_("网站标识码（选填）"), required=False, help_text=_("10 位数字"))
    field_order = ["name", "url", "owner", "identifier", "active"]


class ColumnForm(ChannelForm):
    site = forms.ModelChoiceField(label=_("网站"), queryset=Site.objects.none())
    url = forms.URLField(label=_("栏目网址（选填）"), required=False, assume_scheme="http")
    column_class = forms.ChoiceField(label=_("类别"), choices=ColumnClass.choices, initial=ColumnClass.OTHER)
    max_days = forms.IntegerField(
        label=_("最长更新间隔（选填）"),
        required=False,
        min_value=1,
        help_text=_("单位：天。超过即视为未及时更新；没有更新要求的留空"),
    )
    outdated_days = forms.IntegerField(
        label=_("内容过时的天数（选填）"),
        required=False,
        min_value=1,
        help_text=_("文章公开超过这么多天的，列入过时内容，建议撤下；不清理的留空"),
    )
    field_order = ["name", "site", "url", "column_class", "max_days", "outdated_days", "owner", "active"]


class AccountForm(ChannelForm):
    platform = forms.ChoiceField(label=_("平台"), choices=Platform.choices)
    handle = forms.CharField(
        label=_("账号标识（选填）"), required=False, max_length=100, help_text=_("如微信号、微博昵称")
    )
    field_order = ["name", "platform", "handle", "owner", "active"]


class ChannelFormView(VerbView):
    """A new entry, or the one that the address names."""

    header_icon = "site"
    kind: ClassVar[str] = ""
    model: ClassVar[type[Site] | type[Column] | type[Account]]
    label: ClassVar[Text] = ""

    def prepare(self) -> None:
        self.bodies = bodies_for(self.rights, Role.OFFICE)
        self.entry: Any = None
        if "pk" in self.kwargs:
            self.entry = get_object_or_404(self.model, pk=self.kwargs["pk"], owner__in=self.bodies)

    def get_page_title(self) -> str:
        return str(self.entry) if self.entry else gettext("登记%(label)s") % {"label": self.label}

    def get_initial(self) -> dict[str, Any]:
        names = self.get_form_class().base_fields
        return {name: getattr(self.entry, name) for name in names} if self.entry else {}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["owner"].queryset = self.bodies
        if "site" in form.fields:
            form.fields["site"].queryset = Site.objects.filter(owner__in=self.bodies)
        for name in self.follows_its_page():
            form.fields[name].disabled = True
            form.fields[name].help_text = gettext("随门户页面自动更新，不在这里修改")
        return form

    def follows_its_page(self) -> tuple[str, ...]:
        """Fields of a column of the own portal that its page decides."""
        return ("name", "site", "url") if getattr(self.entry, "page_id", None) else ()

    def back(self) -> str:
        return reverse(f"channels_{self.kind}")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((self.back(), self.label), ("", self.get_page_title()))

    def perform(self, form: Any) -> str:
        self.save(form.cleaned_data)
        return gettext("已保存“%(name)s”") % {"name": form.cleaned_data["name"]}

    def save(self, facts: dict[str, Any]) -> None:
        raise NotImplementedError


class SiteView(ChannelFormView):
    form_class = SiteForm
    kind, model, label = "sites", Site, _("网站")
    verb = "channels.save_site"

    def save(self, facts: dict[str, Any]) -> None:
        services.save_site(self.actor, site=self.entry, **facts)


class ColumnView(ChannelFormView):
    form_class = ColumnForm
    kind, model, label = "columns", Column, _("栏目")
    verb = "channels.save_column"

    def save(self, facts: dict[str, Any]) -> None:
        facts = facts | {"column_class": ColumnClass(facts["column_class"])}
        services.save_column(self.actor, column=self.entry, **facts)


class AccountView(ChannelFormView):
    form_class = AccountForm
    kind, model, label = "accounts", Account, _("新媒体账号")
    verb = "channels.save_account"

    def save(self, facts: dict[str, Any]) -> None:
        services.save_account(self.actor, account=self.entry, **facts | {"platform": Platform(facts["platform"])})


class ImportChannelsView(ImportView):
    page_title = _("导入公开渠道")
    verb = "channels.import"
    columns = COLUMNS
    required = frozenset({"kind", "name", "owner"})
    hints = HINTS
    list_url_name = "channels_sites"
    list_label = _("网站")
    explanation = _(
        "一个文件可以同时写网站、栏目和新媒体账号：网站按网址对应，栏目按网站和名称，账号按平台和名称。全部无误才会写入。"
    )

    def preview(self, county: Body, data: bytes) -> sheets.Outcome:
        return services.preview_import(self.actor, county, data)

    def use(self, county: Body, file: ContentFile[bytes]) -> dict[str, int]:
        return services.import_channels(self.actor, county, file)
