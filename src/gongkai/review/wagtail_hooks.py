"""Where the screens of the gate hang in the back office."""

from __future__ import annotations

import json

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static

from gongkai.foundation.access import STAFF, Role, rights_of
from gongkai.review.views import incidents
from gongkai.review.views.deciding import DecideView, WaitingView
from gongkai.review.views.register import RegisterView
from gongkai.review.views.release import ReleaseView


class WaitingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of(request.user).holds({Role.LEADER})


class RegisterMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of(request.user).holds(STAFF)


class IncidentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of(request.user).holds(incidents.READERS)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("review/", RegisterView.as_view(), name="review_register"),
        path("review/results/", RegisterView.as_view(results_only=True), name="review_register_results"),
        path("review/waiting/", WaitingView.as_view(), name="review_waiting"),
        path("review/decide/", DecideView.as_view(), name="review_decide"),
        path("review/<int:pk>/", ReleaseView.as_view(), name="review_release"),
    ]


@hooks.register("register_admin_urls")
def incident_urls() -> list[URLPattern]:
    return [
        path("review/incidents/", incidents.IncidentsView.as_view(), name="review_incidents"),
        path(
            "review/incidents/results/",
            incidents.IncidentsView.as_view(results_only=True),
            name="review_incidents_results",
        ),
        path("review/incidents/<int:pk>/", incidents.IncidentView.as_view(), name="review_incident"),
        path("review/incidents/procedure/", incidents.ProcedureView.as_view(), name="review_secret_procedure"),
    ]


@hooks.register("insert_global_admin_js")
def guard_script() -> str:
    """Shows in the editor what a refusal says: Wagtail's scripts would only speak of an error."""
    return format_html(
        '<script src="{}" data-procedure="{}" data-words="{}" defer></script>',
        versioned_static("review/guard.js"),
        reverse("review_secret_procedure"),
        json.dumps({"more": gettext("怎么办"), "close": gettext("关闭")}, ensure_ascii=False),
    )


@hooks.register("insert_global_admin_css")
def guard_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("review/guard.css"))


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
def incidents_item() -> MenuItem:
    return IncidentsMenuItem(
        _("泄密隐患登记"), reverse("review_incidents"), name="incidents", icon_name="lock", order=110
    )
