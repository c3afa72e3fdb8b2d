"""站外网页: an address outside counts when it answers and the page names the matter; what was seen is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.core.catalogues.statements import none_stated, says_none
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.snapshots import FetchError, fetch
from gongkai.foundation.snapshots.reading import Page, read_page
from gongkai.foundation.snapshots.services import keep
from gongkai.standards.models import URL, Link, LinkState, Row
from gongkai.standards.similarity import contained

SIZE = 5 * 1024 * 1024  # bytes of a page, unpacked
SECONDS = 20.0  # for one page
NAMED = 0.6  # share of the matter's pairs of characters that a page must have


@verb("standards.look_outside", _("查看站外网页"), Role.OFFICE, Role.CLERK, system=True, atomic=False)
def look_outside(actor: User | None, row: Row | None = None) -> int:
    """Look at every page outside that a confirmed link of a row in force (of this row alone) leads to; how many.

    Pages are fetched one after the other, outside of any transaction, under the guards of `foundation.snapshots`.
    """
    links = Link.objects.filter(source=URL, state=LinkState.CONFIRMED, row__catalogue__current=True)
    if row is not None:
        links = links.filter(row=row)
    return sum(look_at(link) for link in links.select_related("row").order_by("seen_at", "pk"))


def look_at(link: Link) -> bool:
    """Fetch one and write down what was seen; False when the installation does not look outside."""
    if not settings.GONGKAI_CHECK_LINKS:
        return False
    try:
        fetched = fetch(link.target, size=SIZE, seconds=SECONDS)
    except FetchError as error:
        return _write(link, gettext("打不开：%s") % error, Page(), None)
    page = read_page(fetched.body, fetched.content_type)
    with transaction.atomic():
        snapshot = keep(fetched)
        return _write(link, _problem(link, fetched.status, page), page, snapshot.pk)


def _problem(link: Link, status: int, page: Page) -> str:
    if not 200 <= status < 300:
        return gettext("打不开（应答 %d）") % status
    matter = link.row.matter
    if max(contained(matter, page.title), contained(matter, page.text)) < NAMED:
        return gettext("网页没有提到“%s”") % matter[:60]
    return ""


def _write(link: Link, problem: str, page: Page, snapshot: int | None) -> bool:
    link.seen_at, link.seen_problem, link.snapshot_id = clock.now(), problem[:300], snapshot
    link.seen_title, link.seen_on = page.title[:300], page.published_on or none_stated(page.text)
    link.seen_none = says_none(page.title) or none_stated(page.text[:2000]) is not None
    link.save(update_fields=["seen_at", "seen_problem", "seen_title", "seen_on", "seen_none", "snapshot_id"])
    return True
