"""The ledger's entry on the portal's front page and navigation."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import PublicBlock, public_blocks
from gongkai.ledger.models import Plan
from gongkai.ledger.public import selectors
from gongkai.ledger.public.addresses import plan_address
from gongkai.portal.selectors import county_of


def _find(request: HttpRequest, words: str) -> tuple[int, str]:
    """Released items of the newest year with the words, and the page that lists them."""
    county = county_of(request)
    year = next(iter(selectors.years(county)), None) if county is not None else None
    plan = Plan.objects.filter(county=county, year=year).first() if year else None
    if plan is None:
        return 0, ""
    found = selectors.search(selectors.entries(plan), selectors.Wanted(q=words))
    return found.total, f"{plan_address(plan.county, county, plan.year)}?{urlencode({'q': words})}"


public_blocks.register(
    PublicBlock(
        key="ledger",
        label=_("工作台账"),
        address=lambda: reverse("ledger_public_years"),
        summary=lambda request: str(_("每项政务公开任务由谁负责、何时完成、进展如何；欢迎提出意见")),
        order=10,
        find=_find,
    )
)
