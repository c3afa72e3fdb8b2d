"""Where the screens hang in the back office."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.foundation.access import Role
from gongkai.foundation.menus import MenuItemFor
from gongkai.foundation.schedules.views import OverviewView, RunsView, run_again_view


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("jobs/", OverviewView.as_view(), name="schedules_overview"),
        path("jobs/runs/", RunsView.as_view(), name="schedules_runs"),
        path("jobs/runs/results/", RunsView.as_view(results_only=True), name="schedules_runs_results"),
        path("jobs/runs/<int:pk>/again/", run_again_view, name="schedules_run_again"),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return MenuItemFor(
        {Role.SYSADMIN, Role.OFFICE},
        _("定时任务"),
        reverse("schedules_overview"),
        name="jobs",
        icon_name="time",
        order=900,
    )
