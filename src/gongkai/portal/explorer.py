"""Which pages somebody sees in explorer, choosers and search, asked so that it costs the same in a tree of any size.

Wagtail puts it as `id IN (all pages one may see)`. For an office that is the whole tree, collected twice for every list
of thirty rows. Permissions are given at places of the tree, so the same pages are known by their paths.
"""

from __future__ import annotations

from os.path import commonprefix
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

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
    found = Q()
    for path in tops:
        found |= Q(path__startswith=path)
    common = len(commonprefix(tops)) // Page.steplen * Page.steplen
    above = {path[:end] for path in tops for end in range(common, len(path), Page.steplen)}
    return found | Q(path__in=above) if above else found


class OwnPagesView(ExplorableIndexView):
    """Wagtail's list of the pages below another."""

    def get_base_queryset(self) -> QuerySet[Any]:
        every = self.model._default_manager
        if not (self.is_searching or self.is_filtering):
            pages = every.child_of(self.parent_page)
        else:
            pages = every.all() if self.is_searching_whole_tree else every.descendant_of(self.parent_page)
        return self.annotate_queryset(pages.filter(seen_by(self.request.user)))


def explorable_instances(policy: Any, user: Any) -> QuerySet[Page]:
    """In place of Wagtail's own, for what asks it elsewhere: search, the menu of pages, the root of the explorer."""
    return Page.objects.filter(seen_by(user))
