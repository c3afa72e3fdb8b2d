"""Where the screens of standard catalogues hang in the back office."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.foundation.access import STAFF
from gongkai.foundation.menus import MenuItemFor
from gongkai.standards.views.adopting import AdoptView
from gongkai.standards.views.board import BoardView
from gongkai.standards.views.catalogue import CatalogueAct, CatalogueView
from gongkai.standards.views.importing import ImportView
from gongkai.standards.views.lists import RowList, StrayList
from gongkai.standards.views.mapping import MappingView
from gongkai.standards.views.row import RowView


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("standards/", BoardView.as_view(), name="standards_board"),
        path("standards/rows/", RowList.as_view(), name="standards_rows"),
        path("standards/rows/results/", RowList.as_view(results_only=True), name="standards_rows_results"),
        path("standards/strays/", StrayList.as_view(), name="standards_strays"),
        path("standards/strays/results/", StrayList.as_view(results_only=True), name="standards_strays_results"),
        path("standards/import/", ImportView.as_view(), name="standards_import"),
        path("standards/adopt/", AdoptView.as_view(), name="standards_adopt"),
        path("standards/rows/<int:pk>/", RowView.as_view(), name="standards_row"),
        path("standards/rows/<int:pk>/<slug:key>/", RowView.as_view(), name="standards_row_act"),
        path("standards/<int:pk>/", CatalogueView.as_view(), name="standards_catalogue"),
        path("standards/<int:pk>/mapping/", MappingView.as_view(), name="standards_mapping"),
        path("standards/<int:pk>/<slug:key>/", CatalogueAct.as_view(), name="standards_catalogue_act"),
    ]


@hooks.register("register_admin_menu_item")
def board_item() -> MenuItem:
    return MenuItemFor(STAFF, _("标准目录"), reverse("standards_board"), name="standards", icon_name="table", order=125)
