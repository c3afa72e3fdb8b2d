"""The catalogues' entry on the portal's front page and navigation."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import PublicBlock, public_blocks
from gongkai.portal.selectors import county_of
from gongkai.standards.selectors import Wanted, listed_rows


def _find(request: HttpRequest, words: str) -> tuple[int, str]:
    """Rows of open catalogues with the words, and the page that lists them."""
    wanted, county = Wanted(words), county_of(request)
    count = listed_rows(county, wanted).count() if county is not None else 0
    return count, f"{reverse('standards_public')}?{wanted.query}"


public_blocks.register(
    PublicBlock(
        key="standards",
        label=_("标准目录"),
        address=lambda: reverse("standards_public"),
        summary=lambda request: str(_("各领域应当公开什么、依据什么、何时公开，以及公开在哪里")),
        order=40,
        find=_find,
    )
)
