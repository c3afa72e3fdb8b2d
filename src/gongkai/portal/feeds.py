"""订阅: the newest open articles of a column or of a body, as RSS and as Atom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from wagtail.models import Page

from gongkai.portal import listing
from gongkai.portal.head import origin_of
from gongkai.portal.models import ColumnPage, SectionPage
from gongkai.portal.tags import PageTags, tags_for


def feed_of(page: Any) -> str:
    """The address of a page's feed; empty for pages that have none."""
    return reverse("portal_feed", args=[page.pk]) if isinstance(page, SectionPage | ColumnPage) else ""


class Newest(Feed):
    """RSS 2.0. 404 for what the public may not see."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed

    def get_object(self, request: HttpRequest, pk: int) -> Page:
        self.origin = origin_of(request)
        page = Page.objects.filter(pk=pk).first()
        page = page.specific if page else None
        if not feed_of(page) or not listing.is_shown(page):
            raise Http404
        return page

    def title(self, page: Any) -> str:
        return page.body.name if isinstance(page, SectionPage) else page.title

    def link(self, page: Any) -> str:
        return f"{self.origin}{page.url}"

    def description(self, page: Any) -> str:
        tags: PageTags = tags_for(page)
        return tags.column.description

    def items(self, page: Any) -> list[Any]:
        if isinstance(page, SectionPage):
            return listing.newest_in(page, listing.columns_of(page))
        return list(listing.articles_of(page, "1").object_list)

    def item_title(self, item: Any) -> str:
        return item.title

    def item_description(self, item: Any) -> str:
        return item.content_tags("").description

    def item_link(self, item: Any) -> str:
        return f"{self.origin}{item.url}"

    def item_pubdate(self, item: Any) -> datetime:
        return item.published_at

    def item_author_name(self, item: Any) -> str:
        return item.content_tags("").source


class NewestAtom(Newest):
    """The same as Atom 1.0."""

    feed_type = Atom1Feed
    subtitle = Newest.description
