"""Where templates hang in Wagtail: beside a column, and beside an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from gongkai.foundation.access import Role, rights_of
from gongkai.foundation.menus import MenuItemFor
from gongkai.portal.drafting.choosing import ChoosingView
from gongkai.portal.drafting.views import KeepView, TemplatesView
from gongkai.portal.models import ArticlePage, ColumnPage


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("portal/write/", ChoosingView.as_view(), name="portal_write"),
        path("portal/templates/<int:pk>/", TemplatesView.as_view(), name="portal_templates"),
        path("portal/templates/keep/<int:pk>/", KeepView.as_view(), name="portal_keep_template"),
    ]


@hooks.register("register_admin_menu_item")
def writing() -> MenuItem:
    return MenuItemFor({Role.CLERK}, _("写文章"), reverse("portal_write"), name="write", icon_name="edit", order=95)


@hooks.register("register_page_header_buttons")
def buttons(page: Any, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """For whoever writes anywhere; the screens behind them ask for the body."""
    if not page.pk or not rights_of(user).may("portal.begin_article"):
        return
    if page.specific_class is ColumnPage:
        yield Button(_("套用模板新建"), reverse("portal_templates", args=[page.pk]), icon_name="copy", priority=5)
    elif page.specific_class is ArticlePage:
        yield Button(_("另存为模板"), reverse("portal_keep_template", args=[page.pk]), icon_name="copy", priority=90)
