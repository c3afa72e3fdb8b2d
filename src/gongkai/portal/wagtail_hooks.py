"""The bodies' sections in Wagtail's page explorer."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet

from gongkai.portal.models import SectionPage


class SectionsView(ExplorableIndexView):
    """Without the kind of page, which is the same in every row."""

    base_columns = [column for column in ExplorableIndexView.base_columns if column.name != "type"]


class SectionsViewSet(PageViewSet):
    """What stands below a front page: thirty rows, as in every list of the back office."""

    model = SectionPage
    index_view_class = SectionsView
    list_per_page = 30


@hooks.register("register_admin_viewset")
def sections() -> SectionsViewSet:
    return SectionsViewSet()
