"""The pages every portal has: a front page for each county, and one section for each body below it.

They carry no text of their own: what they show comes from the registers, and from rooms through the gate.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester

from gongkai.bodies.models import Body, Kind
from gongkai.foundation import clock
from gongkai.portal.selectors import blocks


class PlacePermissions(PagePermissionTester):
    """What may be done by hand with a page that stands and falls with a body of the register: nothing but editing.

    Wagtail would ask the database for each row of its explorer whether the page may go; here the answer is known.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False


class Place(Page):
    """Base of both kinds: made and renamed by `portal.structure` alone."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PlacePermissions:
        return PlacePermissions(user, self)


class HomePage(Place):
    """门户首页. It exists before any county does; the first county registered takes it."""

    county = models.OneToOneField(
        Body, verbose_name=_("所属县"), null=True, editable=False, on_delete=models.PROTECT, related_name="home_page"
    )

    template = "portal/home_page.html"
    is_creatable = False  # Wagtail does not inherit it
    parent_page_types: ClassVar[list[str]] = []
    subpage_types: ClassVar[list[str]] = ["portal.SectionPage"]

    class Meta:
        verbose_name = verbose_name_plural = _("门户首页")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        sections = SectionPage.objects.child_of(self).live().filter(body__in=Body.objects.active(clock.today()))
        ordered = list(sections.select_related("body").order_by("body__order", "body_id"))
        kinds = [(kind.label, [one for one in ordered if one.body.kind == kind]) for kind in Kind]
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"blocks": blocks(request), "kinds": [row for row in kinds if row[1]]}


class SectionPage(Place):
    """单位专栏: the one place of a body, and the one root of its people's page permission."""

    body = models.OneToOneField(
        Body, verbose_name=_("单位"), editable=False, on_delete=models.PROTECT, related_name="section_page"
    )

    template = "portal/section_page.html"
    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = verbose_name_plural = _("单位专栏")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"trail": [(self.body.name, "")]}
