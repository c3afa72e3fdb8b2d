"""What every public page knows: whose portal it is, and what rooms hung on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Site

from gongkai.bodies.models import Body
from gongkai.foundation.registries import Label, PublicBlock, public_blocks
from gongkai.portal.pagecache.shared import shared


@dataclass(frozen=True, slots=True)
class Block:
    """An entry of the front page and the navigation."""

    key: str
    label: Label
    address: str
    summary: str


def county_of(request: HttpRequest) -> Body | None:
    """The county whose portal was asked; None before one is registered. A page that knows it has put it there."""
    known: Body | None = getattr(request, "portal_county", None)
    if known is not None:
        return known
    site = Site.find_for_request(request)
    return _county_at(site.root_page_id) if site is not None else None


@shared
def _county_at(root: int) -> Body | None:
    return Body.objects.filter(home_page__pk=root).first()


def home_title(county: Body | None) -> str:
    """What a county's portal is called; it follows the register."""
    return _("%(county)s政务公开") % {"county": county.name if county else ""}


def blocks(request: HttpRequest, place: str = "front") -> list[Block]:
    """The registered blocks of a place with their one-line summaries."""
    return [
        Block(one.key, one.label, one.address(), one.summary(request) if one.summary else "")
        for one in _in_order(place)
    ]


def navigation() -> list[Block]:
    """The same, without what costs a query."""
    return [Block(one.key, one.label, one.address(), "") for one in _in_order()]


def _in_order(place: str = "front") -> list[PublicBlock]:
    here = [one for one in public_blocks if one.place == place]
    return sorted(here, key=lambda one: (one.order, one.key))
