"""Where the screens of rescreening hang in the back office."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.foundation.access import STAFF
from gongkai.foundation.menus import MenuItemFor
from gongkai.review.rescreening.selectors import READERS
from gongkai.review.views.recalls import KeepManyView, RecallsView, RecallView
from gongkai.review.views.rescreening import RunsView, RunView
from gongkai.review.views.word_lists import AddView, DownloadView, WordListsView


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("review/recalls/", RecallsView.as_view(), name="review_recalls"),
        path("review/recalls/results/", RecallsView.as_view(results_only=True), name="review_recalls_results"),
        path("review/recalls/keep/", KeepManyView.as_view(), name="review_recalls_keep"),
        path("review/recalls/<int:pk>/", RecallView.as_view(), name="review_recall"),
        path("review/rescreening/", RunsView.as_view(), name="review_rescreenings"),
        path("review/rescreening/<int:pk>/", RunView.as_view(), name="review_rescreening"),
        path("review/word-lists/", WordListsView.as_view(), name="review_word_lists"),
        path("review/word-lists/add/", AddView.as_view(), name="review_word_list_add"),
        path("review/word-lists/<int:pk>/", DownloadView.as_view(), name="review_word_list"),
    ]


@hooks.register("register_reports_menu_item")
def recalls_item() -> MenuItem:
    return MenuItemFor(STAFF, _("复筛发现"), reverse("review_recalls"), name="recalls", icon_name="warning", order=120)


@hooks.register("register_reports_menu_item")
def runs_item() -> MenuItem:
    return MenuItemFor(
        READERS, _("复筛"), reverse("review_rescreenings"), name="rescreenings", icon_name="rotate", order=130
    )


@hooks.register("register_reports_menu_item")
def lists_item() -> MenuItem:
    return MenuItemFor(
        READERS, _("词表"), reverse("review_word_lists"), name="word-lists", icon_name="list-ul", order=310
    )
