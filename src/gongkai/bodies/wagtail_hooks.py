"""Where the screens of bodies and people hang in the back office."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.bodies.views import bodies, describing, editing, importing, leaving, people, serving
from gongkai.foundation.access import STAFF, Role
from gongkai.foundation.menus import MenuItemFor


@hooks.register("register_admin_urls")
def body_urls() -> list[URLPattern]:
    return [
        path("bodies/", bodies.BodyRegister.as_view(), name="bodies_index"),
        path("bodies/results/", bodies.BodyRegister.as_view(results_only=True), name="bodies_index_results"),
        path("bodies/tree/", bodies.TreeView.as_view(), name="bodies_tree"),
        path("bodies/new/", editing.NewBodyView.as_view(), name="bodies_add"),
        path("bodies/new-county/", editing.NewCountyView.as_view(), name="bodies_add_county"),
        path("bodies/import/", importing.ImportBodiesView.as_view(), name="bodies_import"),
        path("bodies/<int:pk>/", bodies.BodyView.as_view(), name="bodies_detail"),
        path("bodies/<int:pk>/edit/", editing.EditBodyView.as_view(), name="bodies_edit"),
        path("bodies/<int:pk>/describe/", describing.DescribeView.as_view(), name="bodies_describe"),
        path("bodies/<int:pk>/rename/", editing.RenameView.as_view(), name="bodies_rename"),
        path("bodies/<int:pk>/dissolve/", editing.DissolveView.as_view(), name="bodies_dissolve"),
        path("bodies/<int:pk>/restore/", editing.RestoreView.as_view(), name="bodies_restore"),
    ]


@hooks.register("register_admin_urls")
def people_urls() -> list[URLPattern]:
    return [
        path("people/", people.PeopleRegister.as_view(), name="bodies_people"),
        path("people/results/", people.PeopleRegister.as_view(results_only=True), name="bodies_people_results"),
        path("people/new/", serving.NewPersonView.as_view(), name="bodies_person_add"),
        path("people/<int:pk>/", people.PersonView.as_view(), name="bodies_person"),
        path("people/<int:pk>/edit/", serving.EditPersonView.as_view(), name="bodies_person_edit"),
        path("people/<int:pk>/appoint/", serving.AppointView.as_view(), name="bodies_appoint"),
        path("people/<int:pk>/hand-over/", leaving.HandOverView.as_view(), name="bodies_hand_over"),
        path("people/<int:pk>/password/", serving.ResetPasswordView.as_view(), name="bodies_reset_password"),
        path("holdings/<int:pk>/end/", serving.EndHoldingView.as_view(), name="bodies_end_holding"),
        path("holdings/<int:pk>/deputy/", serving.NameDeputyView.as_view(), name="bodies_name_deputy"),
        path("deputies/<int:pk>/end/", serving.EndDeputyView.as_view(), name="bodies_end_deputy"),
    ]


@hooks.register("register_admin_menu_item")
def bodies_item() -> MenuItem:
    return MenuItemFor(
        {*STAFF, Role.SYSADMIN}, _("单位"), reverse("bodies_index"), name="bodies", icon_name="group", order=600
    )


@hooks.register("register_admin_menu_item")
def people_item() -> MenuItem:
    return MenuItemFor(
        {Role.OFFICE, Role.SYSADMIN}, _("人员"), reverse("bodies_people"), name="people", icon_name="user", order=610
    )
