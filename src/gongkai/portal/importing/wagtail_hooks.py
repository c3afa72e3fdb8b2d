"""Where the screens of an import hang in the back office."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.foundation.menus import MenuItemFor
from gongkai.portal.importing.services.beginning import IMPORTERS
from gongkai.portal.importing.views.batch import BatchView, ReportView, RowsView
from gongkai.portal.importing.views.batches import BatchesView, BeginView
from gongkai.portal.importing.views.mapping import MapView


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("import/", BatchesView.as_view(), name="importing_batches"),
        path("import/begin/", BeginView.as_view(), name="importing_begin"),
        path("import/<int:pk>/", BatchView.as_view(), name="importing_batch"),
        path("import/<int:pk>/columns/", MapView.as_view(), name="importing_map"),
        path("import/<int:pk>/rows/", RowsView.as_view(), name="importing_rows"),
        path("import/<int:pk>/report/", ReportView.as_view(), name="importing_report"),
    ]


@hooks.register("register_reports_menu_item")
def item() -> MenuItem:
    address = reverse("importing_batches")
    return MenuItemFor(IMPORTERS, _("导入网站内容"), address, name="importing", icon_name="download", order=400)
