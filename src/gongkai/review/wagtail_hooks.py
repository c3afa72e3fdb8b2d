"""Where the screens of the gate hang in the back office."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.foundation.access import STAFF, Role
from gongkai.foundation.menus import MenuItemFor
from gongkai.review.guard import hooks as guard_hooks  # noqa: F401
from gongkai.review.views import inspection_hooks, live_hooks, rescreening_hooks  # noqa: F401
from gongkai.review.views.attachment import AttachmentView, picture
from gongkai.review.views.board import BoardView
from gongkai.review.views.deciding import DecideView, WaitingView
from gongkai.review.views.entries import EntriesView
from gongkai.review.views.entry import EntryView
from gongkai.review.views.form import FormView
from gongkai.review.views.months import MonthsView
from gongkai.review.views.register import RegisterView
from gongkai.review.views.release import ReleaseView
from gongkai.review.views.requesting import PutForwardView
from gongkai.review.views.rules import StepRulesView
from gongkai.review.views.verifying import VerificationView, VerifyView


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("review/", RegisterView.as_view(), name="review_register"),
        path("review/results/", RegisterView.as_view(results_only=True), name="review_register_results"),
        path("review/entries/", EntriesView.as_view(), name="review_entries"),
        path("review/entries/results/", EntriesView.as_view(results_only=True), name="review_entries_results"),
        path("review/entries/<int:number>/", EntryView.as_view(), name="review_entry"),
        path("review/months/", MonthsView.as_view(), name="review_months"),
        path("review/verify/", VerifyView.as_view(), name="review_verify"),
        path("review/verify/<int:pk>/", VerificationView.as_view(), name="review_verification"),
        path("review/<int:pk>/form/", FormView.as_view(), name="review_form"),
        path("review/waiting/", WaitingView.as_view(), name="review_waiting"),
        path("review/decide/", DecideView.as_view(), name="review_decide"),
        path("review/board/", BoardView.as_view(), name="review_board"),
        path("review/rules/", StepRulesView.as_view(), name="review_rules"),
        path("review/put-forward/<str:kind>/<int:record>/", PutForwardView.as_view(), name="review_put_forward"),
        path("review/<int:pk>/", ReleaseView.as_view(), name="review_release"),
        path("review/<int:pk>/file/<int:number>/", AttachmentView.as_view(), name="review_file"),
        path("review/<int:pk>/file/<int:number>/picture/", picture, name="review_picture"),
    ]


@hooks.register("register_admin_menu_item")
def waiting_item() -> MenuItem:
    return MenuItemFor(
        STAFF, _("公开审查"), reverse("review_waiting"), name="waiting", icon_name="clipboard-list", order=150
    )


@hooks.register("register_reports_menu_item")
def register_item() -> MenuItem:
    return MenuItemFor(
        STAFF, _("保密审查登记"), reverse("review_register"), name="releases", icon_name="clipboard-list", order=100
    )


@hooks.register("register_reports_menu_item")
def board_item() -> MenuItem:
    return MenuItemFor(
        STAFF, _("审查用时"), reverse("review_board"), name="review-board", icon_name="history", order=110
    )


@hooks.register("register_reports_menu_item")
def rules_item() -> MenuItem:
    return MenuItemFor(
        {Role.OFFICE}, _("审查环节设置"), reverse("review_rules"), name="review-rules", icon_name="cogs", order=120
    )
