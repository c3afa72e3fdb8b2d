"""The back office as a whole: its first screen, its menu, its notification centre."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from gongkai.foundation.access import rights_of
from gongkai.office.home import PANELS
from gongkai.office.notices import NoticesView, OpenNoticeView


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("notices/", NoticesView.as_view(), name="office_notices"),
        path("notices/<int:pk>/open/", OpenNoticeView.as_view(), name="office_notice_open"),
    ]


@hooks.register("register_admin_menu_item")
def notices_item() -> MenuItem:
    return MenuItem(_("通知中心"), reverse("office_notices"), name="notices", icon_name="bell", order=180)


@hooks.register("construct_homepage_panels", order=100)
def first_screen(request: HttpRequest, panels: list[Component]) -> None:
    """What must be done and how the plan stands; Wagtail's own panels are about pages and follow."""
    rights = rights_of(request.user)
    panels[:0] = [panel(request, rights) for panel in PANELS]


@hooks.register("construct_homepage_summary_items", order=100)
def no_page_counts(request: HttpRequest, items: list[Any]) -> None:
    """How many pages and images there are is nobody's first question here."""
    items.clear()


@hooks.register("register_icons")
def icons(names: list[str]) -> list[str]:
    """What Wagtail's own set has not."""
    return [*names, "office/icons/bell.svg"]


@hooks.register("construct_help_menu")
def no_foreign_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Links to sites outside are of no use on a network without them."""
    items[:] = [item for item in items if not item.name.startswith(("whats-new-", "editor-guide"))]
