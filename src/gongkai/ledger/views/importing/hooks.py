"""Where imports hang in the back office."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.foundation.access import Role
from gongkai.foundation.menus import MenuItemFor


@hooks.register("register_admin_urls")
def importing_urls() -> list[URLPattern | URLResolver]:
    return [path("ledger/import/", include("gongkai.ledger.urls_importing"))]


@hooks.register("register_admin_menu_item")
def import_item() -> MenuItem:
    return MenuItemFor(
        {Role.OFFICE}, _("导入通知"), reverse("ledger_import"), name="import", icon_name="upload", order=120
    )
