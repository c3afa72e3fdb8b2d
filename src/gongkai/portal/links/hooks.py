"""Where the broken links show in the back office."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from gongkai.foundation.menus import MenuItemFor
from gongkai.portal.links.services import CHECKERS
from gongkai.portal.links.views import LinksView


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("portal/links/", LinksView.as_view(), name="portal_links")]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItemFor:
    return MenuItemFor(CHECKERS, _("错链"), reverse("portal_links"), name="portal-links", icon_name="link", order=710)
