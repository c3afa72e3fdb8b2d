"""Where daily work hangs in the back office."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.foundation.access import BODY_ROLES, STAFF
from gongkai.foundation.menus import MenuItemFor


@hooks.register("register_admin_urls")
def working_urls() -> list[URLPattern | URLResolver]:
    return [path("ledger/", include("gongkai.ledger.urls_working"))]


@hooks.register("register_admin_menu_item")
def my_tasks_item() -> MenuItem:
    return MenuItemFor(
        BODY_ROLES, _("我的任务"), reverse("ledger_my_tasks"), name="my-tasks", icon_name="tasks", order=100
    )


@hooks.register("register_admin_menu_item")
def ledger_item() -> MenuItem:
    return MenuItemFor(STAFF, _("工作台账"), reverse("ledger_board"), name="ledger", icon_name="list-ul", order=110)
