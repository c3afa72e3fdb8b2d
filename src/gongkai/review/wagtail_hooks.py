"""Where the screens of the gate hang in the back office."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.foundation.access import STAFF, Role, rights_of
from gongkai.review.inspection.selectors import READERS
from gongkai.review.views.deciding import DecideView, WaitingView
from gongkai.review.views.inspecting import EntryView, InspectionView, ReportFileView
from gongkai.review.views.inspections import BeginView, InspectionsView
from gongkai.review.views.register import RegisterView
from gongkai.review.views.release import ReleaseView


class WaitingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of(request.user).holds({Role.LEADER})


class RegisterMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of(request.user).holds(STAFF)


class InspectionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of(request.user).holds(READERS)


def inspection_urls() -> list[URLPattern]:
    here = "review/inspections/"
    return [
        path(here, InspectionsView.as_view(), name="review_inspections"),
        path(f"{here}results/", InspectionsView.as_view(results_only=True), name="review_inspections_results"),
        path(f"{here}begin/", BeginView.as_view(), name="review_inspection_begin"),
        path(f"{here}<int:pk>/", InspectionView.as_view(), name="review_inspection"),
        path(f"{here}<int:pk>/report/", ReportFileView.as_view(), name="review_inspection_report"),
        path(f"{here}<int:pk>/<int:entry>/", EntryView.as_view(), name="review_inspection_entry"),
    ]


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("review/", RegisterView.as_view(), name="review_register"),
        path("review/results/", RegisterView.as_view(results_only=True), name="review_register_results"),
        path("review/waiting/", WaitingView.as_view(), name="review_waiting"),
        path("review/decide/", DecideView.as_view(), name="review_decide"),
        path("review/<int:pk>/", ReleaseView.as_view(), name="review_release"),
        *inspection_urls(),
    ]


@hooks.register("register_admin_menu_item")
def waiting_item() -> MenuItem:
    return WaitingMenuItem(
        _("待签发"), reverse("review_waiting"), name="waiting", icon_name="clipboard-list", order=150
    )


@hooks.register("register_reports_menu_item")
def register_item() -> MenuItem:
    return RegisterMenuItem(
        _("发布审查登记"), reverse("review_register"), name="releases", icon_name="clipboard-list", order=100
    )


@hooks.register("register_reports_menu_item")
def inspections_item() -> MenuItem:
    return InspectionsMenuItem(
        _("专项检查"), reverse("review_inspections"), name="inspections", icon_name="search", order=110
    )
