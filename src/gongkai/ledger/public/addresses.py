"""Public addresses. The county of the portal is not named in them; other counties are, by their code."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from gongkai.bodies.models import Body
from gongkai.ledger.models import Item


def _arguments(county: Body, own: Body | None, **rest: Any) -> dict[str, Any]:
    return rest if county == own else {"county": county.code, **rest}


def years_address(county: Body, own: Body | None) -> str:
    return reverse("ledger_public_years", kwargs=_arguments(county, own))


def plan_address(county: Body, own: Body | None, year: int) -> str:
    return reverse("ledger_public_plan", kwargs=_arguments(county, own, year=year))


def item_address(item: Item, own: Body | None = None) -> str:
    """The page of an item; `own` is the county of the portal where the link stands."""
    return reverse("ledger_public_item", kwargs=_arguments(item.plan.county, own, year=item.plan.year, key=item.key))
