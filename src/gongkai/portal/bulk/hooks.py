"""Where acts on many pages hang in Wagtail, and what of the tree its choosers show."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions import MoveBulkAction, PublishBulkAction, UnpublishBulkAction

from gongkai.foundation.menus import MenuItemFor
from gongkai.portal.bulk.actions import MovePages, WithdrawPages
from gongkai.portal.bulk.services import MOVERS
from gongkai.portal.bulk.views import ActsView, ActView
from gongkai.portal.explorer import seen_by
from gongkai.portal.unseen import only_what_is_seen

# For nobody: without models they are neither offered nor found.
PublishBulkAction.models = UnpublishBulkAction.models = MoveBulkAction.models = []
BulkAction.get_actionable_objects = only_what_is_seen

hooks.register("register_bulk_action", MovePages)
hooks.register("register_bulk_action", WithdrawPages)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("portal/acts/", ActsView.as_view(), name="portal_acts"),
        path("portal/acts/<int:pk>/", ActView.as_view(), name="portal_act"),
    ]


@hooks.register("register_reports_menu_item")
def acts_menu_item() -> MenuItemFor:
    return MenuItemFor(
        MOVERS, _("批量操作"), reverse("portal_acts"), name="portal-acts", icon_name="history", order=720
    )


@hooks.register("construct_page_chooser_queryset")
def own_section_only(pages: Any, request: HttpRequest) -> Any:
    """Wagtail's choosers show everybody the whole tree; each body sees its own section, as in the explorer."""
    return pages.filter(seen_by(request.user))
