"""The portal in Wagtail: the bodies' sections in its explorer, and the gate where Wagtail would publish."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.viewsets.pages import PageViewSet, base_page_viewset
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.rich_text.feature_registry import FeatureRegistry

from gongkai.foundation.access import Role
from gongkai.foundation.menus import MenuItemFor
from gongkai.portal import duty_hooks, profile_panel, submitting  # noqa: F401 - their hooks
from gongkai.portal.bulk import hooks as bulk_hooks  # noqa: F401
from gongkai.portal.drafting import hooks as drafting_hooks  # noqa: F401
from gongkai.portal.editing import hooks as editing_hooks  # noqa: F401
from gongkai.portal.explorer import OwnPagesView, SectionsView, explorable_instances
from gongkai.portal.leaving import ExternalLink
from gongkai.portal.links import hooks as links_hooks  # noqa: F401
from gongkai.portal.models import SectionPage
from gongkai.portal.page_menu import PagesOfTheMenu
from gongkai.portal.page_search import found
from gongkai.portal.serving import instead_of, may_have
from gongkai.portal.views.identity import IdentityView

CLOSED_MENUS = frozenset({"images", "redirects", "promoted-search-results", "page-types-usage"})
base_page_viewset.index_view_class = OwnPagesView
base_page_viewset.list_per_page = 30
PagePermissionPolicy.explorable_instances = explorable_instances
SearchView.get_queryset = found
PUBLISHING = frozenset({"action-publish", "action-unpublish", "action-submit", "action-restart-workflow"})


class SectionsViewSet(PageViewSet):
    """What stands below a front page: thirty rows, as in every list of the back office."""

    model = SectionPage
    index_view_class = SectionsView
    list_per_page = 30


@hooks.register("register_admin_viewset")
def sections() -> SectionsViewSet:
    return SectionsViewSet()


@hooks.register("construct_admin_api")
def menu_of_pages(api: WagtailAPIRouter) -> None:
    api.register_endpoint("pages", PagesOfTheMenu)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("portal/identity/", IdentityView.as_view(), name="portal_identity")]


@hooks.register("register_admin_menu_item")
def identity_item() -> MenuItem:
    address = reverse("portal_identity")
    return MenuItemFor({Role.OFFICE}, _("门户网站标识"), address, name="portal-identity", icon_name="site", order=625)


@hooks.register("before_serve_page", order=-100)
def ask_the_gate(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """For every kind of page, before anything else about it is looked at."""
    return instead_of(page, request)


@hooks.register("before_serve_document", order=-100)
def ask_for_the_file(document: Any, request: HttpRequest) -> None:
    if not may_have(document, request.user):
        raise Http404


@hooks.register("register_rich_text_features")
def say_what_leaves(features: FeatureRegistry) -> None:
    features.register_link_type(ExternalLink)


@hooks.register("register_page_action_menu_item")
def put_forward_item() -> submitting.PutForwardItem:
    return submitting.PutForwardItem(order=10)


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def no_publishing(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Nobody publishes or takes down by a button, superusers included: the gate does."""
    items[:] = [item for item in items if item.name not in PUBLISHING]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def put_forward(request: HttpRequest, page: Any) -> HttpResponse | None:
    return submitting.after_saving(request, page)


@hooks.register("construct_main_menu")
@hooks.register("construct_settings_menu")
@hooks.register("construct_reports_menu")
def closed_menus(request: HttpRequest, items: list[MenuItem]) -> None:
    """What would reach the public beside the gate or tell of others' drafts; its addresses are closed as well."""
    items[:] = [item for item in items if item.name not in CLOSED_MENUS]


@hooks.register("insert_editor_js")
def name_the_editor() -> str:
    return format_html('<script src="{}" defer></script>', versioned_static("portal/editor.js"))


hooks.register("register_body_panel", profile_panel.panels)
