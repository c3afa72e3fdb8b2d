"""Where the office finds what concerns the public ledger."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.foundation.access import Role
from gongkai.foundation.menus import MenuItemFor
from gongkai.ledger.public.moderation import AnswerView, FeedbackList
from gongkai.ledger.public.releasing import ReleaseScreen


@hooks.register("register_admin_urls")
def public_ledger_urls() -> list[URLPattern]:
    return [
        path("ledger/release/", ReleaseScreen.as_view(), name="ledger_release"),
        path("ledger/feedback/", FeedbackList.as_view(), name="ledger_feedback"),
        path("ledger/feedback/results/", FeedbackList.as_view(results_only=True), name="ledger_feedback_results"),
        path("ledger/feedback/<int:pk>/", AnswerView.as_view(), name="ledger_feedback_answer"),
    ]


@hooks.register("register_admin_menu_item")
def release_item() -> MenuItem:
    return MenuItemFor(
        {Role.OFFICE}, _("报送公开"), reverse("ledger_release"), name="release", icon_name="globe", order=160
    )


@hooks.register("register_admin_menu_item")
def feedback_item() -> MenuItem:
    return MenuItemFor(
        {Role.OFFICE}, _("社会监督意见"), reverse("ledger_feedback"), name="feedback", icon_name="comment", order=170
    )
