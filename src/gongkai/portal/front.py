"""What the front page of a county shows: its platform, the newest, the entrances of rooms, its bodies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongkai.bodies.models import Body, Kind
from gongkai.bodies.naming import derived, place_of
from gongkai.foundation import clock
from gongkai.portal import listing, selectors, topics
from gongkai.portal.models import BlockPage, HomePage, SectionPage


def contents(home: HomePage, request: HttpRequest) -> dict[str, Any]:
    sections = SectionPage.objects.child_of(home).live().filter(body__in=Body.objects.active(clock.today()))
    ordered = list(sections.select_related("body").order_by("body__order", "body_id"))
    own = next((one for one in ordered if one.body.kind == Kind.COUNTY), None)
    if own is not None:
        request.portal_county = home.county = own.body  # type: ignore[attr-defined]
    newest = listing.newest_of(home)
    names = {one.path: _called(one.body, own) for one in ordered}
    for article in newest:  # those of all bodies stand together here
        article.whose = names.get(article.path[: len(home.path) + home.steplen], "")
    below = [one for one in ordered if one is not own]
    kinds = [(kind.label, [one for one in below if one.body.kind == kind]) for kind in Kind]
    return {
        "heading": selectors.home_title(own.body if own else home.county),
        "platform": own,
        "parts": list(BlockPage.objects.child_of(own).order_by("path")) if own else [],
        "blocks": selectors.blocks(request),
        "newest": newest,
        "topics": topics.topics_of(home),
        "kinds": [row for row in kinds if row[1]],
    }


def _called(body: Body, county: SectionPage | None) -> str:
    """Its name without the county's, which everything here has in common: 清河县财政局 → 县财政局."""
    return next(derived(body.name, body.kind, place_of(county.body)), body.name) if county else body.name
