"""Where the screens of 栏目保障 hang in the back office."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.foundation.access import STAFF
from gongkai.foundation.menus import MenuItemFor
from gongkai.portal.views.duty import DutyView, StateNoneView
from gongkai.portal.views.outdated import OutdatedView, WithdrawView


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("columns/", DutyView.as_view(), name="portal_duty"),
        path("columns/results/", DutyView.as_view(results_only=True), name="portal_duty_results"),
        path("columns/<int:pk>/none/", StateNoneView.as_view(), name="portal_state_none"),
        path("columns/outdated/", OutdatedView.as_view(), name="portal_outdated"),
        path("columns/outdated/results/", OutdatedView.as_view(results_only=True), name="portal_outdated_results"),
        path("columns/outdated/withdraw/", WithdrawView.as_view(), name="portal_withdraw_outdated"),
    ]


@hooks.register("register_admin_menu_item")
def duty_item() -> MenuItem:
    return MenuItemFor(STAFF, _("栏目保障"), reverse("portal_duty"), name="portal-duty", icon_name="list-ul", order=125)
