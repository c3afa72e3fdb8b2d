"""A body that was merged into another: its section moves below the other's, and every old address leads on (301).

What was signed stays signed: the place that belongs to a signature is the page above and the nearest section, and both
move along. Wagtail writes the redirects as the pages move.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.portal.listing import SECTION_DEPTH
from gongkai.portal.models import HomePage, SectionPage


def settle_merged() -> int:
    """Move the sections of bodies whose end has come, and back those of bodies taken back; how many moved."""
    return sum(_move(section) for section in (*_to_merge(), *_to_take_back()))


def merged_into(section: SectionPage) -> QuerySet[SectionPage]:
    """The sections of the bodies that became part of this one."""
    return SectionPage.objects.child_of(section).select_related("body").order_by("path")


def _to_merge() -> list[SectionPage]:
    ended = SectionPage.objects.filter(body__successor__isnull=False, body__active_to__lt=clock.today())
    rows = ended.select_related("body__successor__section_page")
    return [one for one in rows if not one.is_child_of(_section_of(one.body.successor))]


def _section_of(body: Body | None) -> SectionPage:
    assert body is not None  # noqa: S101 - asked only of bodies that have a successor
    return body.section_page


def _to_take_back() -> list[SectionPage]:
    return list(SectionPage.objects.filter(body__successor__isnull=True, depth__gt=SECTION_DEPTH))


@transaction.atomic
def _move(section: SectionPage) -> bool:
    """Below the successor's section, or back below the front page."""
    successor = section.body.successor
    target = successor.section_page if successor is not None else HomePage.objects.get(county=section.body.root)
    section.move(target, pos="last-child")
    return True
