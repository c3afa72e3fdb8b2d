"""Where the screens of the room hang in the back office."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.disclosure.views.importing import ImportView, TemplateView
from gongkai.disclosure.views.lists import RecordList
from gongkai.disclosure.views.writing import AddRecordView, FollowUpView, NewRecordView, choose_first
from gongkai.foundation.access import STAFF
from gongkai.foundation.menus import MenuItemFor


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("records/", RecordList.as_view(), name="disclosure_records"),
        path("records/results/", RecordList.as_view(results_only=True), name="disclosure_records_results"),
        path("records/new/", NewRecordView.as_view(), name="disclosure_new"),
        path("records/new/<slug:kind>/<int:parent_page_id>/", AddRecordView.as_view(), name="disclosure_add"),
        path("records/<int:pk>/follow-up/", FollowUpView.as_view(), name="disclosure_follow_up"),
        path("records/import/", ImportView.as_view(), name="disclosure_import"),
        path("records/template/<slug:key>/", TemplateView.as_view(), name="disclosure_template"),
    ]


@hooks.register("register_admin_menu_item")
def records_item() -> MenuItem:
    return MenuItemFor(
        STAFF, _("公开信息"), reverse("disclosure_records"), name="records", icon_name="doc-full", order=112
    )


hooks.register("before_create_page", choose_first)


@hooks.register("insert_global_admin_css")
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("disclosure/disclosure.css"))
