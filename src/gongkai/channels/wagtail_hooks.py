"""Where the screens of channels hang in the back office."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from gongkai.channels import panels, views
from gongkai.foundation.access import STAFF, rights_of

REGISTERS = [
    ("sites", _("网站"), views.SiteRegister, views.SiteView),
    ("columns", _("栏目"), views.ColumnRegister, views.ColumnView),
    ("accounts", _("新媒体账号"), views.AccountRegister, views.AccountView),
]


class ChannelsMenuItem(SubmenuMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of(request.user).holds(STAFF)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    found = [path("channels/import/", views.ImportChannelsView.as_view(), name="channels_import")]
    for kind, _label, register, form in REGISTERS:
        found += [
            path(f"channels/{kind}/", register.as_view(), name=f"channels_{kind}"),
            path(f"channels/{kind}/results/", register.as_view(results_only=True), name=f"channels_{kind}_results"),
            path(f"channels/{kind}/new/", form.as_view(), name=f"channels_{kind}_add"),
            path(f"channels/{kind}/<int:pk>/", form.as_view(), name=f"channels_{kind}_edit"),
        ]
    return found


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    items = [
        MenuItem(label, reverse(f"channels_{kind}"), name=f"channels-{kind}", icon_name="site", order=order)
        for order, (kind, label, _register, _form) in enumerate(REGISTERS)
    ]
    return ChannelsMenuItem(_("公开渠道"), Menu(items=items), name="channels", icon_name="site", order=620)


hooks.register("register_body_panel", panels.panels)
