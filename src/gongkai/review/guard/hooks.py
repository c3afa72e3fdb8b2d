"""Where the door shows in the back office: the register of incidents, and its words inside the editor."""

from __future__ import annotations

import json

from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static

from gongkai.foundation.menus import MenuItemFor
from gongkai.review.views import incidents


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    results = incidents.IncidentsView.as_view(results_only=True)
    return [
        path("review/incidents/", incidents.IncidentsView.as_view(), name="review_incidents"),
        path("review/incidents/results/", results, name="review_incidents_results"),
        path("review/incidents/<int:pk>/", incidents.IncidentView.as_view(), name="review_incident"),
        path("review/incidents/procedure/", incidents.ProcedureView.as_view(), name="review_secret_procedure"),
    ]


@hooks.register("register_reports_menu_item")
def incidents_item() -> MenuItem:
    return MenuItemFor(
        incidents.READERS, _("泄密隐患登记"), reverse("review_incidents"), name="incidents", icon_name="lock", order=120
    )


@hooks.register("insert_global_admin_js")
def script() -> str:
    """Shows in the editor what a refusal says: Wagtail's scripts would only speak of an error."""
    return format_html(
        '<script src="{}" data-procedure="{}" data-words="{}" defer></script>',
        versioned_static("review/guard.js"),
        reverse("review_secret_procedure"),
        json.dumps({"more": gettext("怎么办"), "close": gettext("关闭")}, ensure_ascii=False),
    )


@hooks.register("insert_global_admin_css")
def style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("review/guard.css"))
