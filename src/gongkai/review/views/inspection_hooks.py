"""Where the screens of the special inspection hang in the back office."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.foundation.menus import MenuItemFor
from gongkai.review.inspection.selectors import READERS
from gongkai.review.views.inspecting import EntryView, InspectionView, ReportFileView
from gongkai.review.views.inspections import BeginView, InspectionsView


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    here = "review/inspections/"
    return [
        path(here, InspectionsView.as_view(), name="review_inspections"),
        path(f"{here}results/", InspectionsView.as_view(results_only=True), name="review_inspections_results"),
        path(f"{here}begin/", BeginView.as_view(), name="review_inspection_begin"),
        path(f"{here}<int:pk>/", InspectionView.as_view(), name="review_inspection"),
        path(f"{here}<int:pk>/report/", ReportFileView.as_view(), name="review_inspection_report"),
        path(f"{here}<int:pk>/<int:entry>/", EntryView.as_view(), name="review_inspection_entry"),
    ]


@hooks.register("register_reports_menu_item")
def inspections_item() -> MenuItem:
    return MenuItemFor(
        READERS, _("专项检查"), reverse("review_inspections"), name="inspections", icon_name="search", order=110
    )
