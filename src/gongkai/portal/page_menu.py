"""Wagtail's own interface for pages, from which its unfolding menu of pages is drawn, at the cost of a list.

Wagtail asks four questions for every entry: the parent, whether the person sees it, how many pages below the person
sees, and whether a revision waits for its time. Below a place at which somebody has a right everything is seen, so the
tree's own number of children is the answer; a parent is looked for once; what waits comes along with the pages.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from wagtail.admin.api.filters import ForExplorerFilter
from wagtail.admin.api.serializers import AdminPageSerializer, PageChildrenField, get_model_listing_url
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.filters import ChildOfFilter
from wagtail.api.v2.serializers import PageParentField
from wagtail.models import Page

from gongkai.portal.explorer import sections_of, sees_all_below
from gongkai.portal.models import HomePage


class Parent(PageParentField):
    """The page above, if the person sees it; asked once for all that stand below the same."""

    def get_attribute(self, instance: Page) -> Page | None:
        found: dict[str, Page | None] = self.context["view"].parents
        path = Page._get_basepath(instance.path, instance.depth - 1)
        if path not in found:
            found[path] = self.context["base_queryset"].filter(path=path).first()
        return found[path]


class Children(PageChildrenField):
    """How many pages below the person sees."""

    def to_representation(self, page: Page) -> OrderedDict[str, Any]:
        if not sees_all_below(self.context["request"].user, page):
            return super().to_representation(page)
        listing = f"{get_model_listing_url(self.context, Page)}?child_of={page.pk}"
        return OrderedDict(count=page.numchild, listing_url=listing)


class Entry(AdminPageSerializer):
    parent = Parent(read_only=True)
    children = Children(read_only=True)


class ChildOf(ChildOfFilter):
    """Below a front page stand sections, few, and everything else stands below those: found without reading it all."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Page], view: Any) -> QuerySet[Page]:
        children = super().filter_queryset(request, queryset, view)
        parent = getattr(children, "_filtered_by_child_of", None)
        if parent is None or parent.specific_class is not HomePage:
            return children
        sections = children.filter(pk__in=sections_of(parent))
        sections._filtered_by_child_of = parent  # the filter for the menu reads it
        return sections


class ForExplorer(ForExplorerFilter):
    """Wagtail's filter begins with all pages that are seen, and so loses what was asked along with them."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Page], view: Any) -> QuerySet[Page]:
        shown = super().filter_queryset(request, queryset, view)
        return shown.annotate_approved_schedule() if request.GET.get("for_explorer") else shown


OWN = {ChildOfFilter: ChildOf, ForExplorerFilter: ForExplorer}


class PagesOfTheMenu(PagesAdminAPIViewSet):
    base_serializer_class = Entry
    filter_backends = [OWN.get(one, one) for one in PagesAdminAPIViewSet.filter_backends]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parents: dict[str, Page | None] = {}

    def get_queryset(self) -> QuerySet[Page]:
        return super().get_queryset().annotate_approved_schedule()
