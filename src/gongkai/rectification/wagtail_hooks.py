"""Where the screens of rectification hang in the back office."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.foundation.access import STAFF, Role
from gongkai.foundation.menus import MenuItemFor
from gongkai.rectification.views.board import BoardView
from gongkai.rectification.views.case import CaseView
from gongkai.rectification.views.lists import CaseList, MyCases, UrgeView


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("rectification/", CaseList.as_view(), name="rectification_cases"),
        path("rectification/results/", CaseList.as_view(results_only=True), name="rectification_cases_results"),
        path("rectification/mine/", MyCases.as_view(), name="rectification_mine"),
        path("rectification/mine/results/", MyCases.as_view(results_only=True), name="rectification_mine_results"),
        path("rectification/board/", BoardView.as_view(), name="rectification_board"),
        path("rectification/urge/", UrgeView.as_view(), name="rectification_urge"),
        path("rectification/<int:pk>/", CaseView.as_view(), name="rectification_case"),
        path("rectification/<int:pk>/<slug:key>/", CaseView.as_view(), name="rectification_act"),
    ]


@hooks.register("register_admin_menu_item")
def my_cases_item() -> MenuItem:
    return MenuItemFor(
        {Role.CLERK},
        _("我的整改"),
        reverse("rectification_mine"),
        name="my-rectification",
        icon_name="clipboard-list",
        order=105,
    )


@hooks.register("register_admin_menu_item")
def cases_item() -> MenuItem:
    return MenuItemFor(
        STAFF, _("整改事项"), reverse("rectification_cases"), name="rectification", icon_name="warning", order=120
    )
