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
from wagtail.url_routing import RouteResult

from gongkai.bodies.models import Body
from gongkai.portal import selectors
from gongkai.portal.models.openness import ByTheGate
from gongkai.portal.permissions import Standing
from gongkai.portal.tags import HOME, ORGAN
from gongkai.review import gate
from gongkai.review.choke import kind_of

ARTICLE_DEPTH = 3  # section, column or block, article
NOTHING_TO_EDIT = HelpPanel(_("本页内容来自单位名录和已公开的栏目、文章，不在这里修改；单位更名后自动更新。"))


class Place(ByTheGate, Page):  # type: ignore[django-manager-missing]
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

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Straight to the page of that address, where Wagtail would look at each page on the way."""
        if path_components:
            address = f"{self.url_path}{'/'.join(path_components)}/"
            found = _at(len(path_components), slug=path_components[-1], url_path=address)
            if found is not None:
                return found.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from gongkai.portal import front

        return super().get_context(request, *args, **kwargs) | front.contents(self, request)


def _at(depth: int, **address: str) -> Page | None:
    """The page of an address as its own kind. Below columns most are articles, asked for first: one query less."""
    from gongkai.portal.models.articles import ArticlePage, with_attachments

    articles = with_attachments(ArticlePage.objects.filter(**address).order_by())[:1]
    found = next(iter(articles), None) if depth >= ARTICLE_DEPTH else None
    if found is None and (page := Page.objects.filter(**address).order_by().first()) is not None:
        return _with_what_is_read(page)
    return found


def _with_what_is_read(page: Page) -> Page:
    """The page as its own kind, in one query with what the gate reads of it."""
    model = page.specific_class
    kind = kind_of(model) if model is not None else None
    rows = gate.prepared(kind, model.objects.filter(pk=page.pk)) if kind and model is not None else []
    return rows[0] if rows else page.specific


class SectionPage(Place):
    """单位专栏: the disclosure platform of a body (of the county itself as well), with its five blocks.

    It is the one place of the body, and the one root of its people's page permission.
    """

    needs_no_review = "has no words of its own"
    column_type = ORGAN

    body = models.OneToOneField(
        Body, verbose_name=_("单位"), editable=False, on_delete=models.PROTECT, related_name="section_page"
    )

    template = "portal/section_page.html"
    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage", "portal.SectionPage"]  # below another: merged into it
    subpage_types: ClassVar[list[str]] = ["portal.ColumnPage", "portal.TopicPage", "portal.BlockPage"]

    class Meta:
        verbose_name = verbose_name_plural = _("单位专栏")

    @property
    def registered_name(self) -> str:
        return self.body.name

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from gongkai.portal import blocks

        return super().get_context(request, *args, **kwargs) | blocks.section(self)
