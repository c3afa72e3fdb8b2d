"""Where the screens of the room hang in the back office."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from gongkai.disclosure.views.answers import AnswersView
from gongkai.disclosure.views.duties import DutiesView, DutyView, SuggestView
from gongkai.disclosure.views.importing import ErrorsView, ImportView, RunView, TemplateView
from gongkai.disclosure.views.key_fields import KeyFieldsView, KeyFieldView, PromiseView
from gongkai.disclosure.views.lists import RecordList
from gongkai.disclosure.views.writing import AddRecordView, FollowUpView, NewRecordView, choose_first
from gongkai.foundation.access import STAFF, rights_of


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("records/", RecordList.as_view(), name="disclosure_records"),
        path("records/results/", RecordList.as_view(results_only=True), name="disclosure_records_results"),
        path("records/new/", NewRecordView.as_view(), name="disclosure_new"),
        path("records/new/<slug:kind>/<int:parent_page_id>/", AddRecordView.as_view(), name="disclosure_add"),
        path("records/<int:pk>/follow-up/", FollowUpView.as_view(), name="disclosure_follow_up"),
        path("records/import/", ImportView.as_view(), name="disclosure_import"),
        path("records/import/<int:pk>/", RunView.as_view(), name="disclosure_import_run"),
        path("records/import/<int:pk>/errors/", ErrorsView.as_view(), name="disclosure_import_errors"),
        path("records/template/<slug:key>/", TemplateView.as_view(), name="disclosure_template"),
        path("records/answers/", AnswersView.as_view(), name="disclosure_answers"),
        path("key-fields/", KeyFieldsView.as_view(), name="disclosure_key_fields"),
        path("key-fields/promise/<int:county>/", PromiseView.as_view(), name="disclosure_promise"),
        path("key-fields/new/<int:promise>/", KeyFieldView.as_view(), name="disclosure_key_field_add"),
        path("key-fields/<int:pk>/", KeyFieldView.as_view(), name="disclosure_key_field"),
        path("duties/", DutiesView.as_view(), name="disclosure_duties"),
        path("duties/new/<int:body>/", DutyView.as_view(), name="disclosure_duty_add"),
        path("duties/<int:pk>/", DutyView.as_view(), name="disclosure_duty"),
        path("duties/suggest/<int:body>/", SuggestView.as_view(), name="disclosure_suggest"),
    ]


@hooks.register("register_admin_menu_item")
def records_item() -> MenuItem:
    items: list[MenuItem] = [
        MenuItem(_("公开信息"), reverse("disclosure_records"), name="records-list", icon_name="doc-full", order=10),
        MenuItem(_("审计整改公开"), reverse("disclosure_answers"), name="answers", icon_name="check", order=15),
        MenuItem(_("公开义务清单"), reverse("disclosure_duties"), name="duties", icon_name="tasks", order=20),
        MenuItem(_("重点领域"), reverse("disclosure_key_fields"), name="key-fields", icon_name="list-ul", order=30),
    ]
    return RecordsMenu(_("法定公开内容"), Menu(items=items), name="records", icon_name="doc-full", order=112)


class RecordsMenu(SubmenuMenuItem):
    """For all who work with what is published."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of(request.user).holds(STAFF)


hooks.register("before_create_page", choose_first)


@hooks.register("insert_global_admin_css")
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("disclosure/disclosure.css"))
