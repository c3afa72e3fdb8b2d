"""Where imports hang in the back office."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.foundation.access import Role, rights_of


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of(request.user).holds({Role.OFFICE})


@hooks.register("register_admin_urls")
def importing_urls() -> list[URLPattern | URLResolver]:
    return [path("ledger/import/", include("gongkai.ledger.urls_importing"))]


@hooks.register("register_admin_menu_item")
def import_item() -> MenuItem:
    return ImportMenuItem(_("导入通知"), reverse("ledger_import"), name="import", icon_name="upload", order=120)
