"""What a topic shows, and which topics there are: only what is open, below columns that are open too."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from gongkai.portal import listing
from gongkai.portal.described import TOPIC
from gongkai.portal.models import ArticlePage, HomePage, SectionPage, TopicPage
from gongkai.review import gate

SHOWN = 6  # topics on the front page


def contents(topic: TopicPage, number: str | None) -> dict[str, Any]:
    """The chosen articles first, in their order; then the newest of the chosen columns, thirty a page."""
    chosen = [item.source_id for item in topic.items.all()]
    parent = Substr("path", 1, Length("path") - Page.steplen)
    inside = ArticlePage.objects.live().alias(parent_path=parent)
    inside = inside.filter(parent_path__in=Page.objects.filter(pk__in=chosen).values("path")).exclude(pk__in=chosen)
    listed = Paginator(inside.order_by("-published_on", "-pk"), listing.PAGE).get_page(number)
    listed.object_list = listing.shown([article.pk for article in listed.object_list])
    order = {pk: at for at, pk in enumerate(chosen)}
    picked = sorted(listing.shown(chosen), key=lambda article: order[article.pk]) if listed.number == 1 else []
    return {"picked": picked, "listed": listed}


def topics_of(place: HomePage | SectionPage) -> list[TopicPage]:
    """The newest open topics of a county, or of one body."""
    newest = TopicPage.objects.descendant_of(place).live().order_by("-first_published_at", "-pk")
    return gate.open_of(TOPIC, gate.prepared(TOPIC, newest[:SHOWN]))
