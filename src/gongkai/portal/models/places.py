"""The pages every portal has: a front page for each county, and one section for each body below it.

They carry no text of their own: what they show comes from the registers, and from rooms through the gate.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel
from wagtail.models import Collection, Page

from gongkai.bodies.models import Body, Kind
from gongkai.foundation import clock
from gongkai.portal import selectors
from gongkai.portal.permissions import Standing
from gongkai.portal.tags import HOME, ORGAN

NOTHING_TO_EDIT = HelpPanel(_("本页内容来自单位名录和已公开的栏目、文章，不在这里修改；单位更名后自动更新。"))


class Place(Page):
    """Base of both kinds: made and renamed by `portal.structure` alone.

    collection: 文件夹, where the body's people put the files they attach.
    """

    collection = models.ForeignKey(
        Collection, verbose_name=_("文件夹"), null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    content_panels: ClassVar[list[Any]] = [NOTHING_TO_EDIT]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> Standing:
        return Standing(user, self)


class HomePage(Place):
    """门户首页. It exists before any county does; the first county registered takes it."""

    needs_no_review = "has no words of its own"
    column_type = HOME

    county = models.OneToOneField(
        Body, verbose_name=_("所属县"), null=True, editable=False, on_delete=models.PROTECT, related_name="home_page"
    )

    template = "portal/home_page.html"
    is_creatable = False  # Wagtail does not inherit it
    parent_page_types: ClassVar[list[str]] = []
    subpage_types: ClassVar[list[str]] = ["portal.SectionPage"]

    class Meta:
        verbose_name = verbose_name_plural = _("门户首页")

    @property
    def registered_name(self) -> str:
        return selectors.home_title(self.county)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        sections = SectionPage.objects.child_of(self).live().filter(body__in=Body.objects.active(clock.today()))
        ordered = list(sections.select_related("body").order_by("body__order", "body_id"))
        kinds = [(kind.label, [one for one in ordered if one.body.kind == kind]) for kind in Kind]
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "heading": selectors.home_title(self.county),
            "blocks": selectors.blocks(request),
            "kinds": [row for row in kinds if row[1]],
        }


class SectionPage(Place):
    """单位专栏: the one place of a body, and the one root of its people's page permission."""

    needs_no_review = "has no words of its own"
    column_type = ORGAN

    body = models.OneToOneField(
        Body, verbose_name=_("单位"), editable=False, on_delete=models.PROTECT, related_name="section_page"
    )

    template = "portal/section_page.html"
    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = ["portal.ColumnPage"]

    class Meta:
        verbose_name = verbose_name_plural = _("单位专栏")

    @property
    def registered_name(self) -> str:
        return self.body.name

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from gongkai.portal import listing

        columns = listing.columns_of(self)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "trail": [(self.body.name, "")],
            "columns": [column for column in columns if column.depth == self.depth + 1],
            "newest": listing.newest_in(self, columns),
        }
