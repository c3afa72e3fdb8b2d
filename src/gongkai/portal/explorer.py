"""Which pages somebody sees in explorer, choosers and search, asked so that it costs the same in a tree of any size.

Wagtail puts it as `id IN (all pages one may see)`. For an office that is the whole tree, collected twice for every list
of thirty rows. Permissions are given at places of the tree, so the same pages are known by their paths.
"""

from __future__ import annotations

from os.path import commonprefix
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from gongkai.portal.models import SectionPage
from gongkai.portal.paths import at_or_below

NOTHING = Q(pk__in=[])


def seen_by(user: Any) -> Q:
    """The pages below the places at which the person has a right, and the way to them from their common place."""
    if not user.is_active:
        return NOTHING
    if user.is_superuser:
        return Q()
    places = {right.page.path: right.page for right in page_permission_policy.get_cached_permissions_for_user(user)}
    tops = [path for path in places if not any(path != other and path.startswith(other) for other in places)]
    if not tops:
        return NOTHING
    found = at_or_below(tops)
    common = len(commonprefix(tops)) // Page.steplen * Page.steplen  # noqa: RUF071 - paths of the tree have no slashes
    above = {path[:end] for path in tops for end in range(common, len(path), Page.steplen)}
    return found | Q(path__in=above) if above else found


def sees_all_below(user: Any, page: Page) -> bool:
    """Whether the person has a right at the page or above it, and so sees whatever is below."""
    rights = page_permission_policy.get_cached_permissions_for_user(user) if user.is_active else []
    return bool(user.is_active and user.is_superuser) or any(page.path.startswith(one.page.path) for one in rights)


def sections_of(front_page: Page) -> QuerySet[Any]:
    """Keys of the sections of a county's bodies and of its own, wherever they stand."""
    of_bodies, own = Q(body__county__home_page=front_page.pk), Q(body__home_page=front_page.pk)
    return SectionPage.objects.filter(of_bodies | own).values("pk")


class OwnPagesView(ExplorableIndexView):
    """Wagtail's list of the pages below another."""

    def get_base_queryset(self) -> QuerySet[Any]:
        every, user = self.model._default_manager, self.request.user
        if not (self.is_searching or self.is_filtering):
            pages = self.children()
        else:
            pages = every.all() if self.is_searching_whole_tree else every.descendant_of(self.parent_page)
        known = not self.is_searching_whole_tree and sees_all_below(user, self.parent_page)
        return self.annotate_queryset(pages if known else pages.filter(seen_by(user)))

    def children(self) -> QuerySet[Any]:
        return self.model._default_manager.child_of(self.parent_page)


class SectionsView(OwnPagesView):
    """The sections below a front page, without the kind of page, which is the same in every row.

    They are few and everything is below them, so they are found by their bodies, not by the paths of the whole tree.
    """

    base_columns: ClassVar[list[Any]] = [column for column in OwnPagesView.base_columns if column.name != "type"]

    def children(self) -> QuerySet[Any]:
        return super().children().filter(pk__in=sections_of(self.parent_page))


def explorable_instances(policy: Any, user: Any) -> QuerySet[Page]:
    """In place of Wagtail's own, for what asks it elsewhere: search, the menu of pages, the root of the explorer."""
    return Page.objects.filter(seen_by(user))
